import type * as z from 'zod';

import { inTransaction, type ServiceContext } from '../../kernel/context.ts';
import { dayCursor, DayPageInput, readDayPage } from '../../tenancy/day-page.ts';
import { pageOf, WorkspaceId, type Page } from '../../tenancy/input-fields.ts';
import { requireClient } from '../../tenancy/require-client.ts';
import { toToolCostDto, type ToolCostDto } from './tool-cost-dto.ts';
import { ToolCost } from './tool-cost.entity.ts';

export const ListToolCostsInput = DayPageInput.extend({
  /** One client's own alone. */
  clientWorkspaceId: WorkspaceId.optional(),
});
export type ListToolCostsInput = z.input<typeof ListToolCostsInput>;

/** The tools that are paid for in the days asked for, the latest to start first; deleted ones are left out. */
export async function listToolCosts(
  ctx: ServiceContext,
  input: ListToolCostsInput,
): Promise<Page<ToolCostDto>> {
  const wanted = ListToolCostsInput.parse(input);
  const { clientWorkspaceId: clientId, startDate, endDate, limit } = wanted;
  const { agencyId } = ctx;
  const after = readDayPage(wanted);
  const filters = [
    clientId !== undefined && { clientId },
    startDate !== undefined && { $or: [{ endsOn: null }, { endsOn: { $gte: startDate } }] },
    endDate !== undefined && { startsOn: { $lte: endDate } },
    after && {
      $or: [{ startsOn: { $lt: after.day } }, { startsOn: after.day, id: { $lt: after.id } }],
    },
  ].filter((one) => typeof one === 'object');
  return inTransaction(
    ctx,
    async (em) => {
      if (clientId !== undefined)
        await requireClient(em, agencyId, { clientId, forWriting: false });
      const where = { agencyId, deletedAt: null, $and: filters };
      const rows = await em.find(ToolCost, where, {
        orderBy: { startsOn: 'desc', id: 'desc' },
        limit: limit + 1,
      });
      const cursorOf = (row: ToolCost) => dayCursor({ day: row.startsOn, id: row.id });
      return pageOf(rows, { limit, cursorOf, toItem: toToolCostDto });
    },
    { readOnly: true },
  );
}
