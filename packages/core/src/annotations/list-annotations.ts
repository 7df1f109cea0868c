import * as z from 'zod';

import { inTransaction, type ServiceContext } from '../kernel/context.ts';
import { dayCursor, DayPageInput, readDayPage } from '../tenancy/day-page.ts';
import { pageOf, WorkspaceId, type Page } from '../tenancy/input-fields.ts';
import { requireClient } from '../tenancy/require-client.ts';
import { toAnnotationDto, type AnnotationDto } from './annotation-dto.ts';
import { Annotation, ANNOTATION_KINDS } from './annotation.entity.ts';

export const ListAnnotationsInput = DayPageInput.extend({
  /** One client's alone. */
  clientWorkspaceId: WorkspaceId.optional(),
  kind: z.enum(ANNOTATION_KINDS).optional(),
});
export type ListAnnotationsInput = z.input<typeof ListAnnotationsInput>;

/** The annotations of any of the days asked for, the latest to start first. */
export async function listAnnotations(
  ctx: ServiceContext,
  input: ListAnnotationsInput = {},
): Promise<Page<AnnotationDto>> {
  const wanted = ListAnnotationsInput.parse(input);
  const { clientWorkspaceId: clientId, kind, startDate, endDate, limit } = wanted;
  const { agencyId } = ctx;
  const after = readDayPage(wanted);
  const filters = [
    clientId !== undefined && { clientId },
    kind !== undefined && { kind },
    startDate !== undefined && { toDate: { $gte: startDate } },
    endDate !== undefined && { fromDate: { $lte: endDate } },
    after && {
      $or: [{ fromDate: { $lt: after.day } }, { fromDate: after.day, id: { $lt: after.id } }],
    },
  ].filter((one) => typeof one === 'object');
  return inTransaction(
    ctx,
    async (em) => {
      if (clientId !== undefined)
        await requireClient(em, agencyId, { clientId, forWriting: false });
      const rows = await em.find(
        Annotation,
        { agencyId, $and: filters },
        { orderBy: { fromDate: 'desc', id: 'desc' }, limit: limit + 1 },
      );
      const cursorOf = (row: Annotation) => dayCursor({ day: row.fromDate, id: row.id });
      return pageOf(rows, { limit, cursorOf, toItem: toAnnotationDto });
    },
    { readOnly: true },
  );
}
