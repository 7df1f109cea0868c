import {
  addDays,
  allocate,
  calendarDateOf,
  localDateOf,
  toolSpans,
  wholeWeights,
  type CalendarEpoch,
  type Claim,
  type LocalDate,
  type ToolSpan,
} from '@retainer/domain';

import { readCalendars } from '../tenancy/client-calendar.ts';
import { activeDays, calendarDays, type Stretch } from './active-days.ts';
import { AGENCY, type DirtyRow } from './dirty.queries.ts';
import type { FiguresWorld } from './figures-world.ts';
import { insertLeaves } from './leaf.queries.ts';
import { leafOf, type Leaf, type PricedLeaf } from './leaf.ts';
import { priceLeaves } from './price-leaves.ts';
import type { Refresh } from './refresh-scope.ts';
import {
  readToolLeaves,
  removeToolLeaves,
  type ToolLeafRow,
  type ToolScope,
} from './tool-leaves.queries.ts';
import {
  readActivity,
  readSharers,
  readTierTimes,
  readTools,
  readToolsUntil,
  writeToolsUntil,
  type SharerRow,
  type TierTimeRow,
  type ToolRow,
} from './tools.queries.ts';

const EARLIEST: LocalDate = '0001-01-01';
/** How far recurring tools are spread ahead unless somebody asked about later. */
const AHEAD_DAYS = 31;

/** The clients that can share a cost, and the days that each lives by. */
interface Sharers {
  readonly rows: readonly SharerRow[];
  readonly epochs: ReadonlyMap<string, readonly CalendarEpoch[]>;
}

/**
 * Splits what tools cost over the clients and keeps each share as one leaf over the span's days. An agency-wide
 * cost goes over the clients first, by their weights in the whole span; with no weight at all it stays with the
 * agency, under the empty client. Answers whether any share is another than before.
 */
export async function refreshTools(on: Refresh, dirty: readonly DirtyRow[]): Promise<boolean> {
  const { until, isNew } = await settleUntil(on);
  const scopes = isNew ? [{ ids: undefined, from: EARLIEST }] : scopesOf(dirty);
  let changed = false;
  for (const scope of scopes) {
    // One after another: they share the transaction.
    // oxlint-disable-next-line no-await-in-loop
    changed = (await refreshScope(on, scope, until)) || changed;
  }
  return changed;
}

/** Up to which day recurring tools are spread; decided anew where time has passed it by. */
async function settleUntil({ sql, ctx, world }: Refresh): Promise<{
  readonly until: LocalDate;
  readonly isNew: boolean;
}> {
  const today = localDateOf(world.agency.timeZone, ctx.now().getTime());
  const known = await readToolsUntil(sql);
  if (known !== undefined && known >= today) return { until: known, isNew: false };
  const until = addDays(today, AHEAD_DAYS);
  await writeToolsUntil(sql, until);
  return { until, isNew: true };
}

/** Named tools, and announcements that say no day, concern every span; else those from the day on. */
function scopesOf(dirty: readonly DirtyRow[]): ToolScope[] {
  const ids = dirty.filter((row) => row.kind === 'tool').map((row) => row.ref);
  const [from] = dirty
    .filter((row) => row.kind !== 'tool')
    .map((row) => (row.kind === 'weights' ? (row.from ?? EARLIEST) : EARLIEST))
    .toSorted();
  return [
    ...(ids.length > 0 && from !== EARLIEST ? [{ ids, from: EARLIEST }] : []),
    ...(from === undefined ? [] : [{ ids: undefined, from }]),
  ];
}

async function refreshScope(on: Refresh, scope: ToolScope, until: LocalDate): Promise<boolean> {
  const { sql, world } = on;
  const kept = await readToolLeaves(sql, scope);
  const tools = await readTools(sql, scope.ids);
  if (tools.length === 0 && kept.length === 0) return false;
  const rows = await readSharers(sql);
  const sharers = { rows, epochs: await readCalendars(sql, undefined) };
  const leaves: Leaf[] = [];
  for (const tool of tools) {
    const spans = toolSpans(tool, until).filter((span) => span.to >= scope.from);
    for (const span of spans) {
      // oxlint-disable-next-line no-await-in-loop
      leaves.push(...sharesOf(tool, span, await claimsOn(on, { tool, span, sharers })));
    }
  }
  const wanted = await priceLeaves(sql, withSharers(world, rows), leaves);
  const keys = new Set(wanted.map(textOf));
  const had = new Set(kept.map(rowText));
  const gone = kept.filter((row) => !keys.has(rowText(row)));
  const added = wanted.filter((leaf) => !had.has(textOf(leaf)));
  await removeToolLeaves(sql, gone);
  await insertLeaves(sql, added);
  return gone.length + added.length > 0;
}

