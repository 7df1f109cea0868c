import type { KpiDashboard } from '@retainer/core';
import { stringify } from 'csv-stringify/sync';

import { allRows } from '../figures/all-rows.ts';
import { isComparedRow, type ComparedRow, type ExportRow } from '../figures/rows.ts';
import { textCell } from './cell.ts';

type Column = readonly [
  name: string,
  of: (row: ExportRow | ComparedRow, dashboard: KpiDashboard) => string | null,
];

/** Of a row that is compared; the others have nothing there. */
const compared =
  (of: (row: ComparedRow) => string | boolean | null): Column[1] =>
  (row) => {
    const value = isComparedRow(row) ? of(row) : null;
    return value === null ? null : String(value);
  };

const named = (of: (row: ExportRow) => string | undefined): Column[1] => {
  return (row) => textCell(of(row) ?? '');
};

/** The columns of the one long table. Numbers have dots and no thousands, days are ISO dates. */
const COLUMNS: readonly Column[] = [
  ['section', ({ section }) => section],
  ['figure', ({ figure }) => figure],
  ['unit', ({ unit }) => unit],
  ['client', named(({ key }) => key.client)],
  ['campaign', named(({ key }) => key.campaign)],
  ['tier', named(({ key }) => key.tier)],
  ['month', named(({ key }) => key.month)],
  ['name', named(({ key }) => key.name)],
  ['current', ({ unit, current }) => (unit === 'text' ? textCell(current ?? '') : current)],
  ['previous', compared(({ previous }) => previous)],
  ['change', compared(({ change }) => change)],
  ['changePercent', compared(({ changePercent }) => changePercent)],
  ['trend', compared(({ trend }) => trend)],
  ['good', compared(({ good }) => good)],
  ['perDayChangePercent', compared(({ perDay }) => perDay?.changePercent ?? null)],
  ['perDayTrend', compared(({ perDay }) => perDay?.trend ?? null)],
  ['perDayGood', compared(({ perDay }) => perDay?.good ?? null)],
  ['currency', ({ currency }) => currency],
  ['reason', ({ reason }) => reason],
  ['previousReason', compared(({ previousReason }) => previousReason)],
  ['known', ({ known }) => known],
  ['periodStart', (_, { period }) => period.startDate],
  ['periodEnd', (_, { period }) => period.endDate],
  ['countedUntil', (_, { period }) => period.countedUntil],
  ['comparedStart', (_, { comparison }) => comparison?.startDate ?? null],
  ['comparedEnd', (_, { comparison }) => comparison?.endDate ?? null],
  ['timeZone', (_, { timeZone }) => timeZone],
  ['agency', (_, { agencyWorkspaceId }) => textCell(agencyWorkspaceId)],
  ['asOf', (_, { asOf }) => asOf.toISOString()],
];

/** The dashboard as one long table in UTF-8 with a byte order mark, so that spreadsheets read its letters right. */
export function renderCsv(dashboard: KpiDashboard): Uint8Array {
  const lines = allRows(dashboard).map((row) => COLUMNS.map(([, of]) => of(row, dashboard)));
  const head = COLUMNS.map(([name]) => name);
  const text = stringify([head, ...lines], { bom: true, record_delimiter: 'windows' });
  return new TextEncoder().encode(text);
}
