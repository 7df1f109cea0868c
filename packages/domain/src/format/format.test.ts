import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { formatNull, type NullFigure } from './format-null.ts';
import { formatNumber, type ShownNumber } from './format-number.ts';

/** Spaces and minus signs differ by release of Unicode's data, not by meaning. */
function plain(text: string): string {
  return text.replaceAll(/[\u00A0\u202F]/g, ' ').replaceAll('\u2212', '-');
}

describe('given a number to show', () => {
  const usd: Intl.NumberFormatOptions = { style: 'currency', currency: 'USD' };
  const percent: Intl.NumberFormatOptions = { style: 'percent', maximumFractionDigits: 1 };
  const compact: Intl.NumberFormatOptions = { notation: 'compact', maximumFractionDigits: 1 };
  test.each<[ShownNumber, string, Intl.NumberFormatOptions, string]>([
    [3105.67, 'en-US', usd, '$3,105.67'],
    ['3105.67', 'de-DE', { ...usd, currency: 'EUR' }, '3.105,67 €'],
    ['92233720368547758.07', 'en-US', usd, '$92,233,720,368,547,758.07'],
    ['2.052481', 'en-US', percent, '205.2%'],
    [-0.5028, 'de-DE', { ...percent, signDisplay: 'exceptZero' }, '-50,3 %'],
    [1_000_000_000, 'en-US', compact, '1B'],
    [10n ** 18n, 'en-US', {}, '1,000,000,000,000,000,000'],
    ['0', 'en-US', { signDisplay: 'exceptZero' }, '0'],
  ])('when it is %s in %s, then it is written as there', (value, locale, options, text) => {
    expect(plain(formatNumber(value, { locale, options }))).toBe(text);
  });
});

describe('given a figure without a value', () => {
  test.each<[string, NullFigure['reason'], string]>([
    ['cpl', 'zero_denominator', 'Cost per lead not available: no leads in this period'],
    ['costPerLead', 'zero_denominator', 'Cost per lead not available: no leads in this period'],
    ['roiPercent', 'zero_denominator', 'ROI not available: no cost in this period'],
    ['roi', 'missing_data', 'ROI not available: no data on revenue in this period'],
    ['roas', 'zero_denominator', 'ROAS not available: no ad spend in this period'],
    [
      'engagement_rate',
      'zero_denominator',
      'Engagement rate not available: no impressions in this period',
    ],
    ['reach', 'not_additive', 'Reach not available: reach of single days cannot be added'],
    ['cost', 'missing_rate', 'Cost not available: an hourly or exchange rate is missing'],
    ['total', 'mixed_currency', 'Total not available: amounts are in several currencies'],
    [
      'emv',
      'missing_benchmark',
      'Earned media value not available: no benchmarks are set for this client',
    ],
    [
      'profileVisits',
      'missing_data',
      'Profile visits not available: no data on profile visits in this period',
    ],
    [
      'storage_used',
      'zero_denominator',
      'Storage used not available: nothing to divide by in this period',
    ],
    ['leads', 'no_complete_day', 'Leads not available: this period has no complete day yet'],
    ['leads', 'no_data', 'Leads not available: nothing to compare yet'],
    ['leads', 'zero_base', 'Leads not available: it was 0 before'],
  ])('when it is %s for %s, then a dash says why', (metric, reason, ariaLabel) => {
    expect(formatNull({ metric, reason })).toEqual({ text: '—', ariaLabel });
  });

  test('when it is any figure, then it is told and never 0', () => {
    fc.assert(
      fc.property(fc.string(), (metric) => {
        const { text, ariaLabel } = formatNull({ metric, reason: 'missing_rate' });
        expect(text).toBe('—');
        expect(ariaLabel).toContain('not available: ');
      }),
    );
  });
});
