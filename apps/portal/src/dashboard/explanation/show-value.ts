import type { AnswerOf } from '../../connection/wire.ts';
import type { Format, Money } from '../../i18n/format.ts';

type Explanation = AnswerOf<'valueTracking.explain'>;

/** A figure by its place in an answer. */
export type FigureName = Explanation['figure'];

/** A figure as value tracking answers it. */
export type FigureValue = Explanation['value'];

/** What stands where a figure has no value. */
export const NOTHING = '—';

/** A figure as people read it, in the unit that it has. */
export function showValue(figure: FigureName, value: FigureValue, format: Format): string {
  if (value === null) return NOTHING;
  if (typeof value === 'number') {
    return isMinutes(figure) ? format.minutes(Math.round(value)) : format.count(value);
  }
  if (typeof value === 'string') return format.count(Number(value));
  if ('amount' in value) {
    const { amount, currency } = value;
    return amount === null ? NOTHING : format.money({ amount, currency });
  }
  const { value: inner } = value;
  if (inner === null) return NOTHING;
  return typeof inner === 'string' ? showRatio(figure, inner, format) : showUnit(inner, format);
}

/** Money for one of something: small amounts keep the places that tell them apart. */
export function showUnit(
  { exact, ...money }: Money & { readonly exact: string },
  format: Format,
): string {
  const digits = new Intl.NumberFormat('en', {
    style: 'currency',
    currency: money.currency,
  }).resolvedOptions().maximumFractionDigits;
  const minor = Number(exact);
  if (minor === 0 || Math.abs(minor) >= 10) return format.money(money);
  return new Intl.NumberFormat(format.locale, {
    style: 'currency',
    currency: money.currency,
    currencyDisplay: 'narrowSymbol',
    maximumFractionDigits: (digits ?? 2) + 2,
  }).format(minor / 10 ** (digits ?? 2));
}

/** Whether a figure is a length of time. */
function isMinutes(figure: FigureName): boolean {
  return /minutes$/iu.test(figure);
}

function showRatio(figure: FigureName, value: string, format: Format): string {
  if (figure.endsWith('Percent')) return format.percent(value);
  if (figure === 'efficiency.timeEfficiency') return format.percent(Number(value) * 100);
  const times = new Intl.NumberFormat(format.locale, { maximumFractionDigits: 2 });
  return `${times.format(Number(value))}×`;
}
