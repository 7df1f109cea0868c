import * as z from 'zod';

import { listAudit, type AuditItem } from '../audit/list-audit.ts';
import { inTransaction, type ServiceContext } from '../kernel/context.ts';
import { getClient } from '../tenancy/get-client.ts';
import { WorkspaceId } from '../tenancy/input-fields.ts';
import { Tier } from '../tiers/tier.entity.ts';
import { toAssignmentDto, type AssignmentDto } from './assignment-dto.ts';
import { Assignment } from './assignment.entity.ts';
import { readBlocks, toBlockDto, type BlockDto } from './blocking-states.ts';
import { readOverrides, type OverrideDto } from './overrides.ts';

const LATEST_CHANGES = 200;

export const ClientTierHistoryInput = z.strictObject({ clientWorkspaceId: WorkspaceId });
export type ClientTierHistoryInput = z.input<typeof ClientTierHistoryInput>;

/** What a client held and was promised, and who changed it. */
export interface ClientTierHistory {
  readonly clientWorkspaceId: string;
  /** By their start; the last may be open, or still to come. */
  readonly assignments: readonly (AssignmentDto & {
    readonly tier: { readonly id: string; readonly key: string; readonly name: string };
  })[];
  readonly blocks: readonly BlockDto[];
  readonly overrides: readonly OverrideDto[];
  /** The latest changes first; `listAudit` has them all. */
  readonly changes: readonly AuditItem[];
}

/** The whole story of a client's tiers. */
export async function clientTierHistory(
  ctx: ServiceContext,
  input: ClientTierHistoryInput,
): Promise<ClientTierHistory> {
  const { clientWorkspaceId } = ClientTierHistoryInput.parse(input);
  const { agencyId } = ctx;
  const key = { agencyId, clientId: clientWorkspaceId };
  return inTransaction(
    ctx,
    async (em) => {
      await getClient(ctx, { clientWorkspaceId });
      const rows = await em.find(Assignment, key, { orderBy: { startsAt: 'asc' }, refresh: true });
      const ids = rows.map((row) => row.tierId);
      const tiers = await em.find(Tier, { agencyId, id: { $in: ids } });
      const blocks = await readBlocks(em, key);
      const overrides = await readOverrides(em, key);
      const changes = await listAudit(ctx, { clientWorkspaceId, limit: LATEST_CHANGES });
      return {
        clientWorkspaceId,
        assignments: rows.flatMap((row) => {
          const tier = tiers.find((one) => one.id === row.tierId);
          if (!tier) return [];
          const { id, key: tierKey, name } = tier;
          return [{ ...toAssignmentDto(row), tier: { id, key: tierKey, name } }];
        }),
        blocks: blocks.map(toBlockDto),
        overrides,
        changes: changes.items,
      };
    },
    { readOnly: true },
  );
}
