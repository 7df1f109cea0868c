import type { KpiDashboard } from '@retainer/core';

import { goalRows } from '../figures/goal-rows.ts';
import { valueCell } from './figure-cells.ts';
import { monthCell } from './list-sheets.ts';
import { number, text, type SheetPage } from './sheet.ts';

/** The agency's own goals beside what was reached. */
export function goalSheet(dashboard: KpiDashboard): SheetPage {
  return {
    name: 'Goals',
    columns: [
      { label: 'Month', width: 12, align: 'left' },
      { label: 'Goal', width: 30, align: 'left' },
      { label: 'Wanted', width: 10, align: 'left' },
      { label: 'Target', width: 18, align: 'right' },
      { label: 'Due by now', width: 18, align: 'right' },
      { label: 'Actual', width: 18, align: 'right' },
      { label: 'Of target', width: 12, align: 'right' },
      { label: 'Of what is due', width: 14, align: 'right' },
      { label: 'State', width: 12, align: 'left' },
      { label: 'Days over', width: 10, align: 'right' },
      { label: 'Days', width: 8, align: 'right' },
      { label: 'Currency', width: 10, align: 'left' },
      { label: 'Why unknown', width: 18, align: 'left' },
    ],
    rows: goalRows(dashboard).map(({ of, label, target, due, actual, ratio, paceRatio }) => [
      monthCell(of.month),
      text(label),
      text(of.direction),
      valueCell(target.current, target),
      valueCell(due.current, due),
      valueCell(actual.current, actual),
      valueCell(ratio.current, ratio),
      valueCell(paceRatio.current, paceRatio),
      text(of.state),
      number(String(of.elapsedDays), '0'),
      number(String(of.days), '0'),
      text(target.currency),
      text(of.reason),
    ]),
  };
}
