import { compareFractions, fraction, returnOnCost, type Fraction } from '@retainer/domain';

import { rangeOf, type Counted, type CountedPeriod } from '../counted.ts';
import type { Pair } from '../kpi-figure.ts';
import { isPresent } from '../period-figures.ts';

/** What a list of clients can be put in order by. */
export const CLIENT_ORDERS = [
  'name',
  'tier',
  'posts',
  'roi',
  'roiChange',
  'cost',
  'revenue',
  'leads',
] as const;
export type ClientOrder = (typeof CLIENT_ORDERS)[number];

/** A client in the list: its part in two periods, and its tier on the last day. */
export interface ListedClient {
  readonly id: string;
  readonly name: string;
  /** The tier's key; undefined without one. */
  readonly tier: string | undefined;
  readonly counted: Pair<Counted>;
}

/** The clients that the agency has or had in a period, each beside itself in the other one. */
export function listedClients(periods: Pair<CountedPeriod>): ListedClient[] {
  const { current, previous } = periods;
  if (!current) return [];
  const range = rangeOf(current.span);
  const before = new Map(previous?.clients.map((one) => [one.client.id, one]));
  return current.clients
    .filter((one) => isPresent(one, range))
    .map((one) => {
      const { id, name, tiers } = one.client;
      const last = tiers.findLast(
        ({ from, to }) => from <= range.endDate && (to === null || to >= range.endDate),
      );
      return { id, name, tier: last?.tier, counted: { current: one, previous: before.get(id) } };
    });
}

/** Whether a client's name or id holds what somebody typed. */
export function isFound({ id, name }: ListedClient, search: string): boolean {
  const text = search.toLowerCase();
  return name.toLowerCase().includes(text) || id.toLowerCase().includes(text);
}

/** Puts clients in order; those without the figure come last either way, and the same ones by name. */
export function rankClients(
  clients: readonly ListedClient[],
  of: { readonly by: ClientOrder; readonly isFalling: boolean; readonly tiers: readonly string[] },
): ListedClient[] {
  const { by, isFalling, tiers } = of;
  const keyed = clients.map((client) => ({ client, key: keyOf(client, by, tiers) }));
  const sign = isFalling ? -1 : 1;
  return keyed
    .toSorted((a, b) => {
      if (a.key === undefined || b.key === undefined) {
        return Number(a.key === undefined) - Number(b.key === undefined) || byName(a, b);
      }
      return sign * compareKeys(a.key, b.key) || byName(a, b);
    })
    .map(({ client }) => client);
}

type Key = string | Fraction;

function keyOf(
  { name, tier, counted: { current, previous } }: ListedClient,
  by: ClientOrder,
  tiers: readonly string[],
): Key | undefined {
  switch (by) {
    case 'name':
      return name.toLowerCase();
    case 'tier':
      return tier === undefined ? undefined : fraction(BigInt(tiers.indexOf(tier)), 1n);
    case 'posts':
      return current && whole(current.sums.posts);
    case 'leads':
      return whole(current?.figures.value.leads);
    case 'cost':
      return whole(current?.figures.cost.total.totalMinor);
    case 'revenue':
      return whole(current?.figures.value.revenue.totalMinor);
    case 'roi':
      return roiOf(current);
    case 'roiChange':
      return changeOf(roiOf(current), roiOf(previous));
  }
}

function whole(count: bigint | null | undefined): Fraction | undefined {
  return typeof count === 'bigint' ? fraction(count, 1n) : undefined;
}

function roiOf(counted: Counted | undefined): Fraction | undefined {
  const ratio = counted && returnOnCost(counted.figures);
  return ratio && 'fraction' in ratio ? ratio.fraction : undefined;
}

function changeOf(now: Fraction | undefined, then: Fraction | undefined): Fraction | undefined {
  if (!now || !then) return undefined;
  return { num: now.num * then.den - then.num * now.den, den: now.den * then.den };
}

function compareKeys(a: Key, b: Key): number {
  if (typeof a === 'string') return typeof b === 'string' ? compareText(a, b) : -1;
  return typeof b === 'string' ? 1 : compareFractions(a, b);
}

function byName(
  { client: a }: { readonly client: ListedClient },
  { client: b }: { readonly client: ListedClient },
): number {
  return compareText(a.name.toLowerCase(), b.name.toLowerCase()) || compareText(a.id, b.id);
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
