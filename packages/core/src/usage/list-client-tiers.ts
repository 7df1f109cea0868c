import { billingPeriodOf, lastSegmentAt, type Instant, type Segment } from '@retainer/domain';
import type * as z from 'zod';

import { sqlSession } from '../db/sql-session.ts';
import { rememberedPolicies } from '../gate/read-policies.ts';
import { placePage } from '../insights/place-page.ts';
import { readService, type ServedClient } from '../insights/served-clients.ts';
import { inTransaction, type ServiceContext } from '../kernel/context.ts';
import { PageInput, type Page } from '../tenancy/input-fields.ts';
import { findTier } from '../tiers/find-tier.ts';
import { readTierBook, type TierBook } from '../tiers/tier-book.ts';
import { TierReference } from '../tiers/tier-input.ts';
import { statusAt, type ClientTierStatus, type ScheduledChange } from './get-client-tier.ts';

export const ListClientTiersInput = PageInput.extend({
  /** Only clients that are on this tier, by its id or key, in whatever version. */
  tierId: TierReference.optional(),
});
export type ListClientTiersInput = z.input<typeof ListClientTiersInput>;

/** Which tier a client is on, and what becomes of it. `tier` is null where it has none yet. */
export interface ClientOnTier {
  readonly clientWorkspaceId: string;
  readonly name: string;
  readonly tier: {
    readonly id: string;
    readonly key: string;
    readonly name: string;
    readonly version: number;
  } | null;
  readonly status: ClientTierStatus | null;
  /** From when on it has this version. */
  readonly since: Date | null;
  /** When its billing period ends. */
  readonly periodEnd: Date | null;
  readonly trialEndsAt: Date | null;
  readonly endsAt: Date | null;
  readonly scheduledChange: ScheduledChange | null;
}

/** How many are on a tier, by version. */
export interface TierHolders {
  readonly tierId: string;
  readonly version: number;
  readonly clients: number;
}

/** Who is on which tier. */
export interface ClientTiers {
  /** Of all clients whose service has not ended, whatever the page. */
  readonly holders: readonly TierHolders[];
  readonly clients: Page<ClientOnTier>;
  readonly asOf: Date;
}

/** Which tier each client of the agency is on that is not archived, by client id. */
export async function listClientTiers(
  ctx: ServiceContext,
  input: ListClientTiersInput = {},
): Promise<ClientTiers> {
  const { tierId, ...page } = ListClientTiersInput.parse(input);
  const { agencyId } = ctx;
  const now = ctx.now();
  const policies = rememberedPolicies(ctx);
  const all = await inTransaction(
    ctx,
    async (em) => {
      if (tierId !== undefined) await findTier(em, agencyId, tierId);
      const service = await readService(sqlSession(em), { agencyId, now, policies });
      const book = await readTierBook(service.sql);
      return service.clients.map((client) => onTier(client, book, now.getTime()));
    },
    { readOnly: true, oneView: true },
  );
  const rows = all.filter(
    ({ tier }) => tierId === undefined || tier?.id === tierId || tier?.key === tierId,
  );
  return { holders: countHolders(all), clients: placePage(rows, page, (row) => row), asOf: now };
}

function onTier({ id, name, policy }: ServedClient, book: TierBook, at: Instant): ClientOnTier {
  const client = { clientWorkspaceId: id, name };
  const segment = lastSegmentAt(policy, at);
  const upcoming = policy.segments.find((one) => one.from > at);
  if (!segment) return { ...client, ...NO_TIER, scheduledChange: changeTo(upcoming, book) };
  const { anchor, everyMonths, trialEndsAt, from } = segment;
  const isCanceled = segment.endedBy === 'cancel';
  const period = billingPeriodOf({ date: anchor, everyMonths }, policy.epochs, at);
  return {
    ...client,
    tier: tierOf(segment, book),
    status: statusAt(policy, at),
    since: new Date(from),
    periodEnd: new Date(period.end),
    trialEndsAt: trialEndsAt === undefined ? null : new Date(trialEndsAt),
    endsAt: isCanceled ? new Date(segment.to) : null,
    scheduledChange: isCanceled ? null : changeTo(upcoming, book),
  };
}

const NO_TIER = {
  tier: null,
  status: null,
  since: null,
  periodEnd: null,
  trialEndsAt: null,
  endsAt: null,
} as const;

function tierOf({ tierId, tierVersion, tierKey }: Segment, book: TierBook) {
  const name = book.find(tierId, tierVersion)?.name ?? tierKey;
  return { id: tierId, key: tierKey, name, version: tierVersion };
}

function changeTo(segment: Segment | undefined, book: TierBook): ScheduledChange | null {
  if (!segment) return null;
  const { version, ...tier } = tierOf(segment, book);
  return { tier, version, effectiveAt: new Date(segment.from) };
}

function countHolders(rows: readonly ClientOnTier[]): TierHolders[] {
  const counts = new Map<string, TierHolders>();
  for (const { tier, status } of rows) {
    if (!tier || status === 'canceled') continue;
    const key = `${tier.id} ${tier.version}`;
    const clients = (counts.get(key)?.clients ?? 0) + 1;
    counts.set(key, { tierId: tier.id, version: tier.version, clients });
  }
  return [...counts.values()];
}
