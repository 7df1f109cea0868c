import { read } from '@e965/xlsx';
import type { KpiDashboard } from '@retainer/core';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';

import { goodDashboard, uglyDashboard } from '../testing/exports/dashboards.ts';
import { plain, readPdf, readPptx } from '../testing/exports/read-back.ts';
import { NEUTRAL_LOOK } from './brand/brand.ts';
import { renderCsv } from './csv/render-csv.ts';
import { dashboardDeck } from './deck/dashboard-deck.ts';
import { renderPdf } from './pdf/render-pdf.ts';
import { renderPptx } from './pptx/render-pptx.ts';
import { renderXlsx } from './xlsx/render-xlsx.ts';

type Line = Record<string, string>;

/** A number of the CSV as people read it, written here once more and from its digits alone. */
function shown({ unit, currency }: Line, digits: string): string {
  if (digits === '') return '—';
  const exact = unit === 'ratio' ? `${digits}e2` : digits;
  const write = (options: Intl.NumberFormatOptions): string =>
    new Intl.NumberFormat('en-US', options).format(exact as `${number}`);
  switch (unit) {
    case 'money':
      return plain(
        write({ style: 'currency', currency: currency ?? '', currencyDisplay: 'narrowSymbol' }),
      );
    case 'percent':
    case 'ratio':
      return `${write({ maximumFractionDigits: 1 })} %`;
    case 'decimal':
      return write({ maximumFractionDigits: 2 });
    default:
      return write({});
  }
}

/** The row of the table of all figures that begins with a label, in the texts of a slide: five cells. */
function cellsOf(texts: readonly string[], label: string): string[] {
  const first = texts.indexOf(label, texts.indexOf('Figure'));
  return texts.slice(first, first + 5);
}

async function filesOf(dashboard: KpiDashboard) {
  const deck = dashboardDeck({ dashboard, brand: { name: 'North', ...NEUTRAL_LOOK } });
  const [xlsx, pptx, pdf] = await Promise.all([
    renderXlsx(dashboard),
    renderPptx(deck),
    renderPdf(deck),
  ]);
  const lines: Line[] = parse(renderCsv(dashboard), { bom: true, columns: true });
  const about = 'Appendix: all figures';
  return {
    lines,
    book: read(xlsx),
    table: readPptx(pptx).find(({ texts }) => texts.includes(about))?.texts ?? [],
    page: (await readPdf(pdf)).find((text) => text.includes(about)) ?? '',
    months: readPptx(pptx).find(({ texts }) => texts.includes('Return by month'))?.texts ?? [],
  };
}

const SHEETS: Readonly<Record<string, string>> = {
  performance: 'Performance',
  contentVelocity: 'Content velocity',
  clients: 'Clients',
  campaigns: 'Campaigns',
  roi: 'ROI',
};

describe.each([
  { name: 'good', dashboard: goodDashboard() },
  { name: 'ugly', dashboard: uglyDashboard() },
])('given the four files of one answer, the $name one', ({ dashboard }) => {
  test('when each figure is looked up in all of them, then they agree', async () => {
    const { lines, book, table, page } = await filesOf(dashboard);
    const figures = lines.filter(({ trend }) => trend !== '');
    expect(figures).toHaveLength(19);
    const rowsSeen = new Map<string, number>();
    for (const line of figures) {
      const { section = '', unit, current = '', previous = '' } = line;
      const row = (rowsSeen.get(section) ?? 1) + 1;
      rowsSeen.set(section, row);
      const sheet = book.Sheets[SHEETS[section] ?? ''];
      const label = String(sheet?.[`A${row}`]?.v);
      const places = unit === 'percent' ? 'e-2' : '';
      const asNumber = (digits: string) => (digits === '' ? undefined : Number(digits + places));
      expect([label, sheet?.[`B${row}`]?.v, sheet?.[`C${row}`]?.v]).toEqual([
        label,
        asNumber(current),
        asNumber(previous),
      ]);
      const texts = [label, shown(line, current), shown(line, previous)];
      expect(cellsOf(table, label).slice(0, 3)).toEqual(texts);
      expect(page).toContain(texts.join(' '));
    }
  });

  test('when months are looked up, then they agree', async () => {
    const { lines, book, months } = await filesOf(dashboard);
    const sheet = book.Sheets['ROI by month'];
    for (const [index, line] of lines.filter(({ figure }) => figure === 'trend.cost').entries()) {
      const { current = '' } = line;
      expect(sheet?.[`C${index + 2}`]?.v).toBe(current === '' ? undefined : Number(current));
      expect(months).toContain(shown(line, current));
    }
  });
});
