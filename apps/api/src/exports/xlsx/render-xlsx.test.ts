import { read, type WorkBook, type WorkSheet } from '@e965/xlsx';
import type { KpiDashboard } from '@retainer/core';
import { describe, expect, test } from 'vitest';

import { emptyDashboard, goodDashboard, uglyDashboard } from '../../testing/exports/dashboards.ts';
import { figureRows, highlightRows, monthRows, tierRows } from '../figures/rows.ts';
import { renderXlsx } from './render-xlsx.ts';

const SHEETS = {
  performance: 'Performance',
  contentVelocity: 'Content velocity',
  clients: 'Clients',
  campaigns: 'Campaigns',
  roi: 'ROI',
  'insights.margin': 'Margin',
} as const;

async function workbook(dashboard: KpiDashboard): Promise<WorkBook> {
  const bytes = await renderXlsx(dashboard);
  return read(bytes, { cellDates: true, cellNF: true, cellFormula: true, UTC: true });
}

function sheet(book: WorkBook, name: string): WorkSheet {
  const found = book.Sheets[name];
  if (!found) throw new Error(`There is no sheet ${name}`);
  return found;
}

interface ReadCell {
  readonly t: string;
  readonly v?: unknown;
  readonly z?: unknown;
  readonly f?: string;
}

function cell(of: WorkSheet, column: string, row: number): ReadCell | undefined {
  const found: unknown = of[`${column}${row}`];
  return isCell(found) ? found : undefined;
}

function isCell(found: unknown): found is ReadCell {
  return typeof found === 'object' && found !== null && 't' in found;
}

/** What a number should be: percentages are shares. */
const asNumber = (digits: string | null, places = 0): number | undefined =>
  digits === null ? undefined : Number(`${digits}e${places}`);

