import type { EntityManager } from '@mikro-orm/postgresql';

import { sqlSession } from '../../db/sql-session.ts';
import type { DateRange } from '../../rollups/sums.ts';
import { pageOf, type Page } from '../../tenancy/input-fields.ts';
import { repriceDays } from '../tracking/reprice.ts';
import { factCursor, type RowAsked } from './explain-input.ts';
import {
  readFacts,
  readSources,
  type FactPlace,
  type FactsScope,
  type RepricedFact,
} from './explain.queries.ts';
import type { ExplainedRow } from './explained-row.ts';
import { toFactDto, type ExplainedValue, type FactDto, type SourceDto } from './explanation-dto.ts';
import type { FactsOf } from './fact-figures.ts';
import { readFactRates } from './fact-rates.ts';
import { sumOfSources, toSourceDto, toSum } from './fact-sums.ts';

/** Which facts, and which page of them. */
export interface FactsAsked {
  readonly agencyId: string;
  readonly clientId: string;
  readonly period: DateRange;
  readonly row: RowAsked | undefined;
  readonly after: FactPlace | undefined;
  readonly limit: number;
}

/** A page of the facts of a figure, and what all of them come from and sum to. */
export interface ExplainedFacts extends Page<FactDto> {
  readonly sources: readonly SourceDto[];
  readonly sum: ExplainedValue;
}

/** Reads the facts of a figure in a row. */
export async function explainFacts(
  em: EntityManager,
  { facts, row }: { readonly facts: FactsOf; readonly row: ExplainedRow },
  asked: FactsAsked,
): Promise<ExplainedFacts> {
  const { currency } = row;
  const { limit, after } = asked;
  const sql = sqlSession(em);
  const repriced = await readRepriced(em, row, asked);
  const scope = { ...scopeOf(facts, row, asked), repriced };
  const sources = await readSources(sql, scope);
  const rows = await readFacts(sql, { ...scope, currency, after, limit: limit + 1 });
  const rateOf = await readFactRates(em, rows, {
    agencyId: asked.agencyId,
    agencyRate: row.assumed.hourlyRate ?? undefined,
  });
  return {
    sources: sources.map((source) => toSourceDto(source, { facts, currency })),
    sum: toSum(sumOfSources(sources), { facts, currency }),
    ...pageOf(rows, {
      limit,
      cursorOf: factCursor,
      toItem: (fact) => toFactDto(fact, { currency, rate: rateOf(fact) }),
    }),
  };
}

function scopeOf(
  facts: FactsOf,
  { assumed }: ExplainedRow,
  { clientId, period, row }: FactsAsked,
): Omit<FactsScope, 'repriced'> {
  const { conversionValue, leadValue } = assumed;
  const isDay = row?.dimension === 'day';
  return {
    facts,
    clientId,
    ...(isDay ? { startDate: row.key, endDate: row.key } : period),
    column: row?.column,
    key: row === undefined || isDay ? null : row.key,
    worths: {
      conversionMinor: conversionValue?.amountMinor ?? 0n,
      leadMinor: leadValue?.amountMinor ?? 0n,
    },
  };
}

async function readRepriced(
  em: EntityManager,
  { assumed, world }: ExplainedRow,
  { clientId, period }: FactsAsked,
): Promise<RepricedFact[]> {
  const { hourlyRate: rate } = assumed;
  if (rate === null) return [];
  const days = await repriceDays(em, { ...period, clientId, world, rate });
  return days.map(({ row: { kind, factId, date }, minor: amountMinor }) => ({
    kind,
    factId,
    date,
    amountMinor,
    currency: rate.currency,
  }));
}
