import type { KpiDashboard } from '@retainer/core';

import type { Section } from '../figures/catalogue.ts';
import { figureRows, type FigureRow } from '../figures/rows.ts';
import { changeCell, shareCell, valueCell } from './figure-cells.ts';
import { text, type SheetCell, type SheetPage } from './sheet.ts';

const SHEETS: readonly { readonly section: Section; readonly name: string }[] = [
  { section: 'performance', name: 'Performance' },
  { section: 'contentVelocity', name: 'Content velocity' },
  { section: 'clients', name: 'Clients' },
  { section: 'campaigns', name: 'Campaigns' },
  { section: 'roi', name: 'ROI' },
  { section: 'insights.margin', name: 'Margin' },
];

const COLUMNS = [
  { label: 'Figure', width: 24, align: 'left' },
  { label: 'Now', width: 18, align: 'right' },
  { label: 'Before', width: 18, align: 'right' },
  { label: 'Difference', width: 18, align: 'right' },
  { label: 'Change', width: 12, align: 'right' },
  { label: 'Trend', width: 10, align: 'left' },
  { label: 'Good', width: 8, align: 'left' },
  { label: 'Change a day', width: 14, align: 'right' },
  { label: 'Currency', width: 10, align: 'left' },
  { label: 'Why unknown', width: 18, align: 'left' },
  { label: 'Why unknown before', width: 20, align: 'left' },
  { label: 'Known part', width: 18, align: 'right' },
] as const;

/** A sheet for each section, a figure a row. */
export function figureSheets(dashboard: KpiDashboard): SheetPage[] {
  const rows = figureRows(dashboard);
  return SHEETS.map(({ section, name }) => ({
    name,
    columns: COLUMNS,
    rows: rows.filter((row) => row.section === section).map(toRow),
  }));
}

function toRow(row: FigureRow): SheetCell[] {
  const { label, current, previous, changePercent, trend, good, perDay } = row;
  return [
    text(label),
    valueCell(current, row),
    valueCell(previous, row),
    changeCell(row),
    shareCell(changePercent),
    text(trend),
    text(good === null ? null : good ? 'yes' : 'no'),
    shareCell(perDay?.changePercent ?? null),
    text(row.currency),
    text(row.reason),
    text(row.previousReason),
    valueCell(row.known, row),
  ];
}