describe('given a dashboard as a workbook', () => {
  test.each([
    { name: 'good', dashboard: goodDashboard() },
    { name: 'ugly', dashboard: uglyDashboard() },
    { name: 'empty', dashboard: emptyDashboard() },
  ])(
    'when another library reads the $name one, then every figure is its number',
    async ({ dashboard }) => {
      const book = await workbook(dashboard);
      for (const [section, name] of Object.entries(SHEETS)) {
        const rows = figureRows(dashboard).filter((row) => row.section === section);
        for (const [index, row] of rows.entries()) {
          const at = (column: string) => cell(sheet(book, name), column, index + 2)?.v;
          const places = row.unit === 'percent' ? -2 : 0;
          const changePlaces = row.unit === 'ratio' ? 2 : 0;
          expect([row.label, at('A'), at('B'), at('C'), at('D'), at('E')]).toEqual([
            row.label,
            row.label,
            asNumber(row.current, places),
            asNumber(row.previous, places),
            asNumber(row.change, changePlaces),
            asNumber(row.changePercent, -2),
          ]);
          expect(at('L')).toBe(asNumber(row.known));
        }
      }
    },
  );

  test('when lists are read, then names, amounts, shares and months are what they were', async () => {
    const dashboard = uglyDashboard();
    const book = await workbook(dashboard);
    const highlights = sheet(book, 'Campaign highlights');
    for (const [index, { of, cost, value, roi }] of highlightRows(dashboard).entries()) {
      const at = (column: string) => cell(highlights, column, index + 2)?.v;
      expect(['A', 'B', 'C', 'D', 'E', 'F'].map(at)).toEqual([
        // What XML does not allow is left out.
        of.name.replaceAll('\uFFFE', ''),
        of.campaignId,
        of.clientWorkspaceId,
        asNumber(cost.current),
        asNumber(value.current),
        asNumber(roi.current, -2),
      ]);
    }
    const months = sheet(book, 'ROI by month');
    for (const [index, { of, cost, roi }] of monthRows(dashboard).entries()) {
      const at = (column: string) => cell(months, column, index + 2)?.v;
      expect(at('A')).toEqual(new Date(`${of.month}-01T00:00:00Z`));
      expect([at('C'), at('E')]).toEqual([asNumber(cost.current), asNumber(roi.current, -2)]);
    }
    const tiers = sheet(book, 'Clients by tier');
    for (const [index, row] of tierRows(dashboard).entries()) {
      expect(cell(tiers, 'C', index + 2)?.v).toBe(Number(row.current));
    }
  });

  test('when goals, run-outs and annotations are read, then numbers are numbers and dates are dates', async () => {
    const book = await workbook(goodDashboard());
    const cells = (name: string, [columns, row]: readonly [string, number]) =>
      columns.split('').map((column) => cell(sheet(book, name), column, row)?.v);
    const month = new Date('2026-09-01T00:00:00Z');
    expect(cells('Goals', ['ABDEFGI', 3])).toEqual([
      month,
      'Revenue',
      10_000,
      10_000,
      9480,
      0.948,
      'missed',
    ]);
    expect(cell(sheet(book, 'Goals'), 'D', 3)?.z).toBe('#,##0.00');
    expect(cells('Needs attention', ['AGHIJ', 3])).toEqual([
      'warning',
      36.11,
      26.17,
      'money',
      'USD',
    ]);
    expect(cells('Run-outs', ['CDEFGH', 2])).toEqual([
      'AI generations',
      180,
      200,
      20,
      6,
      new Date('2026-10-04T00:00:00Z'),
    ]);
    expect(cells('Run-outs', ['HI', 3])).toEqual([undefined, 'used_up']);
    const day = new Date('2026-09-14T00:00:00Z');
    expect(cells('Annotations', ['ABCDE', 2])).toEqual([1, day, day, 'note', 'Website relaunched']);
    expect(cell(sheet(book, 'ROI by month'), 'H', 13)?.v).toBe('1');
    expect(cells('Clients by tier', ['CDEF', 2])).toEqual([4, 5, -1, -0.2]);
  });

  test('when there are no goals and nothing happened, then the heads stand alone', async () => {
    const book = await workbook(emptyDashboard());
    for (const name of ['Goals', 'Needs attention', 'Run-outs', 'Annotations']) {
      expect(cell(sheet(book, name), 'A', 1)?.t).toBe('s');
      expect([name, sheet(book, name)['!ref']]).toEqual([
        name,
        expect.stringMatching(/^A1:[A-Z]1$/u),
      ]);
    }
  });

  test('when formats are read, then money has its currency’s decimals and nothing is a formula', async () => {
    const [dollars, dinars] = await Promise.all([
      workbook(goodDashboard()),
      workbook(uglyDashboard()),
    ]);
    const formatOf = (book: WorkBook, [name, column, row]: readonly [string, string, number]) =>
      cell(sheet(book, name), column, row)?.z;
    expect(formatOf(dollars, ['Performance', 'B', 6])).toBe('#,##0.00');
    expect(formatOf(dinars, ['ROI', 'B', 2])).toBe('#,##0.000');
    expect(formatOf(dollars, ['ROI', 'B', 5])).toBe('0.0%');
    expect(formatOf(dollars, ['Performance', 'B', 2])).toBe('#,##0');
    const cells = Object.values(dinars.Sheets).flatMap((of) => Object.values(of).filter(isCell));
    expect(cells.filter(({ f }) => f !== undefined)).toEqual([]);
    expect(cells.length).toBeGreaterThan(200);
  });

  test('when it is opened, then it says what its numbers are of', async () => {
    const about = sheet(await workbook(goodDashboard()), 'About');
    const rows = Array.from({ length: 12 }, (_, index) => [
      cell(about, 'A', index + 2)?.v,
      cell(about, 'B', index + 2)?.v,
    ]);
    expect(Object.fromEntries(rows)).toMatchObject({
      'First day': new Date('2026-09-01T00:00:00Z'),
      'Last day': new Date('2026-09-30T00:00:00Z'),
      'Compared from': new Date('2026-08-01T00:00:00Z'),
      'Time zone': 'Europe/Berlin',
      Currency: 'USD',
      'Numbers as of (UTC)': new Date('2026-10-01T07:15:00Z'),
    });
  });
});
