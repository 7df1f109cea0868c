import { describe, expect, test } from 'vitest';

import { emptyDashboard, goodDashboard, uglyDashboard } from '../../testing/exports/dashboards.ts';
import { brokenXml, partsOf, plain, readPptx } from '../../testing/exports/read-back.ts';
import { NEUTRAL_LOOK } from '../brand/brand.ts';
import { dashboardDeck } from '../deck/dashboard-deck.ts';
import { renderPptx } from './render-pptx.ts';

const HOSTILE = 'שיווק <b>&amp; Söhne "GmbH" & Co. \uFFFE';
const DASHBOARDS = { good: goodDashboard(), ugly: uglyDashboard(), empty: emptyDashboard() };

describe('given a deck as a PowerPoint file', () => {
  test.each(Object.entries(DASHBOARDS))(
    'when the %s one is unpacked, then each slide has its message, text, notes and foot, and all is XML',
    async (_, dashboard) => {
      const deck = dashboardDeck({ dashboard, brand: { name: HOSTILE, ...NEUTRAL_LOOK } });
      const file = await renderPptx(deck);
      const slides = readPptx(file);
      expect(slides.length).toBe(deck.slides.length);
      expect(slides.length).toBeLessThanOrEqual(10);
      for (const [index, slide] of slides.entries()) {
        const { title, notes } = deck.slides[index] ?? { title: '', notes: '' };
        expect(plain(title).startsWith(slide.title.replace(/…$/u, ''))).toBe(true);
        expect(slide.title.length).toBeGreaterThan(5);
        expect(slide.texts).toContain(plain(deck.footer));
        expect(slide.texts).toContain(`${index + 1} / ${slides.length}`);
        expect(plain(slide.notes)).toContain(plain(notes.split('\n')[0] ?? ''));
      }
      const broken = [...partsOf(file)].flatMap(([name, text]) =>
        /\.(?:xml|rels)$/u.test(name) ? (brokenXml(text) ?? []) : [],
      );
      expect(broken).toEqual([]);
    },
  );

  test('when its charts are read, then they are native, and what is unknown is a gap', async () => {
    const brand = { name: 'North', ...NEUTRAL_LOOK };
    const slides = readPptx(await renderPptx(dashboardDeck({ dashboard: uglyDashboard(), brand })));
    const months = slides.find(({ title }) => title.startsWith('ROI was above 0'));
    const [chart = ''] = months?.charts ?? [];
    expect(chart).toContain('<c:barChart>');
    const [, cost = ''] = /<c:val>(.*?)<\/c:val>/su.exec(chart) ?? [];
    expect(cost).toContain('<c:ptCount val="12"/>');
    const points = [...cost.matchAll(/<c:pt idx="(\d+)"><c:v>([^<]*)</gu)].map(([, at, value]) => [
      Number(at),
      Number(value),
    ]);
    expect(points).toEqual([
      [8, 2760],
      [9, 2880],
      [10, 3000],
      [11, 3120],
    ]);
    expect(slides.flatMap(({ charts }) => charts).length).toBeGreaterThanOrEqual(4);
  });

  test('when a brand has a logo, colours and a font, then they are in it', async () => {
    const bytes = new Uint8Array([1, 2, 3]);
    const logo = { type: 'image/png', bytes, width: 3, height: 1 } as const;
    const brand = {
      name: 'N',
      logo,
      primary: '#AA0000',
      accent: '#00AA00',
      font: 'Inter',
    } as const;
    const parts = partsOf(await renderPptx(dashboardDeck({ dashboard: goodDashboard(), brand })));
    const slide = parts.get('ppt/slides/slide1.xml') ?? '';
    expect(slide).toContain('AA0000');
    expect(slide).toContain('typeface="Inter"');
    expect(
      [...parts.keys()].filter((name) => name.startsWith('ppt/media/')).length,
    ).toBeGreaterThan(0);
    expect(slide).toContain('<p:pic>');
  });
});
