import * as z from 'zod';

import { inTransaction, type ServiceContext } from '../../kernel/context.ts';
import {
  cursorValue,
  pageOf,
  PageInput,
  WorkspaceId,
  type Page,
} from '../../tenancy/input-fields.ts';
import { requireClient } from '../../tenancy/require-client.ts';
import { toCampaignDto, type CampaignDto } from './campaign-dto.ts';
import { Campaign } from './campaign.entity.ts';

export const ListCampaignsInput = PageInput.extend({
  clientWorkspaceId: WorkspaceId,
  includeArchived: z.boolean().default(false),
});
export type ListCampaignsInput = z.input<typeof ListCampaignsInput>;

/** A client's campaigns by id. */
export async function listCampaigns(
  ctx: ServiceContext,
  input: ListCampaignsInput,
): Promise<Page<CampaignDto>> {
  const { clientWorkspaceId, cursor, limit, includeArchived } = ListCampaignsInput.parse(input);
  const { agencyId } = ctx;
  return inTransaction(
    ctx,
    async (em) => {
      await requireClient(em, agencyId, { clientId: clientWorkspaceId, forWriting: false });
      const where = {
        agencyId,
        clientId: clientWorkspaceId,
        ...(cursor !== undefined && { id: { $gt: cursorValue(cursor) } }),
        ...(!includeArchived && { archivedAt: null }),
      };
      const rows = await em.find(Campaign, where, { orderBy: { id: 'asc' }, limit: limit + 1 });
      return pageOf(rows, { limit, cursorOf: (row) => row.id, toItem: toCampaignDto });
    },
    { readOnly: true },
  );
}
