import { randomUUID } from 'node:crypto';

import * as z from 'zod';

import { recordAudit } from '../audit/record-audit.ts';
import { inTransaction, type ServiceContext } from '../kernel/context.ts';
import { WorkspaceId } from '../tenancy/input-fields.ts';
import { requireClient } from '../tenancy/require-client.ts';
import { toAnnotationDto, type AnnotationDto } from './annotation-dto.ts';
import { ANNOTATION_FIELDS, readAnnotation } from './annotation-input.ts';
import { Annotation } from './annotation.entity.ts';

export const CreateAnnotationInput = z.strictObject({
  /** Left out: it is about the whole agency. */
  clientWorkspaceId: WorkspaceId.optional(),
  ...ANNOTATION_FIELDS,
});
export type CreateAnnotationInput = z.input<typeof CreateAnnotationInput>;

/** Notes what happened on a day or over some, to be seen where figures of these days are. */
export async function createAnnotation(
  ctx: ServiceContext,
  input: CreateAnnotationInput,
): Promise<AnnotationDto> {
  const { clientWorkspaceId: clientId, ...fields } = CreateAnnotationInput.parse(input);
  const { agencyId } = ctx;
  const values = readAnnotation(fields);
  return inTransaction(ctx, async (em) => {
    if (clientId !== undefined) await requireClient(em, agencyId, { clientId, forWriting: true });
    const [id, createdAt] = [randomUUID(), ctx.now()];
    const own = { agencyId, id, clientId: clientId ?? '', createdAt, changedAt: createdAt };
    const after = toAnnotationDto(em.create(Annotation, { ...own, ...values }));
    const subject = `annotation:${id}`;
    recordAudit(em, ctx, { action: 'annotation.created', subject, clientId, after });
    return after;
  });
}
