import * as z from 'zod';

import { recordAudit } from '../../audit/record-audit.ts';
import { inTransaction, type ServiceContext } from '../../kernel/context.ts';
import { WorkspaceId } from '../../tenancy/input-fields.ts';
import { requireClient } from '../../tenancy/require-client.ts';
import { toCampaignDto, type CampaignDto } from './campaign-dto.ts';
import { lockCampaign } from './find-campaign.ts';

export const ArchiveCampaignInput = z.strictObject({
  clientWorkspaceId: WorkspaceId,
  campaignId: WorkspaceId,
});
export type ArchiveCampaignInput = z.input<typeof ArchiveCampaignInput>;

/** Takes a campaign out of the list; its facts and figures stay. */
export async function archiveCampaign(
  ctx: ServiceContext,
  input: ArchiveCampaignInput,
): Promise<CampaignDto> {
  const { clientWorkspaceId: clientId, campaignId: id } = ArchiveCampaignInput.parse(input);
  const { agencyId } = ctx;
  return inTransaction(ctx, async (em) => {
    await requireClient(em, agencyId, { clientId, forWriting: true });
    const row = await lockCampaign(em, { agencyId, clientId, id });
    const before = toCampaignDto(row);
    row.archivedAt ??= ctx.now();
    const after = toCampaignDto(row);
    const action = 'campaign.archived';
    recordAudit(em, ctx, { action, subject: `campaign:${id}`, clientId, before, after });
    return after;
  });
}
