import { convert } from '@retainer/domain';

import { giveRates, type RateWish } from '../costs/exchange-rates/given-rates.ts';
import type { SqlSession } from '../db/sql-session.ts';
import { AGENCY } from './dirty.queries.ts';
import type { FiguresWorld } from './figures-world.ts';
import type { Leaf, PricedLeaf } from './leaf.ts';

/**
 * Gives each leaf its amount in its client's currency and in the agency's, both converted from the original by the
 * exchange rate that its fact was given.
 */
export async function priceLeaves(
  sql: SqlSession,
  world: FiguresWorld,
  leaves: readonly Leaf[],
): Promise<PricedLeaf[]> {
  const { rounding, agency } = world;
  const wishes = leaves.flatMap((leaf) =>
    [currencyOf(world, leaf), agency.currency].flatMap((to) => wishOf(leaf, to) ?? []),
  );
  const rates = await giveRates(sql, wishes);
  const told = (leaf: Leaf, to: string): bigint | null => {
    const { amountMinor, currency: from } = leaf;
    if (amountMinor === null || from === to) return amountMinor;
    const wish = wishOf(leaf, to);
    const rate = wish && rates(wish);
    return rate ? convert(amountMinor, { ...wish, rate, rounding }) : null;
  };
  return leaves.map((leaf) => ({
    ...leaf,
    clientMinor: told(leaf, currencyOf(world, leaf)),
    agencyMinor: told(leaf, agency.currency),
  }));
}

function wishOf(leaf: Leaf, to: string): RateWish | undefined {
  const { currency: from, amountMinor, factId, from: date } = leaf;
  if (from === null || from === to || amountMinor === null) return undefined;
  // What a fact adds in several leaves has one rate: all shares of a tool, an entry's time and the time that it saved.
  const clientId = leaf.kind === 'tool' ? AGENCY : leaf.clientId;
  const kind = leaf.kind === 'saved' ? 'time' : leaf.kind;
  return { clientId, kind, factId, date, from, to };
}

function currencyOf({ clients, agency }: FiguresWorld, { clientId }: Leaf): string {
  return clients.get(clientId)?.currency ?? agency.currency;
}
