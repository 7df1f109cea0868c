import type { MoneyWire, PricedTier } from '@retainer/domain';

import type { SqlSession } from '../db/sql-session.ts';
import { moneyWire } from '../tenancy/money-input.ts';
import { readTierVersions, type TierVersionRow } from './tier.queries.ts';

/** A version of a tier with its price. */
export interface BookedTier extends PricedTier {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly version: number;
}

/** A version of a tier, as answers name it. */
export interface BookedTierDto {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly version: number;
  readonly monthly: MoneyWire;
}

/** The tiers of an agency. */
export interface TierBook {
  /** The latest version of each that can be assigned, the cheapest month first; of equal price the earlier name. */
  readonly offers: readonly BookedTier[];
  /** Any version that there ever was. */
  readonly find: (tierId: string, version: number) => BookedTier | undefined;
}

/** Reads all tiers of the agency, in one statement. */
export async function readTierBook(sql: SqlSession): Promise<TierBook> {
  const rows = await readTierVersions(sql);
  const all = new Map(rows.map((row) => [`${row.tierId} ${row.version}`, toBooked(row)]));
  const offers = rows
    .filter(({ isArchived, isLatest }) => !isArchived && isLatest)
    .toSorted(
      (a, b) => Number(a.monthlyMinor) - Number(b.monthlyMinor) || a.name.localeCompare(b.name),
    )
    .map(toBooked);
  return { offers, find: (tierId, version) => all.get(`${tierId} ${version}`) };
}

/** A version for the wire. */
export function toBookedTierDto({ id, key, name, version, monthly }: BookedTier): BookedTierDto {
  return { id, key, name, version, monthly: moneyWire(monthly.amountMinor, monthly.currency) };
}

function toBooked(row: TierVersionRow): BookedTier {
  const { tierId: id, key, name, version, features, limits, countBy, enforcement } = row;
  return {
    id,
    key,
    name,
    version,
    terms: { features, limits, countBy, enforcement },
    monthly: { amountMinor: BigInt(row.monthlyMinor), currency: row.currency },
  };
}
