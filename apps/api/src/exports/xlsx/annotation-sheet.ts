import type { KpiDashboard } from '@retainer/core';

import { annotationRows } from '../figures/annotation-rows.ts';
import { day, number, text, type SheetPage } from './sheet.ts';

/** What happened on the days that are shown, under the numbers that months and slides have. */
export function annotationSheet(dashboard: KpiDashboard): SheetPage {
  return {
    name: 'Annotations',
    columns: [
      { label: 'Number', width: 8, align: 'right' },
      { label: 'From', width: 12, align: 'left' },
      { label: 'Until', width: 12, align: 'left' },
      { label: 'Kind', width: 12, align: 'left' },
      { label: 'Title', width: 40, align: 'left' },
      { label: 'Client', width: 24, align: 'left' },
      { label: 'Note', width: 60, align: 'left' },
      { label: 'Link', width: 40, align: 'left' },
      { label: 'Id', width: 38, align: 'left' },
    ],
    rows: annotationRows(dashboard).map(({ of, number: place }) => [
      number(String(place), '0'),
      day(of.startDate),
      day(of.endDate),
      text(of.kind),
      text(of.title),
      text(of.clientWorkspaceId),
      text(of.note),
      text(of.link),
      text(of.id),
    ]),
  };
}
