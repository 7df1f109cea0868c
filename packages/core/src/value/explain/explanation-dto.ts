import {
  formatMoney,
  fraction,
  toDecimal,
  type LocalDate,
  type MissingReason,
  type MoneyWire,
  type RateLevel,
} from '@retainer/domain';

import type { AmountDto, FigureDto, UnitCostDto } from '../tracking/tracking-dto.ts';
import type { FactKind, FactRow } from './explain.queries.ts';
import type { FactRate } from './fact-rates.ts';
import type { FigureName } from './figure-names.ts';

/** A figure as value tracking answers it. */
export type ExplainedValue = number | string | AmountDto | FigureDto | UnitCostDto | null;

/** One of the figures that another is made of; `worth` is what each one of it counts for, where it is a count. */
export interface TermDto {
  readonly figure: FigureName;
  readonly value: ExplainedValue;
  readonly worth: MoneyWire | null;
}

/** Facts that came the same way, and what they sum to. */
export interface SourceDto {
  readonly kind: FactKind;
  readonly source: string;
  readonly detail: string | null;
  readonly count: number;
  readonly sum: ExplainedValue;
}

/** An amount in the currency that it was told in, and the rate that converted it. */
export interface OriginalDto extends MoneyWire {
  readonly exchangeRate: { readonly rate: string; readonly date: LocalDate } | null;
}

/** One fact, or what the days asked for get of it. */
export interface FactDto {
  readonly date: LocalDate;
  /** Its last day among those asked for. */
  readonly endDate: LocalDate;
  readonly kind: FactKind;
  readonly factId: string | null;
  readonly postId: string | null;
  readonly channelId: string | null;
  readonly platform: string | null;
  readonly contentType: string | null;
  readonly campaignId: string | null;
  readonly label: string;
  readonly seconds: number | null;
  readonly count: number | null;
  readonly amount: MoneyWire | null;
  readonly original: OriginalDto | null;
  /** What an hour of it cost, and whose rate that is. */
  readonly rate: { readonly perHour: MoneyWire; readonly level: RateLevel } | null;
  /** Of what the amount is a part: a tool before clients shared it, or more days than were asked for. */
  readonly whole:
    | (MoneyWire & { readonly startDate: LocalDate; readonly endDate: LocalDate })
    | null;
  /** What was observed last on the day, and last before it. */
  readonly observed: { readonly value: string; readonly before: string | null } | null;
  readonly reason: MissingReason | null;
  /** `baseline`: counting starts here and it adds nothing; `correction`: the host took something back. */
  readonly note: 'baseline' | 'correction' | null;
}

/** Writes down one fact of a client that counts in `currency`, with the rate of its hour. */
export function toFactDto(
  row: FactRow,
  { currency, rate }: { readonly currency: string; readonly rate: FactRate | undefined },
): FactDto {
  return {
    date: row.date,
    endDate: row.until,
    kind: row.kind,
    factId: row.factId,
    postId: row.postId,
    channelId: row.channelId,
    platform: row.platform,
    contentType: row.contentType,
    campaignId: row.campaignId,
    label: row.label,
    seconds: numberOf(row.seconds),
    count: numberOf(row.count),
    amount: moneyOf(row.minor, currency),
    original: originalOf(row),
    rate: rate ? { perHour: formatMoney(rate.perHour), level: rate.level } : null,
    whole: wholeOf(row),
    observed: row.observed === null ? null : { value: row.observed, before: row.observedBefore },
    reason: row.missing ? 'missing_rate' : null,
    note: noteOf(row),
  };
}

function originalOf(row: FactRow): OriginalDto | null {
  const { currency, ownMinor, rateNumerator, rateDenominator, rateDate } = row;
  if (currency === null || ownMinor === null) return null;
  const told = formatMoney({ amountMinor: BigInt(ownMinor), currency });
  if (rateNumerator === null || rateDenominator === null || rateDate === null) {
    return { ...told, exchangeRate: null };
  }
  const rate = toDecimal(fraction(BigInt(rateNumerator), BigInt(rateDenominator)), RATE_PLACES);
  return { ...told, exchangeRate: { rate, date: rateDate } };
}

/** More than any published rate has, fewer than a cross of two may need: the exact one is kept. */
const RATE_PLACES = 10;

function wholeOf(row: FactRow): FactDto['whole'] {
  const { kind, currency, wholeMinor, origin, originUntil } = row;
  if (currency === null || wholeMinor === null) return null;
  if (kind !== 'tool' && origin === originUntil) return null;
  const money = formatMoney({ amountMinor: BigInt(wholeMinor), currency });
  return { ...money, startDate: origin, endDate: originUntil };
}

function noteOf({ kind, value }: FactRow): FactDto['note'] {
  if (kind !== 'observation') return null;
  if (value === null) return 'baseline';
  return value.startsWith('-') ? 'correction' : null;
}

function moneyOf(minor: string | null, currency: string): MoneyWire | null {
  return minor === null ? null : formatMoney({ amountMinor: BigInt(minor), currency });
}

function numberOf(text: string | null): number | null {
  return text === null ? null : Number(text);
}
