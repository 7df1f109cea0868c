import { read, type WorkBook } from '@e965/xlsx';
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
  switch (unit ?? '') {
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

/** The figures of the CSV, each with its row in the sheet of its section. */
function placedFigures(lines: readonly Line[]): { line: Line; sheet: string; row: number }[] {
  const figures = lines.filter(({ trend }) => trend !== '');
  return figures.map((line, index) => {
    const { section = '' } = line;
    const before = figures.slice(0, index).filter((other) => other['section'] === section);
    return { line, sheet: SHEETS[section] ?? '', row: before.length + 2 };
  });
}

/** The label and the two numbers of a row of a sheet. */
function sheetRow(book: WorkBook, sheet: string, row: number): unknown[] {
  return ['A', 'B', 'C'].map((column): unknown => book.Sheets[sheet]?.[`${column}${row}`]?.v);
}

describe.each([
  { name: 'good', dashboard: goodDashboard() },
  { name: 'ugly', dashboard: uglyDashboard() },
])('given the four files of one answer, the $name one', ({ dashboard }) => {
  test('when each figure is looked up in all of them, then they agree', async () => {
    const { lines, book, table, page } = await filesOf(dashboard);
    const figures = placedFigures(lines);
    expect(figures).toHaveLength(19);
    for (const { line, sheet, row } of figures) {
      const { unit, current = '', previous = '' } = line;
      const places = unit === 'percent' ? 'e-2' : '';
      const asNumber = (digits: string) => (digits === '' ? undefined : Number(digits + places));
      const [label, ...numbers] = sheetRow(book, sheet, row);
      expect([label, ...numbers]).toEqual([label, asNumber(current), asNumber(previous)]);
      const texts = [String(label), shown(line, current), shown(line, previous)];
      expect(cellsOf(table, String(label)).slice(0, 3)).toEqual(texts);
      expect(page).toContain(texts.join(' '));
    }
  });

  test('when months are looked up, then they agree', async () => {
    const { lines, book, months } = await filesOf(dashboard);
    for (const [index, line] of lines.filter(({ figure }) => figure === 'trend.cost').entries()) {
      const { current = '' } = line;
      const [, , cost] = sheetRow(book, 'ROI by month', index + 2);
      expect(cost).toBe(current === '' ? undefined : Number(current));
      expect(months).toContain(shown(line, current));
    }
  });
});
