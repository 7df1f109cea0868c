import { describe, expect, test } from 'vitest';

import { plain } from '../../testing/exports/read-back.ts';
import { CATALOGUE } from '../figures/catalogue.ts';
import type { FigureRow } from '../figures/rows.ts';
import { beforeText, changeOf, figureMessage } from './messages.ts';

/** A figure of the catalogue with these numbers. */
function row(figure: string, numbers: Partial<FigureRow>): FigureRow {
  const entry = CATALOGUE.findLast((one) => one.figure === figure);
  if (!entry) throw new Error(`There is no figure ${figure}`);
  return {
    entry,
    section: entry.section,
    figure,
    label: entry.label,
    unit: entry.unit,
    key: {},
    current: null,
    reason: null,
    known: null,
    currency: entry.unit === 'money' ? 'USD' : null,
    previous: null,
    previousReason: null,
    change: null,
    changePercent: null,
    trend: 'no_data',
    good: null,
    perDay: null,
    ...numbers,
  };
}

const CASES: readonly {
  why: string;
  of: FigureRow;
  says: string;
  change: string;
  before: string;
}[] = [
  {
    why: 'a return that rose',
    of: row('roiPercent', {
      current: '205.2472',
      previous: '192.8000',
      change: '12.4472',
      trend: 'up',
      good: true,
    }),
    says: 'ROI rose 12.4 points to 205.2 %',
    change: '+12.4 points',
    before: 'Before: 192.8 %',
  },
  {
    why: 'a mean return, which is a ratio, that fell',
    of: row('averageRoi', {
      current: '0.254500',
      previous: '0.301000',
      change: '-0.046500',
      trend: 'down',
      good: false,
    }),
    says: 'Average ROI fell 4.7 points to 25.5 %',
    change: '-4.7 points',
    before: 'Before: 30.1 %',
  },
  {
    why: 'an amount that fell',
    of: row('totalCost', {
      current: '36.11',
      previous: '48.15',
      change: '-12.04',
      changePercent: '-25.0052',
      trend: 'down',
      good: true,
    }),
    says: 'Cost fell 25 % to $36.11',
    change: '-25 %',
    before: 'Before: $48.15',
  },
  {
    why: 'a count within the band',
    of: row('leads', {
      current: '1040',
      previous: '1000',
      change: '40',
      changePercent: '4.0000',
      trend: 'stable',
    }),
    says: 'Leads held at 1,040',
    change: '+4 %',
    before: 'Stable; before: 1,000',
  },
  {
    why: 'something out of nothing',
    of: row('conversions', { current: '5', previous: '0', change: '5', trend: 'new', good: true }),
    says: 'Conversions rose from nothing to 5',
    change: 'new',
    before: 'Before: 0',
  },
  {
    why: 'a loss out of nothing',
    of: row('revenue', {
      current: '-20.00',
      previous: '0.00',
      change: '-20.00',
      trend: 'down',
      good: false,
    }),
    says: 'Revenue fell to -$20.00',
    change: '',
    before: 'Before: $0.00',
  },
  {
    why: 'periods of other lengths',
    of: row('impressions', {
      current: '300',
      previous: '310',
      change: '-10',
      changePercent: '-3.2258',
      trend: 'stable',
      perDay: { changePercent: '0.0000', trend: 'stable', good: null },
    }),
    says: 'Impressions held at 300',
    change: '-3.2 %',
    before: 'Stable; before: 310; 0 % a day',
  },
  {
    why: 'nothing to compare with',
    of: row('posts', { current: '45' }),
    says: 'Posts published: 45',
    change: '',
    before: 'Nothing to compare with',
  },
  {
    why: 'unknown before',
    of: row('engagement', { current: '9', previousReason: 'missing_data' }),
    says: 'Engagement: 9',
    change: '',
    before: 'Not known before',
  },
  {
    why: 'nothing to divide by',
    of: row('roiPercent', { reason: 'zero_denominator' }),
    says: 'ROI not available: no cost in this period',
    change: '',
    before: 'ROI not available: no cost in this period',
  },
];

describe('given a figure in two periods', () => {
  test.each(CASES)('when it is $why, then the message holds its numbers', (one) => {
    expect(plain(figureMessage(one.of))).toBe(one.says);
    expect(plain(changeOf(one.of).text)).toBe(one.change);
    expect(plain(beforeText(one.of))).toBe(one.before);
  });

  test('when it went somewhere, then the arrow is its direction and the colour its judgement', () => {
    const cost = row('totalCost', { trend: 'down', good: true, changePercent: '-25.0000' });
    expect(changeOf(cost)).toMatchObject({ direction: 'down', tone: 'good' });
    expect(changeOf({ ...cost, good: null })).toMatchObject({ direction: 'down', tone: 'neutral' });
    const lost = { ...cost, trend: 'up', good: false } as const;
    expect(changeOf(lost)).toMatchObject({ direction: 'up', tone: 'bad' });
    expect(changeOf({ ...cost, trend: 'stable' })).toMatchObject({ direction: 'flat' });
    expect(changeOf({ ...cost, trend: 'no_data' })).toMatchObject({ direction: 'none', text: '' });
  });
});
