import * as z from 'zod';

import { recordAudit } from '../audit/record-audit.ts';
import { inTransaction, type ServiceContext } from '../kernel/context.ts';
import { toAnnotationDto, type AnnotationDto } from './annotation-dto.ts';
import { lockAnnotation, ownerOf } from './find-annotation.ts';

export const DeleteAnnotationInput = z.strictObject({ annotationId: z.uuid() });
export type DeleteAnnotationInput = z.input<typeof DeleteAnnotationInput>;

/** Takes an annotation away and answers it as it was; the audit log keeps it. */
export async function deleteAnnotation(
  ctx: ServiceContext,
  input: DeleteAnnotationInput,
): Promise<AnnotationDto> {
  const { annotationId: id } = DeleteAnnotationInput.parse(input);
  return inTransaction(ctx, async (em) => {
    const row = await lockAnnotation(em, { agencyId: ctx.agencyId, id });
    const before = toAnnotationDto(row);
    em.remove(row);
    recordAudit(em, ctx, {
      action: 'annotation.deleted',
      subject: `annotation:${id}`,
      clientId: ownerOf(row),
      before,
    });
    return before;
  });
}
