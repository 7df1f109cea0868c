import * as z from 'zod';

import { recordAudit } from '../../audit/record-audit.ts';
import { inTransaction, type ServiceContext } from '../../kernel/context.ts';
import type { Taken } from '../../kernel/take-keyed.ts';
import { WorkspaceId } from '../../tenancy/input-fields.ts';
import { ClientCostItem } from './client-cost-input.ts';
import { CLIENT_COST_NOUNS, type ClientCostKind } from './client-cost.entity.ts';
import { takeClientCosts } from './take-client-costs.ts';

const MOST_AT_ONCE = 5000;

export const RecordClientCostsInput = z.strictObject({
  clientWorkspaceId: WorkspaceId,
  costs: z.array(ClientCostItem).min(1).max(MOST_AT_ONCE),
  /** Only says what would become of each. */
  dryRun: z.boolean().default(false),
});
export type RecordClientCostsInput = z.input<typeof RecordClientCostsInput>;

/**
 * Records many costs of a client, each answered in its place: added, there already by its key, or refused alone. The
 * audit remembers how many, not each.
 */
export async function recordClientCosts(
  ctx: ServiceContext,
  kind: ClientCostKind,
  input: RecordClientCostsInput,
): Promise<Taken[]> {
  const { clientWorkspaceId: clientId, ...rest } = RecordClientCostsInput.parse(input);
  return inTransaction(ctx, async (em) => {
    const taken = await takeClientCosts(em, ctx, { kind, clientId, ...rest });
    const refused = taken.filter((one) => !one.ok).length;
    const replayed = taken.filter((one) => one.ok && one.replayed).length;
    const accepted = taken.length - refused - replayed;
    if (accepted > 0 && !rest.dryRun) {
      const noun = CLIENT_COST_NOUNS[kind];
      const after = { accepted, replayed, refused };
      recordAudit(em, ctx, { action: `${noun}.recorded`, subject: noun, clientId, after });
    }
    return taken;
  });
}
