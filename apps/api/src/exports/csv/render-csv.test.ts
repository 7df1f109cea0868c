import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { goodDashboard, uglyDashboard } from '../../testing/exports/dashboards.ts';
import { allRows } from '../figures/all-rows.ts';
import { isComparedRow } from '../figures/rows.ts';
import { textCell } from './cell.ts';
import { renderCsv } from './render-csv.ts';

const FORMULA = /^[=+\-@\t\r＝＋－＠]/u;
const NUMBER = /^-?\d+(?:\.\d+)?$/u;

type Line = Record<string, string>;

describe('given a dashboard as CSV', () => {
  test('when it is read back, then every row of the answer is there, to the digit', () => {
    const dashboard = goodDashboard();
    const file = renderCsv(dashboard);
    expect([...file.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const lines: Line[] = parse(file, { bom: true, columns: true });
    const rows = allRows(dashboard);
    expect(lines).toHaveLength(rows.length);
    for (const [index, row] of rows.entries()) {
      const { section, figure, unit, current, currency } = row;
      expect(lines[index]).toMatchObject({
        section,
        figure,
        unit,
        current: current ?? '',
        currency: currency ?? '',
        ...(isComparedRow(row) && {
          previous: row.previous ?? '',
          change: row.change ?? '',
          changePercent: row.changePercent ?? '',
          trend: row.trend,
          good: row.good === null ? '' : String(row.good),
        }),
        periodStart: '2026-09-01',
        periodEnd: '2026-09-30',
        comparedStart: '2026-08-01',
        asOf: '2026-10-01T07:15:00.000Z',
      });
    }
  });

  test('when its parts are listed, then those beside the figures are there', () => {
    const lines: Line[] = parse(renderCsv(goodDashboard()), { bom: true, columns: true });
    const of = (section: string, figure: string) =>
      lines.find((line) => line['section'] === section && line['figure'] === figure);
    expect(of('insights.margin', 'marginPercent')).toMatchObject({ current: '84.1035' });
    expect(of('campaigns', 'roiPercent')).toMatchObject({
      current: '212.4000',
      previous: '180.1000',
    });
    expect(of('goals', 'revenue.actual')).toMatchObject({
      unit: 'money',
      month: '2026-09',
      current: '9480',
      currency: 'USD',
    });
    expect(of('goals', 'revenue.state')).toMatchObject({ unit: 'text', current: 'missed' });
    expect(of('goals', 'clients.onTrack')).toMatchObject({ unit: 'count', current: '3' });
    expect(of('needs_attention', 'cost_per_lead_up.figure')).toMatchObject({
      client: 'lakeside-hotel',
      unit: 'money',
      current: '36.11',
    });
    expect(of('run_outs', 'ai_generations.runsOutOn')).toMatchObject({
      unit: 'date',
      current: '2026-10-04',
    });
    expect(of('run_outs', 'storage_bytes.runsOutOn')).toMatchObject({
      current: '',
      reason: 'used_up',
    });
    expect(of('tier_fit', 'over')).toMatchObject({ current: '2' });
    expect(of('annotations', '1.startDate')).toMatchObject({
      name: 'Website relaunched',
      current: '2026-09-14',
    });
    expect(of('roi', 'trend.annotation')).toMatchObject({ month: '2026-09', current: '1' });
    expect(of('clients', 'byTier')).toMatchObject({ current: '4', previous: '5', change: '-1' });
  });

  test('when names are hostile, then no cell is a formula but what is plainly a number', () => {
    const lines: string[][] = parse(renderCsv(uglyDashboard()), { bom: true });
    const formulas = lines.flat().filter((cell) => FORMULA.test(cell) && !NUMBER.test(cell));
    expect(formulas).toEqual([]);
    const cells = lines.flat();
    expect(cells).toContain('-1000000000.999');
    expect(cells).toContain("'-2+3\uFFFE");
    expect(cells).toContain("'=cmd|agency");
    expect(cells).toContain('שיווק דיגיטלי (סתיו) 2026');
  });
});

describe('given any text in a cell', () => {
  test('when a spreadsheet reads it, however it parts cells, then no part of it is a formula', () => {
    const sign = fc.constantFrom('=', '+', '-', '@', '\t', '\r', ';', '|', ' ', 'a', '1', '＝');
    fc.assert(
      fc.property(fc.string({ unit: sign }), (text) => {
        const cell = textCell(text);
        const parts = cell.split(/[;\t|]/u);
        expect(parts.filter((part) => /^\s*[=+\-@＝]/u.test(part))).toEqual([]);
        expect(cell).not.toMatch(/^[\t\r]/u);
      }),
    );
  });

  test('when it is harmless, then it stays as it is', () => {
    for (const text of ['Autumn menu', 'a-b', '1+1', "O'Neil", ''])
      expect(textCell(text)).toBe(text);
  });
});
