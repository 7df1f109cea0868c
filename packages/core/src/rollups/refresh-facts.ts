import { conversionLeaf, costLeaf } from './cost-leaves.ts';
import type { DirtyRow } from './dirty.queries.ts';
import { readBaselines, removeEstimates, writeEstimates } from './estimate.queries.ts';
import { replaceLeaves } from './leaf.queries.ts';
import type { Leaf, LeafKind } from './leaf.ts';
import { estimateWork, postLeaves } from './post-leaves.ts';
import { priceLeaves } from './price-leaves.ts';
import type { Refresh } from './refresh-scope.ts';
import type { DayKey } from './rollup.queries.ts';
import {
  readConversions,
  readCosts,
  readEntriesOn,
  readPublications,
  readTouchedByPosts,
} from './source.queries.ts';
import { readTimeLeaves } from './time-leaves.ts';

/** A changed fact: whose it is, and its id. */
export type ChangedFact = Pick<DirtyRow, 'clientId' | 'ref'>;

const KINDS = {
  time: ['time', 'saved'],
  cost: ['ad_spend', 'other'],
  conversion: ['lead', 'conversion', 'revenue'],
  post: ['post', 'placement'],
} as const satisfies Record<string, readonly LeafKind[]>;

const ENTRIES_AT_ONCE = 2000;

/** Makes the leaves of changed time entries anew; answers the days that they touch, or touched. */
export async function refreshTime(on: Refresh, facts: readonly ChangedFact[]): Promise<DayKey[]> {
  const touched = await replaceTime(on, facts);
  const { timeRounding, timeRoundingPer } = on.world.agency;
  if (timeRounding === 'none' || timeRoundingPer === 'entry' || touched.length === 0)
    return touched;
  // Where a client's whole day is rounded, its other entries have another share of it now.
  return [...touched, ...(await replaceTime(on, await readEntriesOn(on.sql, touched)))];
}

async function replaceTime(on: Refresh, facts: readonly ChangedFact[]): Promise<DayKey[]> {
  const days: DayKey[] = [];
  for (let at = 0; at < facts.length; at += ENTRIES_AT_ONCE) {
    const some = facts.slice(at, at + ENTRIES_AT_ONCE);
    // One after another: they share the transaction.
    // oxlint-disable-next-line no-await-in-loop
    const leaves = await readTimeLeaves(on, idsOf(some));
    // oxlint-disable-next-line no-await-in-loop
    days.push(...(await replace(on, { kinds: KINDS.time, facts: some, leaves })));
  }
  return days;
}

/** The same for ad spend and other costs of clients. */
export async function refreshCosts(on: Refresh, facts: readonly ChangedFact[]): Promise<DayKey[]> {
  if (facts.length === 0) return [];
  const rows = await readCosts(on.sql, idsOf(facts));
  return replace(on, { kinds: KINDS.cost, facts, leaves: rows.map(costLeaf) });
}

/** The same for leads, conversions and revenue. */
export async function refreshConversions(
  on: Refresh,
  facts: readonly ChangedFact[],
): Promise<DayKey[]> {
  if (facts.length === 0) return [];
  const rows = await readConversions(on.sql, idsOf(facts));
  return replace(on, { kinds: KINDS.conversion, facts, leaves: rows.map(conversionLeaf) });
}

/**
 * The same for published posts. A post also says what its observations and conversions count for, and what time it
 * is estimated to have taken: the entries written here announce themselves and are taken up in the next round.
 */
export async function refreshPosts(on: Refresh, facts: readonly ChangedFact[]): Promise<DayKey[]> {
  if (facts.length === 0) return [];
  const { sql, world, ctx } = on;
  const read = await readPublications(sql, facts);
  const publications = read.filter((row) => world.clients.has(row.clientId));
  const leaves = postLeaves(publications, world.clients);
  const days = await replace(on, { kinds: KINDS.post, facts, leaves });
  const estimates = estimateWork(publications, world.clients, await readBaselines(sql));
  await writeEstimates(sql, estimates, ctx.now());
  await removeEstimates(sql, { posts: facts, but: estimates });
  const touched = await readTouchedByPosts(sql, facts);
  const converted = await refreshConversions(
    on,
    touched.conversions.map(({ clientId, id }) => ({ clientId, ref: id })),
  );
  return [...days, ...touched.days, ...converted];
}

async function replace(
  { sql, world }: Refresh,
  change: {
    readonly kinds: readonly LeafKind[];
    readonly facts: readonly ChangedFact[];
    readonly leaves: readonly Leaf[];
  },
): Promise<DayKey[]> {
  const { kinds, facts, leaves } = change;
  if (facts.length === 0) return [];
  const refs = facts.map(({ clientId, ref }) => ({ clientId, factId: ref }));
  // A fact that went to another client is announced to both, and stands with the one it names now.
  const named = new Set(refs.map((ref) => `${ref.clientId}\n${ref.factId}`));
  const own = leaves.filter((leaf) => named.has(`${leaf.clientId}\n${leaf.factId}`));
  return replaceLeaves(sql, { kinds, refs }, await priceLeaves(sql, world, own));
}

function idsOf(facts: readonly ChangedFact[]): string[] {
  return facts.map((fact) => fact.ref);
}
