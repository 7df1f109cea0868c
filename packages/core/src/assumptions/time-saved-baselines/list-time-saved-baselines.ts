import type * as z from 'zod';

import { inTransaction, type ServiceContext } from '../../kernel/context.ts';
import { dayCursor, readPlace } from '../../tenancy/day-page.ts';
import { pageOf, PageInput, type Page } from '../../tenancy/input-fields.ts';
import { ContentType } from './set-time-saved-baseline.ts';
import { toTimeSavedBaselineDto, type TimeSavedBaselineDto } from './time-saved-baseline-dto.ts';
import { TimeSavedBaseline } from './time-saved-baseline.entity.ts';

export const ListTimeSavedBaselinesInput = PageInput.extend({
  /** One content type alone; empty for what holds where there is none. */
  contentType: ContentType.optional(),
});
export type ListTimeSavedBaselinesInput = z.input<typeof ListTimeSavedBaselinesInput>;

/** Everything that is and was assumed of content types, by the day it holds from, the latest first. */
export async function listTimeSavedBaselines(
  ctx: ServiceContext,
  input: ListTimeSavedBaselinesInput = {},
): Promise<Page<TimeSavedBaselineDto>> {
  const { contentType, cursor, limit } = ListTimeSavedBaselinesInput.parse(input);
  const { agencyId } = ctx;
  const after = readPlace(cursor, () => true);
  return inTransaction(
    ctx,
    async (em) => {
      const behind = after && [
        { fromDate: { $lt: after.day } },
        { fromDate: after.day, contentType: { $gt: after.id } },
      ];
      const where = {
        agencyId,
        ...(contentType !== undefined && { contentType }),
        ...(behind && { $or: behind }),
      };
      const orderBy = { fromDate: 'desc', contentType: 'asc' } as const;
      const rows = await em.find(TimeSavedBaseline, where, { orderBy, limit: limit + 1 });
      const cursorOf = (row: TimeSavedBaseline) =>
        dayCursor({ day: row.fromDate, id: row.contentType });
      return pageOf(rows, { limit, cursorOf, toItem: toTimeSavedBaselineDto });
    },
    { readOnly: true },
  );
}
