import type { LocalDate } from '@retainer/domain';

import type { SqlSession } from '../../db/sql-session.ts';
import { selectFirstTold, type FirstToldRow } from './tracking.queries.ts';

/** Since when a client has told what. */
export type FirstTold = Omit<FirstToldRow, 'id'>;

/** What a client has told at least once by a day: what it never told is unknown, not 0. */
export interface KnownKinds {
  readonly leads: boolean;
  readonly conversions: boolean;
  readonly revenue: boolean;
}

/** What is known of a client that nobody ever heard anything of. */
export const NOTHING_KNOWN: KnownKinds = { leads: false, conversions: false, revenue: false };

/** Since when each of these clients, or of all, has told what. */
export async function readFirstTold(
  sql: SqlSession,
  clientIds: readonly string[] | undefined,
): Promise<ReadonlyMap<string, FirstTold>> {
  const rows = await selectFirstTold(sql, clientIds);
  return new Map(rows.map((row) => [row.id, row]));
}

/** What each of these clients has told by a day. */
export async function readKnownKinds(
  sql: SqlSession,
  clientIds: readonly string[],
  until: LocalDate,
): Promise<ReadonlyMap<string, KnownKinds>> {
  const told = await readFirstTold(sql, clientIds);
  return new Map([...told].map(([id, first]) => [id, knownBy(first, until)]));
}

/** What has been told by a day. */
export function knownBy({ leads, conversions, revenue }: FirstTold, until: LocalDate): KnownKinds {
  const isTold = (first: LocalDate | null): boolean => first !== null && first <= until;
  return { leads: isTold(leads), conversions: isTold(conversions), revenue: isTold(revenue) };
}
