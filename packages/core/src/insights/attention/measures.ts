import {
  divideRound,
  formatMoney,
  fraction,
  toDecimal,
  type Fraction,
  type LocalDate,
  type Meter,
} from '@retainer/domain';

/** A figure with its unit. */
export interface MeasureDto {
  /** A decimal, or a date. */
  readonly value: string;
  readonly unit: 'count' | 'bytes' | 'days' | 'date' | 'percent' | 'money' | 'hours';
  /** Of money. */
  readonly currency: string | null;
}

/** So many of something. */
export function count(value: number | bigint): MeasureDto {
  return { value: String(value), unit: 'count', currency: null };
}

/** So much of what a meter counts. */
export function metered(meter: Meter, value: number): MeasureDto {
  const unit = meter === 'storage_bytes' ? 'bytes' : 'count';
  return { value: String(value), unit, currency: null };
}

/** So many days. */
export function days(value: number): MeasureDto {
  return { value: String(value), unit: 'days', currency: null };
}

/** A local date. */
export function date(value: LocalDate): MeasureDto {
  return { value, unit: 'date', currency: null };
}

/** A percentage of 4 places, as everywhere. */
export function percent(value: Fraction): MeasureDto {
  return { value: toDecimal(value, 4), unit: 'percent', currency: null };
}

/** An amount of money, rounded to its smallest unit. */
export function money({ num, den }: Fraction, currency: string): MeasureDto {
  const amountMinor = divideRound(num, den, 'half_away_from_zero');
  const { amount } = formatMoney({ amountMinor, currency });
  return { value: amount, unit: 'money', currency };
}

/** Tracked time. */
export function hours(seconds: bigint): MeasureDto {
  return { value: toDecimal(fraction(seconds, 3600n), 4), unit: 'hours', currency: null };
}

/** A measure within a sentence. */
export function said({ value, unit, currency }: MeasureDto): string {
  switch (unit) {
    case 'percent':
      return `${shorter(value, 1)} %`;
    case 'money':
      return `${value} ${currency ?? ''}`;
    case 'hours':
      return `${shorter(value, 2)} h`;
    case 'bytes':
      return `${value} bytes`;
    case 'days':
      return value === '1' ? '1 day' : `${value} days`;
    case 'count':
    case 'date':
      return value;
  }
}

function shorter(value: string, places: number): string {
  const [whole = '', decimals = ''] = value.split('.');
  const exact = fraction(BigInt(whole + decimals), 10n ** BigInt(decimals.length));
  return toDecimal(exact, places);
}
