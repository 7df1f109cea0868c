import type { EntityManager } from '@mikro-orm/postgresql';
import {
  addDays,
  chargesOf,
  feeIn,
  localDateOf,
  sumKnown,
  type CalendarEpoch,
  type DateSpan,
  type LocalDate,
  type Rounding,
  type Total,
} from '@retainer/domain';

import { sqlSession, type SqlSession } from '../db/sql-session.ts';
import type { ServiceContext } from '../kernel/context.ts';
import { readWorld } from '../rollups/figures-world.ts';
import { readBilledTerms, type BilledTermOfClient } from './fees.queries.ts';
import { priceCharges, type ChargeOfClient } from './price-charges.ts';

/** Which fees are wanted: of which local dates, both included, in which currency, of one client or of all. */
export interface FeesAsk {
  readonly startDate: LocalDate;
  readonly endDate: LocalDate;
  readonly currency: string;
  readonly clientId?: string;
  /** Exchange rates that no charge was given yet: used and kept unless told, or used alone, for a read-only look. */
  readonly rates?: 'keep' | 'look';
}

/** The fee of who was charged nothing. */
export const NO_FEE: Total = sumKnown([]);

/** How clients count days, and how the agency rounds and what day it has. */
export interface FeeCounting {
  readonly rounding: Rounding;
  readonly today: LocalDate;
  readonly epochsOf: (clientId: string) => readonly CalendarEpoch[];
}

/**
 * What clients are charged for their tiers on the days of a period, by client; who is missing is charged nothing.
 * `missing_rate` where a charge is in another currency and no exchange rate tells it. Prices of periods to come are
 * in it, as they are due today. The transaction must not be a read-only one where rates are to be kept.
 */
export async function readFees(
  em: EntityManager,
  ctx: ServiceContext,
  ask: FeesAsk,
): Promise<ReadonlyMap<string, Total>> {
  const sql = sqlSession(em);
  const terms = await readBilledTerms(sql, { ...ask, clientId: ask.clientId });
  const clientIds = [...new Set(terms.map((term) => term.clientId))];
  const { rounding, agency, clients } = await readWorld(em, ctx.agencyId, clientIds);
  const today = localDateOf(agency.timeZone, ctx.now().getTime());
  const epochsOf = (id: string): readonly CalendarEpoch[] => clients.get(id)?.epochs ?? [];
  return priceTerms(sql, terms, { ...ask, rounding, today, epochsOf });
}

/** The same of all clients, for a reader that knows how they count. */
export async function readFeesOf(
  sql: SqlSession,
  ask: FeesAsk & FeeCounting,
): Promise<ReadonlyMap<string, Total>> {
  const terms = await readBilledTerms(sql, { ...ask, clientId: ask.clientId });
  return priceTerms(sql, terms, ask);
}

async function priceTerms(
  sql: SqlSession,
  terms: readonly BilledTermOfClient[],
  ask: FeesAsk & FeeCounting,
): Promise<ReadonlyMap<string, Total>> {
  const { startDate, endDate, currency, rounding, today, rates = 'keep', epochsOf } = ask;
  const span: DateSpan = { from: startDate, toExclusive: addDays(endDate, 1) };
  const charges = [...Map.groupBy(terms, (term) => term.clientId)].flatMap(
    ([clientId, own]): ChargeOfClient[] =>
      chargesOf(own, { epochs: epochsOf(clientId), rounding, span }).map((charge) => ({
        ...charge,
        clientId,
      })),
  );
  const keptUntil = rates === 'keep' ? today : undefined;
  const priced = await priceCharges(sql, charges, { currency, rounding, keptUntil });
  return new Map(
    [...Map.groupBy(priced, (charge) => charge.clientId)].map(([id, own]) => {
      const parts = own.map(({ amountMinor, from, toExclusive }) =>
        amountMinor === null ? null : feeIn([{ amountMinor, from, toExclusive }], span),
      );
      return [id, sumKnown(parts)];
    }),
  );
}
