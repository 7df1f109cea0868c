import type { ReportContent } from '@retainer/core';
import { extractText, getDocumentProxy } from 'unpdf';
import { describe, expect, test } from 'vitest';

import { NEUTRAL_LOOK } from '../exports/brand/brand.ts';
import { renderPdf } from '../exports/pdf/render-pdf.ts';
import { count, september } from '../testing/report-content.ts';
import { mailText } from './mail-text.ts';
import { reportDeck } from './report-deck.ts';
import { valueSentence } from './value-sentence.ts';

const BRAND = { name: 'Harbor & Pine', ...NEUTRAL_LOOK };
const MADE_AT = new Date('2026-10-01T06:15:00Z');

function deckOf(content: ReportContent) {
  return reportDeck({ id: 'r1', content, madeAt: MADE_AT }, BRAND);
}

/** The same September as a tier of a lower level tells it. */
function basic(): ReportContent {
  const { figures, ...rest } = september();
  const { usage, outcomes } = figures;
  return { ...rest, level: 'basic', comparison: null, figures: { usage, outcomes } };
}

describe('given a report', () => {
  test('when it is advanced, then each slide says its message, and all of it is in the PDF', async () => {
    const deck = deckOf(september());
    expect(deck.slides.map(({ title }) => title.replaceAll('\u00A0', ' '))).toEqual([
      'Leads rose 19.4 % to 86',
      '9 of 15 posts of the last week used',
      'LinkedIn brought most: 60 leads',
      '$3,199.00 invested, $9,480.00 delivered: ROI 196.3 %',
      'LinkedIn moved leads most: +20 of +14',
      'Autumn getaway — 秋の旅 brought most: 41 leads',
      'video brought most: 50 leads',
    ]);
    const pdf = await getDocumentProxy(new Uint8Array(await renderPdf(deck)));
    const { text, totalPages } = await extractText(pdf, { mergePages: true });
    expect(totalPages).toBe(7);
    for (const part of ['In Sep 2026 we published 45 posts', '38 h 23 min', 'Europe/Berlin']) {
      expect(text.replaceAll(/\s+/gu, ' ')).toContain(part);
    }
  });

  test('when it is basic, then it has two slides and says nothing of money', () => {
    const deck = deckOf(basic());
    expect(deck.slides.map(({ topic }) => topic)).toEqual([
      'Lakeside Hotel: Gold report',
      'Outcomes and usage',
    ]);
    expect(JSON.stringify(deck)).not.toMatch(/\$|ROI|Compared/u);
  });
});

describe('given a period of which little is known', () => {
  test.each([
    {
      why: 'nothing but posts',
      period: { startDate: '2026-09-14', endDate: '2026-09-20', days: 7 },
      outcomes: { posts: count(1) },
      sentence: 'From Sep 14, 2026 to Sep 20, 2026 we published 1 post.',
    },
    {
      why: 'no reach, but impressions',
      period: { startDate: '2026-02-01', endDate: '2026-02-28', days: 28 },
      outcomes: { posts: count(0), impressions: count(1200), leads: count(1) },
      sentence: 'In Feb 2026 we published 0 posts, were seen 1,200 times and brought 1 lead.',
    },
    {
      why: 'a single day',
      period: { startDate: '2026-02-28', endDate: '2026-02-28', days: 1 },
      outcomes: { posts: count(2), reach: count(1) },
      sentence: 'On Feb 28, 2026 we published 2 posts and reached 1 person.',
    },
  ])(
    'when there is $why, then the sentence tells that and no more',
    ({ period, outcomes, sentence }) => {
      const unknown = {
        impressions: count(null),
        reach: count(null),
        engagement: count(null),
        leads: count(null),
      };
      const figures = { usage: [], outcomes: { measuredPosts: 0, ...unknown, ...outcomes } };
      const content = { ...basic(), period, figures };
      expect(valueSentence(content)).toBe(sentence);
      expect(mailText({ id: 'r1', content, madeAt: MADE_AT }).text).toContain(sentence);
      expect(deckOf(content).slides).toHaveLength(2);
    },
  );
});
