import {
  createAnnotation,
  CreateAnnotationInput,
  deleteAnnotation,
  DeleteAnnotationInput,
  listAnnotations,
  ListAnnotationsInput,
  updateAnnotation,
  UpdateAnnotationInput,
} from '@retainer/core';

import { inAgency, pageOf, withoutAgency } from '../schemas.ts';
import { agencyProcedure, router, serviceOf } from '../trpc.ts';
import { annotationOut } from './outputs/annotation.ts';

const ALL = '/api/agency/{agencyWorkspaceId}/annotations';
const ONE = `${ALL}/{annotationId}` as const;
const TAGS = ['Annotations'];

/** What happened on some days, for whoever reads their figures. */
export const annotationsRouter = router({
  create: agencyProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: ALL,
        tags: TAGS,
        summary: 'Note what happened on a day or over some, for a client or the whole agency',
      },
    })
    .input(inAgency(CreateAnnotationInput.shape))
    .output(annotationOut)
    .mutation(({ ctx, input }) => createAnnotation(serviceOf(ctx), withoutAgency(input))),

  list: agencyProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: ALL,
        tags: TAGS,
        summary: 'List annotations that touch some days, the latest to start first',
      },
    })
    .input(inAgency(ListAnnotationsInput.shape))
    .output(pageOf(annotationOut))
    .query(({ ctx, input }) => listAnnotations(serviceOf(ctx), withoutAgency(input))),

  update: agencyProcedure
    .meta({
      openapi: {
        method: 'PATCH',
        path: ONE,
        tags: TAGS,
        summary: 'Change what is named of an annotation; the rest stays',
      },
    })
    .input(inAgency(UpdateAnnotationInput.shape))
    .output(annotationOut)
    .mutation(({ ctx, input }) => updateAnnotation(serviceOf(ctx), withoutAgency(input))),

  delete: agencyProcedure
    .meta({
      openapi: { method: 'DELETE', path: ONE, tags: TAGS, summary: 'Take an annotation away' },
    })
    .input(inAgency(DeleteAnnotationInput.shape))
    .output(annotationOut)
    .mutation(({ ctx, input }) => deleteAnnotation(serviceOf(ctx), withoutAgency(input))),
});
