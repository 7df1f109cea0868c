import type { EntityManager } from '@mikro-orm/postgresql';
import {
  daysBetween,
  lastMomentOf,
  valueFigures,
  type CalendarEpoch,
  type LocalDate,
  type Total,
  type ValueFigures,
} from '@retainer/domain';

import { NO_FEE, readFees } from '../billing/read-fees.ts';
import { sqlSession } from '../db/sql-session.ts';
import { lookWithin } from '../gate/host-transaction.ts';
import type { Seen } from '../gate/ops/look.ts';
import { concern } from '../kernel/changed.ts';
import { inTransaction, type ServiceContext } from '../kernel/context.ts';
import { bandsOf } from '../kpi/bands.ts';
import type { KpiTerms } from '../kpi/kpi-figure.ts';
import { readWorld } from '../rollups/figures-world.ts';
import type { DateRange } from '../rollups/sums.ts';
import { readCalendar } from '../tenancy/client-calendar.ts';
import type { Client } from '../tenancy/client.entity.ts';
import {
  countedIn,
  defaultTerms,
  readClientFacts,
  type ClientFacts,
} from '../value/tracking/client-figures.ts';
import { storeTerms, termsOf, type StoredTerms } from '../value/tracking/tracking-terms.ts';

/** All that a report tells of one period is made from this. */
export interface PeriodMaterial {
  readonly days: number;
  readonly facts: ClientFacts;
  readonly figures: ValueFigures;
  readonly assumed: StoredTerms;
  /** Up to which change a figure is stable. */
  readonly bands: KpiTerms['bands'];
}

/** What is promised to a client, and what was taken of it when a day ended. */
export interface PromisedMaterial extends Seen {
  readonly epochs: readonly CalendarEpoch[];
}

/** Reads what a client was promised, and the usage at the last moment of a day. */
export async function readPromised(
  em: EntityManager,
  client: Client,
  endDate: LocalDate,
): Promise<PromisedMaterial> {
  const { agencyId, id: clientId } = client;
  const epochs = await readCalendar(em, client);
  const look = { clientId, at: lastMomentOf(epochs, endDate) };
  return { epochs, ...(await lookWithin(sqlSession(em), agencyId, look)) };
}

/** Reads a client's figures of a period, with what the agency assumes. Refresh the client first. */
export async function readPeriod(
  em: EntityManager,
  client: Client,
  range: DateRange,
): Promise<PeriodMaterial> {
  const { startDate, endDate } = range;
  const world = await readWorld(em, client.agencyId, [client.id]);
  const counted = countedIn(world, client.id);
  const defaults = await defaultTerms(sqlSession(em), counted, endDate);
  const terms = termsOf({}, defaults, counted.currency);
  const facts = await readClientFacts(em, client, { startDate, endDate, terms });
  return {
    days: daysBetween(startDate, endDate) + 1,
    facts,
    figures: valueFigures(facts.sums.total, facts.terms),
    assumed: storeTerms(terms),
    bands: bandsOf(world.agency),
  };
}

/** What the client is charged for its tier in a period. Not within a read-only transaction: it keeps rates that it uses. */
export function readFee(
  ctx: ServiceContext,
  of: DateRange & { readonly clientId: string; readonly currency: string },
): Promise<Total> {
  return inTransaction(ctx, async (em) => {
    concern(em, []);
    const fees = await readFees(em, ctx, { ...of, clientIds: [of.clientId] });
    return fees.get(of.clientId) ?? NO_FEE;
  });
}
