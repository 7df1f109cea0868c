import { toAmount, minutesOf, countOf } from '../tracking/tracking-dto.ts';
import type { SourceRow } from './explain.queries.ts';
import type { ExplainedValue, SourceDto } from './explanation-dto.ts';
import type { FactsOf } from './fact-figures.ts';

/** What a figure adds up, and so how its sums are written; reach is not added up at all. */
type Unit = 'minutes' | 'money' | 'count' | 'reach';

/** What facts sum to; null where none of them has a value that is known. */
export interface FactSum {
  readonly sum: bigint | null;
  /** How many add an amount that no rate gives yet, or nothing. */
  readonly unknown: number;
}

/** All sources together. */
export function sumOfSources(rows: readonly SourceRow[]): FactSum {
  const known = rows.flatMap((row) => (row.sum === null ? [] : [BigInt(row.sum)]));
  return {
    sum: known.length === 0 ? null : known.reduce((all, one) => all + one, 0n),
    unknown: rows.reduce((all, row) => all + row.unknown, 0),
  };
}

/** A sum as answers show the figure that it is of. */
export function toSum(
  { sum, unknown }: FactSum,
  { facts, currency }: { readonly facts: FactsOf; readonly currency: string },
): ExplainedValue {
  const whole = sum ?? 0n;
  switch (unitOf(facts)) {
    case 'money':
      return unknown > 0
        ? toAmount({ totalMinor: null, knownMinor: whole, reason: 'missing_rate' }, currency)
        : toAmount({ totalMinor: whole, knownMinor: whole, reason: undefined }, currency);
    case 'minutes':
      return minutesOf(whole);
    case 'count':
      return facts.from === 'leaves' ? Number(whole) : countOf(sum);
    case 'reach':
      return null;
  }
}

/** Writes down a source. */
export function toSourceDto(
  row: SourceRow,
  of: { readonly facts: FactsOf; readonly currency: string },
): SourceDto {
  const { kind, source, detail, count } = row;
  return { kind, source, detail, count, sum: toSum(sumOfSources([row]), of) };
}

function unitOf(facts: FactsOf): Unit {
  if (facts.from === 'reach') return 'reach';
  if (facts.from === 'observations' || facts.measure === 'count') return 'count';
  return facts.measure === 'minor' || facts.measure === 'worth' ? 'money' : 'minutes';
}
