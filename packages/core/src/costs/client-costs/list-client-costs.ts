import type * as z from 'zod';

import { HostId } from '../../hooks/hook-input.ts';
import { inTransaction, type ServiceContext } from '../../kernel/context.ts';
import { DayPageInput, readDayPage, dayCursor } from '../../tenancy/day-page.ts';
import { pageOf, WorkspaceId, type Page } from '../../tenancy/input-fields.ts';
import { requireClient } from '../../tenancy/require-client.ts';
import { PlatformId } from '../../tiers/tier-input.ts';
import { toClientCostDto, type ClientCostDto } from './client-cost-dto.ts';
import { ClientCost, type ClientCostKind } from './client-cost.entity.ts';

export const ListClientCostsInput = DayPageInput.extend({
  clientWorkspaceId: WorkspaceId,
  campaignId: HostId.optional(),
  platform: PlatformId.optional(),
});
export type ListClientCostsInput = z.input<typeof ListClientCostsInput>;

/** A client's costs of one kind that touch the days asked for, the latest first; deleted ones are left out. */
export async function listClientCosts(
  ctx: ServiceContext,
  kind: ClientCostKind,
  input: ListClientCostsInput,
): Promise<Page<ClientCostDto>> {
  const wanted = ListClientCostsInput.parse(input);
  const { clientWorkspaceId: clientId, startDate, endDate, campaignId, platform, limit } = wanted;
  const { agencyId } = ctx;
  const after = readDayPage(wanted);
  const filters = [
    startDate !== undefined && { toDate: { $gte: startDate } },
    endDate !== undefined && { fromDate: { $lte: endDate } },
    campaignId !== undefined && { campaignId },
    platform !== undefined && { platform },
    after && {
      $or: [{ fromDate: { $lt: after.day } }, { fromDate: after.day, id: { $lt: after.id } }],
    },
  ].filter((one) => typeof one === 'object');
  return inTransaction(
    ctx,
    async (em) => {
      await requireClient(em, agencyId, { clientId, forWriting: false });
      const where = { agencyId, clientId, kind, deletedAt: null, $and: filters };
      const rows = await em.find(ClientCost, where, {
        orderBy: { fromDate: 'desc', id: 'desc' },
        limit: limit + 1,
      });
      const cursorOf = (row: ClientCost) => dayCursor({ day: row.fromDate, id: row.id });
      return pageOf(rows, { limit, cursorOf, toItem: toClientCostDto });
    },
    { readOnly: true },
  );
}
