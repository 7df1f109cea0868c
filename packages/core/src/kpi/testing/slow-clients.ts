import { localDate } from '../../rollups/testing/slow-time.ts';
import type { SlowSpan } from './slow-period.ts';
import { sumsOf, type SlowWorld } from './slow-sums.ts';

/** What is counted of clients. */
export interface SlowClients {
  readonly total: readonly string[];
  readonly active: number;
  readonly activeAnyDay: number;
  readonly withActivity: number;
  /** All there are, the cheapest first. */
  readonly tiers: readonly { readonly tier: string; readonly name: string }[];
  readonly byTier: { readonly tier: string; readonly name: string; readonly clients: number }[];
}

const QUARTER_MS = 900_000;
const DAY_MS = 86_400_000;

/** Counts the clients of a period by looking at each quarter of an hour of it. The worlds change on no other. */
export function slowClients(world: SlowWorld, span: SlowSpan): SlowClients {
  const all = world.raw.clients.map((client) => {
    const sums = sumsOf(
      world,
      span,
      (row) => row.dimension === 'client' && row.clientId === client.id,
    );
    const isBusy = (sums['posts'] ?? 0n) > 0n || (sums['seconds'] ?? 0n) > 0n;
    return { id: client.id, isBusy, ...tiersOf(world, client.id, span) };
  });
  const present = all.filter(({ id, isBusy, hadTier }) => {
    const client = world.raw.clients.find((one) => one.id === id);
    const created = world.facts.clients.find((one) => one.id === id)?.createdAt ?? Infinity;
    if (!client) return false;
    if (isBusy) return true;
    if (client.archivedAt !== null && localDate(client, client.archivedAt) < span.first)
      return false;
    return hadTier || localDate(client, created) <= span.last;
  });
  const atEnd = present.flatMap(({ atLast }) => (atLast === undefined ? [] : [atLast]));
  return {
    total: present.map(({ id }) => id),
    active: atEnd.length,
    activeAnyDay: present.filter(({ anyDay }) => anyDay).length,
    withActivity: present.filter(({ isBusy }) => isBusy).length,
    tiers: world.facts.tiers.map(({ key, name }) => ({ tier: key, name })),
    byTier: world.facts.tiers.flatMap(({ key, name }) => {
      const clients = atEnd.filter((tier) => tier === key).length;
      return clients === 0 ? [] : [{ tier: key, name, clients }];
    }),
  };
}

interface SlowTiers {
  readonly anyDay: boolean;
  /** The tier it was on last on the last day. */
  readonly atLast: string | undefined;
  readonly hadTier: boolean;
}

function tiersOf({ raw, facts }: SlowWorld, id: string, { first, last }: SlowSpan): SlowTiers {
  const client = raw.clients.find((one) => one.id === id);
  const held = facts.held.filter((one) => one.clientId === id);
  const blocked = raw.blocked.filter((one) => one.clientId === id);
  if (!client || held.length === 0) return { anyDay: false, atLast: undefined, hadTier: false };
  const until = Date.parse(`${last}T00:00:00Z`) + 2 * DAY_MS;
  const end = Math.min(until, client.archivedAt ?? until);
  const isIn = (at: number, times: SlowWorld['raw']['held'][number]): boolean =>
    times.start <= at && (times.end === null || at < times.end);
  let atLast: string | undefined;
  let anyDay = false;
  let hadTier = false;
  const since = Math.min(...held.map((one) => one.start));
  for (let at = since; at < end; at += QUARTER_MS) {
    const tier = held.find((one) => isIn(at, one));
    const date = localDate(client, at);
    if (!tier || blocked.some((one) => isIn(at, one)) || date > last) continue;
    hadTier = true;
    if (date >= first) anyDay = true;
    if (date === last) atLast = tier.tier;
  }
  return { anyDay, atLast, hadTier };
}
