import {
  addDays,
  allocate,
  localDateOf,
  toolSpans,
  wholeWeights,
  type Claim,
  type LocalDate,
  type ToolSpan,
} from '@retainer/domain';

import type { DirtyRow } from './dirty.queries.ts';
import { readWorld } from './figures-world.ts';
import { insertLeaves } from './leaf.queries.ts';
import { leafOf, type Leaf } from './leaf.ts';
import { priceLeaves } from './price-leaves.ts';
import type { Refresh } from './refresh-facts.ts';
import {
  readActiveDays,
  readActivity,
  readSharers,
  readTools,
  readToolsUntil,
  removeToolLeaves,
  type ToolRow,
} from './tools.queries.ts';

const EARLIEST: LocalDate = '0001-01-01';
/** How far recurring tools are spread ahead unless somebody asked about later. */
const AHEAD_DAYS = 31;

interface Sharer {
  readonly id: string;
  readonly archivedOn: LocalDate | null;
}

/**
 * Splits what tools cost over the clients and keeps each share as one leaf over the span's days. An agency-wide
 * cost goes over the clients first, by their weights in the whole span; with no weight at all it stays with the
 * agency, under the empty client.
 */
export async function refreshTools(on: Refresh, dirty: readonly DirtyRow[]): Promise<void> {
  const { sql, em, ctx, world } = on;
  const shared = dirty.filter((row) => row.kind === 'weights');
  // Named tools, and announcements that say no day, concern every span; else those from the day on.
  const since = shared.some((row) => row.from === null) ? EARLIEST : earliestOf(shared);
  const ids = dirty.filter((row) => row.kind === 'tool').map((row) => row.ref);
  const today = localDateOf(world.agency.timeZone, ctx.now().getTime());
  const until = later(await readToolsUntil(sql), addDays(today, AHEAD_DAYS));
  const sharers = await readSharers(sql);
  const clients = await readWorld(
    em,
    ctx.agencyId,
    sharers.map((one) => one.id),
  );

  const jobs: { ids: string[] | undefined; from: LocalDate }[] = [];
  if (ids.length > 0) jobs.push({ ids, from: EARLIEST });
  if (since !== undefined) jobs.push({ ids: undefined, from: since });
  for (const job of jobs) {
    // One after another: they share the transaction.
    // oxlint-disable-next-line no-await-in-loop
    const leaves = await leavesOf(on, { ...job, until, sharers });
    // oxlint-disable-next-line no-await-in-loop
    await removeToolLeaves(sql, job);
    // oxlint-disable-next-line no-await-in-loop
    await insertLeaves(sql, await priceLeaves(sql, clients, leaves));
  }
}

async function leavesOf(
  on: Refresh,
  job: {
    readonly ids: readonly string[] | undefined;
    readonly from: LocalDate;
    readonly until: LocalDate;
    readonly sharers: readonly Sharer[];
  },
): Promise<Leaf[]> {
  const tools = await readTools(on.sql, job.ids);
  const leaves: Leaf[] = [];
  for (const tool of tools) {
    for (const span of toolSpans(tool, job.until)) {
      if (span.to < job.from) continue;
      // oxlint-disable-next-line no-await-in-loop
      leaves.push(
        ...sharesOf(tool, span, await claimsOn(on, { tool, span, sharers: job.sharers })),
      );
    }
  }
  return leaves;
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
  return unallocated === 0n ? parts : [...parts, leaf('', unallocated)];
}

async function claimsOn(
  { sql, world }: Refresh,
  of: { readonly tool: ToolRow; readonly span: ToolSpan; readonly sharers: readonly Sharer[] },
): Promise<Claim[]> {
  const { tool, span, sharers } = of;
  if (tool.clientId !== null) return [{ id: tool.clientId, weight: 1n }];
  const present = new Set(
    sharers
      .filter((one) => one.archivedOn === null || one.archivedOn >= span.from)
      .map((one) => one.id),
  );
  const among = (claims: readonly Claim[]): Claim[] => claims.filter((one) => present.has(one.id));
  switch (tool.allocation) {
    case 'equal':
      return [...present].map((id) => ({ id, weight: 1n }));
    case 'custom':
      return among(wholeWeights(tool.weights ?? {}));
    case 'active_days': {
      const rows = await readActiveDays(sql, span);
      return among(rows.map((row) => ({ id: row.clientId, weight: BigInt(row.days) })));
    }
    default: {
      const by = tool.allocation;
      const rows = await readActivity(sql, { ...span, currency: world.agency.currency });
      return among(rows.map((row) => ({ id: row.clientId, weight: BigInt(row[by]) })));
    }
  }
}

function earliestOf(rows: readonly DirtyRow[]): LocalDate | undefined {
  return rows.map((row) => row.from ?? EARLIEST).toSorted()[0];
}

function later(a: LocalDate | undefined, b: LocalDate): LocalDate {
  return a !== undefined && a > b ? a : b;
}