function withSharers(world: FiguresWorld, rows: readonly SharerRow[]): FiguresWorld {
  const clients = rows.map(({ id, currency }) => ({ clientId: id, currency, epochs: [] }));
  return { ...world, clients: new Map(clients.map((client) => [client.clientId, client])) };
}

function sharesOf(tool: ToolRow, span: ToolSpan, claims: readonly Claim[]): Leaf[] {
  const { shares, unallocated } = allocate(BigInt(tool.amountMinor), claims);
  const leaf = (clientId: string, amountMinor: bigint): Leaf =>
    leafOf({
      clientId,
      kind: 'tool',
      factId: tool.id,
      ...span,
      amountMinor,
      currency: tool.currency,
    });
  const parts = claims.flatMap(({ id }, index) => {
    const share = shares[index] ?? 0n;
    return share === 0n ? [] : [leaf(id, share)];
  });
  return unallocated === 0n ? parts : [...parts, leaf(AGENCY, unallocated)];
}

async function claimsOn(
  { sql, world }: Refresh,
  of: { readonly tool: ToolRow; readonly span: ToolSpan; readonly sharers: Sharers },
): Promise<Claim[]> {
  const { tool, span, sharers } = of;
  if (tool.clientId !== null) return [{ id: tool.clientId, weight: 1n }];
  const present = presentOn(sharers, span);
  const among = (claims: readonly Claim[]): Claim[] => claims.filter((one) => present.has(one.id));
  switch (tool.allocation) {
    case 'equal':
      return [...present].map((id) => ({ id, weight: 1n }));
    case 'custom':
      return among(wholeWeights(tool.weights ?? {}));
    case 'active_days':
      return among(activeClaims(await readTierTimes(sql, span), sharers, span));
    case 'posts':
    case 'seconds': {
      const by = tool.allocation;
      const rows = await readActivity(sql, { ...span, currency: world.agency.currency });
      return among(rows.map((row) => ({ id: row.clientId, weight: BigInt(row[by]) })));
    }
  }
}

/** The clients that were not archived before the span began, each by its own days. */
function presentOn({ rows, epochs }: Sharers, span: ToolSpan): ReadonlySet<string> {
  const present = rows.filter(({ id, archivedAt }) => {
    if (archivedAt === null) return true;
    const calendar = epochs.get(id);
    return calendar !== undefined && calendarDateOf(calendar, archivedAt) >= span.from;
  });
  return new Set(present.map((row) => row.id));
}

function activeClaims(rows: readonly TierTimeRow[], { epochs }: Sharers, span: ToolSpan): Claim[] {
  const days = new Map<string, ReturnType<typeof calendarDays>>();
  const daysOf = (calendar: readonly CalendarEpoch[]): ReturnType<typeof calendarDays> => {
    const key = JSON.stringify(calendar);
    const known = days.get(key) ?? calendarDays(calendar, span);
    days.set(key, known);
    return known;
  };
  return [...Map.groupBy(rows, (row) => row.clientId)].flatMap(([id, times]) => {
    const calendar = epochs.get(id);
    if (!calendar) return [];
    const stretches = (isBlocked: boolean): Stretch[] =>
      times
        .filter((row) => row.isBlocked === isBlocked)
        .map(({ start, end }) => ({ start, end: end ?? Infinity }));
    const of = { held: stretches(false), blocked: stretches(true) };
    return [{ id, weight: BigInt(activeDays(of, daysOf(calendar))) }];
  });
}

function textOf(leaf: PricedLeaf): string {
  const { clientId, factId, from, to, amountMinor, currency, clientMinor, agencyMinor } = leaf;
  const amounts = [amountMinor, clientMinor, agencyMinor].map((minor) => minor?.toString() ?? null);
  return JSON.stringify([clientId, factId, from, to, currency, ...amounts]);
}

function rowText(row: ToolLeafRow): string {
  const { clientId, factId, from, to, amountMinor, currency, clientMinor, agencyMinor } = row;
  return JSON.stringify([
    clientId,
    factId,
    from,
    to,
    currency,
    amountMinor,
    clientMinor,
    agencyMinor,
  ]);
}
