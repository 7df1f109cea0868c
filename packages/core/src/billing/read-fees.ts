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
import type { FeeMemory } from './fee-memory.ts';
import { readBilledTerms, type BilledTermOfClient } from './fees.queries.ts';
import { priceCharges, type ChargeOfClient } from './price-charges.ts';

/** Which fees are wanted: of which local dates, both included, in which currency, of some clients or of all. */
export interface FeesAsk {
  readonly startDate: LocalDate;
  readonly endDate: LocalDate;
  readonly currency: string;
  /** Of some clients alone. */
  readonly clientIds?: readonly string[];
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
  const terms = await readBilledTerms(sql, { ...ask, clientIds: ask.clientIds });
  const clientIds = [...new Set(terms.map((term) => term.clientId))];
  const { rounding, agency, clients } = await readWorld(em, ctx.agencyId, clientIds);
  const today = localDateOf(agency.timeZone, ctx.now().getTime());
  const epochsOf = (id: string): readonly CalendarEpoch[] => clients.get(id)?.epochs ?? [];
  return (await priceTerms(sql, terms, { ...ask, rounding, today, epochsOf })).totals;
}

/** Clients by the version of their promises, and what was worked out for them before. */
export interface KnownClients {
  readonly agencyId: string;
  readonly memory: FeeMemory;
  readonly versions: ReadonlyMap<string, number>;
}

/**
 * The same of clients whose versions the reader knows, as it knows how they count. What was worked out before for the
 * same promises is not read again. Keep the rates first: `keepFeeRates`.
 */
export async function readFeesOf(
  sql: SqlSession,
  ask: Omit<FeesAsk, 'clientIds' | 'rates'> & FeeCounting,
  { agencyId, memory, versions }: KnownClients,
): Promise<ReadonlyMap<string, Total>> {
  const { startDate, endDate, currency, rounding } = ask;
  const of = { agencyId, startDate, endDate, currency, rounding };
  const fees = new Map<string, Total>();
  const open = new Map<string, number>();
  for (const [clientId, version] of versions) {
    const known = memory.find({ ...of, clientId, version });
    if (known) fees.set(clientId, known);
    else open.set(clientId, version);
  }
  if (open.size === 0) return fees;
  const terms = await readBilledTerms(sql, { startDate, endDate, clientIds: [...open.keys()] });
  const { totals, isFinal } = await priceTerms(sql, terms, { ...ask, rates: 'look' });
  for (const [clientId, version] of open) {
    const fee = totals.get(clientId) ?? NO_FEE;
    fees.set(clientId, fee);
    if (isFinal(clientId)) memory.keep({ ...of, clientId, version }, fee);
  }
  return fees;
}

interface PricedFees {
  readonly totals: ReadonlyMap<string, Total>;
  /** Whether nothing that may still be published can change a client's fee. */
  readonly isFinal: (clientId: string) => boolean;
}

async function priceTerms(
  sql: SqlSession,
  terms: readonly BilledTermOfClient[],
  ask: FeesAsk & FeeCounting,
): Promise<PricedFees> {
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
  const totals = new Map(
    [...Map.groupBy(priced, (charge) => charge.clientId)].map(([id, own]) => {
      const parts = own.map(({ amountMinor, from, toExclusive }) =>
        amountMinor === null ? null : feeIn([{ amountMinor, from, toExclusive }], span),
      );
      return [id, sumKnown(parts)];
    }),
  );
  // A charge that is to come keeps no rate yet, and one without a rate may find one.
  const isOpen = (index: number): boolean =>
    charges[index]?.currency !== currency &&
    (priced[index]?.amountMinor === null || (charges[index]?.from ?? '') > today);
  const open = new Set(charges.flatMap(({ clientId }, index) => (isOpen(index) ? [clientId] : [])));
  return { totals, isFinal: (clientId) => !open.has(clientId) };
}
