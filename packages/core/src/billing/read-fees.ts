import type { EntityManager } from '@mikro-orm/postgresql';
import {
  addDays,
  chargesOf,
  feeIn,
  localDateOf,
  sumKnown,
  type DateSpan,
  type LocalDate,
  type Total,
} from '@retainer/domain';

import { sqlSession } from '../db/sql-session.ts';
import type { ServiceContext } from '../kernel/context.ts';
import { readWorld } from '../rollups/figures-world.ts';
import { readBilledTerms } from './fees.queries.ts';
import { priceCharges, type ChargeOfClient } from './price-charges.ts';

/** Which fees are wanted: of which local dates, both included, in which currency, of one client or of all. */
export interface FeesAsk {
  readonly startDate: LocalDate;
  readonly endDate: LocalDate;
  readonly currency: string;
  readonly clientId?: string;
}

/** The fee of who was charged nothing. */
export const NO_FEE: Total = sumKnown([]);

/**
 * What clients are charged for their tiers on the days of a period, by client; who is missing is charged nothing.
 * `missing_rate` where a charge is in another currency and no exchange rate tells it. Prices of periods to come are
 * in it, as they are due today. The transaction must not be a read-only one: rates that are used are kept.
 */
export async function readFees(
  em: EntityManager,
  ctx: ServiceContext,
  ask: FeesAsk,
): Promise<ReadonlyMap<string, Total>> {
  const sql = sqlSession(em);
  const { startDate, endDate, currency, clientId } = ask;
  const span: DateSpan = { from: startDate, toExclusive: addDays(endDate, 1) };
  const terms = await readBilledTerms(sql, { startDate, endDate, clientId });
  const byClient = Map.groupBy(terms, (term) => term.clientId);
  const world = await readWorld(em, ctx.agencyId, [...byClient.keys()]);
  const { rounding, agency } = world;

  const charges = [...byClient].flatMap(([id, own]): ChargeOfClient[] => {
    const epochs = world.clients.get(id)?.epochs ?? [];
    return chargesOf(own, { epochs, rounding, span }).map((charge) => ({
      ...charge,
      clientId: id,
    }));
  });
  const today = localDateOf(agency.timeZone, ctx.now().getTime());
  const priced = await priceCharges(sql, charges, { currency, rounding, today });
  return new Map(
    [...Map.groupBy(priced, (charge) => charge.clientId)].map(([id, own]) => {
      const parts = own.map(({ amountMinor, from, toExclusive }) =>
        amountMinor === null ? null : feeIn([{ amountMinor, from, toExclusive }], span),
      );
      return [id, sumKnown(parts)];
    }),
  );
}
