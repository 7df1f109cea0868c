import type { ScreenLook } from '../screen.svelte.ts';
import type { Dashboard } from './metrics.ts';
import { day } from './write.ts';

type Measure = Dashboard['insights']['needsAttention']['items'][number]['figure'];

const GIGA = 1_000_000_000;

/** A measure as a locale writes it; undefined where there is none. */
export function measureText(
  measure: Measure,
  { locale, format }: Pick<ScreenLook, 'locale' | 'format'>,
): string | undefined {
  if (!measure) return undefined;
  const { value, unit, currency } = measure;
  const inUnit = (name: string, amount: number): string =>
    new Intl.NumberFormat(locale, {
      style: 'unit',
      unit: name,
      unitDisplay: 'long',
      maximumFractionDigits: 1,
    }).format(amount);
  switch (unit) {
    case 'money':
      return format.money({ amount: value, currency: currency ?? '' });
    case 'percent':
      return format.percent(value);
    case 'date':
      return day(locale, value);
    case 'bytes':
      return inUnit('gigabyte', Number(value) / GIGA);
    case 'days':
      return inUnit('day', Number(value));
    case 'hours':
      return inUnit('hour', Number(value));
    case 'count':
      return format.count(Number(value));
  }
}
