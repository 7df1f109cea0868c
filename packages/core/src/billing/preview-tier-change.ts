import type { EntityManager } from '@mikro-orm/postgresql';
import {
  limitAt,
  spanOf,
  usageRow,
  type Policy,
  type Segment,
  type UsageRow,
} from '@retainer/domain';

import { usageDto, type Usage } from '../gate/answer.ts';
import { readPolicy } from '../gate/read-policy.ts';
import { inTransaction, type ServiceContext } from '../kernel/context.ts';
import { Client } from '../tenancy/client.entity.ts';
import { noSuchClient } from '../tenancy/lock-client.ts';
import { AssignTierInput, decideChange, type DecidedChange } from './assign-tier-to-client.ts';
import { readTakenFrom, type TakenCounter } from './counter.queries.ts';
import type { ProrationDto } from './prorate-change.ts';
import { readTimeline } from './timeline.ts';

/** What an assignment would do. */
export interface TierChangePreview {
  /** When the tier would be in force; null where the client has it already. */
  readonly effectiveAt: Date | null;
  /** The bill, for a change at once. */
  readonly proration: ProrationDto | null;
  /** What is taken beyond the new limits, in the window of the change and in later ones. */
  readonly over: readonly Usage[];
}

/** Tells what `assignTierToClient` would do with the same input, and changes nothing. */
export async function previewTierChange(
  ctx: ServiceContext,
  input: AssignTierInput,
): Promise<TierChangePreview> {
  const wanted = AssignTierInput.parse(input);
  const { agencyId } = ctx;
  const clientId = wanted.clientWorkspaceId;
  return inTransaction(
    ctx,
    async (em) => {
      const client = await em.findOne(Client, { agencyId, id: clientId }, { refresh: true });
      if (!client) throw noSuchClient();
      const timeline = await readTimeline(em, ctx, client);
      const change = await decideChange(em, ctx, { timeline, wanted });
      const { plan, proration = null } = change;
      if (plan.kind === 'keep') return { effectiveAt: null, proration: null, over: [] };
      const rows = await readOver(em, { agencyId, clientId, change, at: plan.at });
      return { effectiveAt: new Date(plan.at), proration, over: rows.map(usageDto) };
    },
    { readOnly: true },
  );
}

interface OverQuestion {
  readonly agencyId: string;
  readonly clientId: string;
  readonly change: DecidedChange;
  readonly at: number;
}

async function readOver(
  em: EntityManager,
  { agencyId, clientId, change, at }: OverQuestion,
): Promise<UsageRow[]> {
  const policy = await readPolicy(em, { agencyId, clientId });
  if (!policy) return [];
  const changed = { ...policy, segments: segmentsAfter(policy, change) };
  const taken = await readTakenFrom(em, { clientId, from: at });
  return taken.flatMap((counter) => rowUnder(changed, counter, at)).filter((row) => row.over > 0);
}

function segmentsAfter(policy: Policy, { plan, edition }: DecidedChange): readonly Segment[] {
  if (plan.kind === 'keep') return policy.segments;
  const { at, term } = plan;
  const before = policy.segments
    .filter((one) => one.from < at)
    .map((one) => ({ ...one, to: Math.min(one.to, at) }));
  const added: Segment = {
    ...term,
    from: at,
    to: Infinity,
    endedBy: undefined,
    tierKey: edition.tier.key,
    terms: edition.version.toTerms(),
  };
  return [...before, added];
}

function rowUnder(policy: Policy, counter: TakenCounter, at: number): UsageRow[] {
  const { meter, platform, window } = counter;
  const limit = limitAt(policy, { meter, platform }, Math.max(at, window.start));
  // A platform without a limit of its own cannot be over one.
  if (platform !== '' && limit === undefined) return [];
  const shown = spanOf(meter) === 'level' ? undefined : window;
  return [usageRow({ meter, platform, window: shown }, counter, limit)];
}
