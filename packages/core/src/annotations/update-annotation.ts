import { isDeepStrictEqual } from 'node:util';

import * as z from 'zod';

import { recordAudit } from '../audit/record-audit.ts';
import { inTransaction, type ServiceContext } from '../kernel/context.ts';
import { requireClient } from '../tenancy/require-client.ts';
import { toAnnotationDto, type AnnotationDto } from './annotation-dto.ts';
import { ANNOTATION_FIELDS, readAnnotation, type ReadAnnotation } from './annotation-input.ts';
import type { Annotation } from './annotation.entity.ts';
import { lockAnnotation, ownerOf } from './find-annotation.ts';

const { startDate, endDate, kind, title, note, link } = ANNOTATION_FIELDS;

export const UpdateAnnotationInput = z.strictObject({
  annotationId: z.uuid(),
  startDate: startDate.optional(),
  /** Null: it is of its first day alone. */
  endDate: endDate.nullable(),
  kind,
  title: title.optional(),
  note,
  /** Null: there is none. */
  link: link.nullable(),
});
export type UpdateAnnotationInput = z.input<typeof UpdateAnnotationInput>;

/** Changes what is named of an annotation; what is left out stays as it is. */
export async function updateAnnotation(
  ctx: ServiceContext,
  input: UpdateAnnotationInput,
): Promise<AnnotationDto> {
  const { annotationId: id, ...changes } = UpdateAnnotationInput.parse(input);
  const { agencyId } = ctx;
  return inTransaction(ctx, async (em) => {
    const row = await lockAnnotation(em, { agencyId, id });
    const clientId = ownerOf(row);
    if (clientId !== undefined) await requireClient(em, agencyId, { clientId, forWriting: true });
    const before = toAnnotationDto(row);
    Object.assign(row, changed(row, changes));
    if (isDeepStrictEqual(toAnnotationDto(row), before)) return before;
    row.changedAt = ctx.now();
    const after = toAnnotationDto(row);
    const subject = `annotation:${id}`;
    recordAudit(em, ctx, { action: 'annotation.changed', subject, clientId, before, after });
    return after;
  });
}

/** The annotation as it would be told anew, with the changes in it. */
function changed(
  row: Annotation,
  changes: Omit<z.output<typeof UpdateAnnotationInput>, 'annotationId'>,
): ReadAnnotation {
  return readAnnotation({
    startDate: changes.startDate ?? row.fromDate,
    endDate: changes.endDate === undefined ? keptEnd(row, changes) : changes.endDate,
    kind: changes.kind ?? row.kind,
    title: changes.title ?? row.title,
    note: changes.note ?? row.note,
    link: changes.link === undefined ? (row.link ?? null) : changes.link,
  });
}

/** One of a single day stays so when the day moves. */
function keptEnd(row: Annotation, changes: { readonly startDate?: string | undefined }) {
  return row.toDate === row.fromDate ? changes.startDate : row.toDate;
}
