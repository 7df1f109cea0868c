import type { Format } from '../../i18n/format.ts';
import { exactly } from './write.ts';

const MONEY = /revenue|cost|value|spend|margin(?!.*percent)/i;
const PERCENT = /percent|roi/i;

/** What a target is set to, in the unit of its metric. */
export function goalValue(
  value: string | null,
  { metric, currency }: { readonly metric: string; readonly currency: string },
  format: Format,
): string {
  if (value === null || !(PERCENT.test(metric) || MONEY.test(metric))) {
    return value === null ? '–' : plain(format.locale).format(Number(value));
  }
  const kind = PERCENT.test(metric) ? 'percent' : 'money';
  return exactly(value, { kind, currency }, format);
}

// Counts, hours, and ratios such as 4.25 of revenue for 1 of ad spend.
function plain(locale: string): Intl.NumberFormat {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
}
