import * as z from 'zod';

import { recordAudit } from '../../audit/record-audit.ts';
import { inTransaction, type ServiceContext } from '../../kernel/context.ts';
import { invalidField, LocalDay, Name, WorkspaceId } from '../../tenancy/input-fields.ts';
import { requireClient } from '../../tenancy/require-client.ts';
import { toCampaignDto, type CampaignDto } from './campaign-dto.ts';
import { insertCampaign } from './campaign.queries.ts';
import { lockCampaign } from './find-campaign.ts';

export const UpsertCampaignInput = z.strictObject({
  clientWorkspaceId: WorkspaceId,
  /** The caller's own id, as posts and costs name it. */
  campaignId: WorkspaceId,
  name: Name,
  /** Left out: as it is. Null: none. */
  startDate: LocalDay.nullable().optional(),
  endDate: LocalDay.nullable().optional(),
});
export type UpsertCampaignInput = z.input<typeof UpsertCampaignInput>;

/** Registers a campaign, or changes what is named; an archived one comes back. Its facts need no registration. */
export async function upsertCampaign(
  ctx: ServiceContext,
  input: UpsertCampaignInput,
): Promise<CampaignDto> {
  const wanted = UpsertCampaignInput.parse(input);
  const { agencyId } = ctx;
  const { clientWorkspaceId: clientId, campaignId: id, name } = wanted;
  return inTransaction(ctx, async (em) => {
    await requireClient(em, agencyId, { clientId, forWriting: true });
    const isNew = await insertCampaign(em, {
      agencyId,
      clientId,
      id,
      name,
      createdAt: ctx.now(),
    });
    const row = await lockCampaign(em, { agencyId, clientId, id });
    const before = isNew ? undefined : toCampaignDto(row);
    row.name = name;
    if (wanted.startDate !== undefined) row.startsOn = wanted.startDate;
    if (wanted.endDate !== undefined) row.endsOn = wanted.endDate;
    row.archivedAt = null;
    if (row.startsOn && row.endsOn && row.endsOn < row.startsOn) {
      throw invalidField('endDate', `must not lie before the start, ${row.startsOn}`);
    }
    const after = toCampaignDto(row);
    const action = isNew ? 'campaign.registered' : 'campaign.changed';
    recordAudit(em, ctx, { action, subject: `campaign:${id}`, clientId, before, after });
    return after;
  });
}
