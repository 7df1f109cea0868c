import { getDocumentProxy } from 'unpdf';
import { describe, expect, test } from 'vitest';

import { emptyDashboard, goodDashboard, uglyDashboard } from '../../testing/exports/dashboards.ts';
import { plain, readPdf } from '../../testing/exports/read-back.ts';
import { NEUTRAL_LOOK } from '../brand/brand.ts';
import { dashboardDeck } from '../deck/dashboard-deck.ts';
import { renderPdf } from './render-pdf.ts';

const brand = { name: 'Harbor & Pine', ...NEUTRAL_LOOK };

describe('given a deck as a PDF', () => {
  test.each([
    { name: 'good', dashboard: goodDashboard() },
    { name: 'empty', dashboard: emptyDashboard() },
  ])(
    'when the text of the $name one is read, then each page has its message and foot',
    async ({ dashboard }) => {
      const deck = dashboardDeck({ dashboard, brand });
      const file = await renderPdf(deck);
      const pages = await readPdf(file);
      expect(pages).toHaveLength(deck.slides.length);
      for (const [index, { title }] of deck.slides.entries()) {
        expect(pages[index]).toContain(plain(title));
        expect(pages[index]).toContain(plain(deck.footer));
      }
      const { info } = await (await getDocumentProxy(new Uint8Array(file))).getMetadata();
      expect(info).toMatchObject({ Title: deck.title, Author: 'Harbor & Pine' });
    },
  );

  test('when names are of other scripts, then those that fonts have are drawn, and the rest is told', async () => {
    const pages = await readPdf(
      await renderPdf(dashboardDeck({ dashboard: uglyDashboard(), brand })),
    );
    const clients = pages.find((page) => page.includes('Active clients by tier')) ?? '';
    expect(clients).toContain('Донаудампфшиффартс');
    expect(clients).toContain('שיווק');
    expect(clients).toContain('? ? ?'.replaceAll(' ', ''));
    expect(clients).toContain('characters that the fonts of this file lack (U+6771');
    expect(pages[0]).not.toContain('the fonts of this file lack');
  });

  test('when it is asked for once more, then its text is the same', async () => {
    const deck = dashboardDeck({ dashboard: goodDashboard(), brand: { ...brand, font: 'Inter' } });
    const [one, other] = [
      await readPdf(await renderPdf(deck)),
      await readPdf(await renderPdf(deck)),
    ];
    expect(one).toEqual(other);
  });
});
