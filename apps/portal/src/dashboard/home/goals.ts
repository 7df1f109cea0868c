import type { Format } from '../../i18n/format.ts';
import { exactly } from './write.ts';

const MONEY = /revenue|cost|value|spend|margin(?!.*percent)/i;
const PERCENT = /percent|roi/i;

/** What a target is set to, in the unit of its metric. */
export function goalValue(
  value: string | null,
  metric: string,
  currency: string,
  format: Format,
): string {
  const kind = PERCENT.test(metric) ? 'percent' : MONEY.test(metric) ? 'money' : 'count';
  return exactly(value, { kind, currency }, format);
}
