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

/** The row of the table of all figures that begins with a label, in the texts of a slide: four cells. */
function cellsOf(texts: readonly string[], label: string): string[] {
  const first = texts.indexOf(label, texts.indexOf('Figure'));
  return texts.slice(first, first + 4);
}

async function filesOf(dashboard: KpiDashboard) {
  const deck = dashboardDeck({ dashboard, brand: { name: 'North', ...NEUTRAL_LOOK } });
  const [xlsx, pptx, pdf] = await Promise.all([
    renderXlsx(dashboard),
    renderPptx(deck),
    renderPdf(deck),
  ]);
  const lines: Line[] = parse(renderCsv(dashboard), { bom: true, columns: true });
  const slides = readPptx(pptx);
  const pages = await readPdf(pdf);
  return {
    lines,
    book: read(xlsx),
    slide: (topic: string) => slides.find(({ texts }) => texts.includes(topic))?.texts ?? [],
    pageOf: (topic: string) => pages.find((text) => text.includes(topic)) ?? '',
  };
}

const ALL_FIGURES = 'Appendix: all figures';

const SHEETS: Readonly<Record<string, string>> = {
  performance: 'Performance',
  contentVelocity: 'Content velocity',
  clients: 'Clients',
  campaigns: 'Campaigns',
  roi: 'ROI',
  'insights.margin': 'Margin',
};

/** The figures of the CSV, each with its row in the sheet of its section. */
function placedFigures(lines: readonly Line[]): { line: Line; sheet: string; row: number }[] {
  const figures = lines.filter(({ trend, figure }) => trend !== '' && figure !== 'byTier');
  return figures.map((line, index) => {
    const { section = '' } = line;
    const before = figures.slice(0, index).filter((other) => other['section'] === section);
    return { line, sheet: SHEETS[section] ?? '', row: before.length + 2 };
  });
}

/** What a cell of a sheet holds. */
function cellAt(book: WorkBook, sheet: string, cell: string): unknown {
  const found: unknown = book.Sheets[sheet]?.[cell];
  return typeof found === 'object' && found !== null && 'v' in found ? found.v : undefined;
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
    const { lines, book, slide, pageOf } = await filesOf(dashboard);
    const table = slide(ALL_FIGURES);
    const page = pageOf(ALL_FIGURES);
    const figures = placedFigures(lines);
    expect(figures).toHaveLength(24);
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
    const { lines, book, slide } = await filesOf(dashboard);
    const months = slide('Return by month');
    for (const [index, line] of lines.filter(({ figure }) => figure === 'trend.cost').entries()) {
      const { current = '' } = line;
      const [, , cost] = sheetRow(book, 'ROI by month', index + 2);
      expect(cost).toBe(current === '' ? undefined : Number(current));
      expect(months).toContain(shown(line, current));
    }
  });

  test('when goals are looked up, then they agree', async () => {
    const { lines, book, slide, pageOf } = await filesOf(dashboard);
    const goals = lines.filter(({ figure }) => figure?.endsWith('.target'));
    expect(goals).toHaveLength(2);
    for (const [index, target] of goals.entries()) {
      const metric = target['figure']?.replace('.target', '');
      const of = (part: string): Line =>
        lines.find(({ figure }) => figure === `${metric}.${part}`) ?? {};
      const due = of('due');
      const actual = of('actual');
      const numbers = [target, due, actual].map(({ current }) => Number(current));
      const cells = ['D', 'E', 'F', 'I'].map((column) =>
        cellAt(book, 'Goals', `${column}${index + 2}`),
      );
      expect(cells).toEqual([...numbers, of('state')['current']]);
      const shownNumbers = [target, due, actual].map((line) => shown(line, line['current'] ?? ''));
      const row = [
        target['name'],
        'Sep 2026',
        ...shownNumbers,
        shown(of('ratio'), of('ratio')['current'] ?? ''),
      ];
      const texts = slide('Goals');
      const first = texts.indexOf(target['name'] ?? '', texts.indexOf('Goal'));
      expect(texts.slice(first, first + 6)).toEqual(row);
      expect(pageOf('Due by now')).toContain(row.join(' '));
    }
  });

  test('when what needs attention, runs out, fits and happened is looked up, then it agrees', async () => {
    const { lines, book, slide } = await filesOf(dashboard);
    const texts = slide('Problems, and what changes').join(' ');
    const bare = (text = ''): string => plain(text).replace(/^'/u, '');
    const of = (section: string, part: string): string[] =>
      lines
        .filter((line) => line['section'] === section && line['figure']?.endsWith(part))
        .map(({ current, name }) => bare(part === '.startDate' ? name : current));
    const messages = of('needs_attention', '.message');
    expect(messages).toHaveLength(2);
    for (const [index, message] of messages.entries()) {
      expect(cellAt(book, 'Needs attention', `E${index + 2}`)).toBe(message);
      expect(texts).toContain(message);
    }
    const total = of('needs_attention', 'counts.total').join('');
    const urgent = of('needs_attention', 'counts.urgent').join('');
    expect(texts).toContain(`${total} need attention: ${urgent} urgent`);
    expect(of('run_outs', '.taken').map(Number)).toEqual(
      [2, 3].map((row) => cellAt(book, 'Run-outs', `D${row}`)),
    );
    const fits = of('tier_fit', '').map(Number);
    expect(fits).toEqual([2, 3, 4, 5].map((row) => cellAt(book, 'Counts', `B${row}`)));
    expect(texts).toContain(`${fits[0]} fit their tier, ${fits[1]} asked for more`);
    const [title = ''] = of('annotations', '.startDate');
    expect(cellAt(book, 'Annotations', 'E2')).toBe(title);
    expect(slide('Return by month')).toContain(`1. Sep 14, 2026: ${title}`);
  });

  test('when tiers are looked up, then they agree, before and now', async () => {
    const { lines, book, slide } = await filesOf(dashboard);
    const cells = slide('Clients');
    const tiers = lines.filter(({ figure }) => figure === 'byTier');
    expect(tiers).toHaveLength(dashboard.clients.byTier.length);
    const first = cells.indexOf('Change');
    for (const [index, line] of tiers.entries()) {
      const { current = '', previous = '', change = '' } = line;
      const numbers = [current, previous, change].map((text) =>
        text === '' ? undefined : Number(text),
      );
      const columns = ['C', 'D', 'E'].map((column) =>
        cellAt(book, 'Clients by tier', `${column}${index + 2}`),
      );
      expect(columns).toEqual(numbers);
      const at = first + 1 + index * 4;
      expect(cells.slice(at + 1, at + 3)).toEqual([shown(line, current), shown(line, previous)]);
    }
  });
});
