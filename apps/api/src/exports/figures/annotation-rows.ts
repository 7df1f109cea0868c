import type { KpiDashboard } from '@retainer/core';

import { told } from './counted.ts';
import { NOTHING, type ExportRow } from './rows.ts';

type Annotation = KpiDashboard['annotations'][number];

/** Something that happened, under the number that every file calls it by. */
export interface AnnotationRows {
  readonly of: Annotation;
  readonly number: number;
  readonly rows: readonly ExportRow[];
}

/** What happened, the latest first. */
export function annotationRows({ annotations }: KpiDashboard): AnnotationRows[] {
  return annotations.map((of, index) => {
    const number = index + 1;
    const { startDate, endDate, note, link } = of;
    const place = (part: string, label: string) =>
      ({ section: 'annotations', figure: `${number}.${part}`, label, key: keyOf(of) }) as const;
    const day = (part: string, label: string, date: string): ExportRow => {
      return { ...NOTHING, ...place(part, label), unit: 'date', current: date };
    };
    const rows = [
      told(place('id', 'Id'), of.id),
      told(place('kind', 'Kind'), of.kind),
      day('startDate', 'From', startDate),
      day('endDate', 'Until', endDate),
      ...(note === '' ? [] : [told(place('note', 'Note'), note)]),
      ...(link === null ? [] : [told(place('link', 'Link'), link)]),
    ];
    return { of, number, rows };
  });
}

/** Which of them each month has: their numbers. */
export function numbersByMonth(dashboard: KpiDashboard): ReadonlyMap<string, readonly number[]> {
  const numbers = new Map(annotationRows(dashboard).map(({ of, number }) => [of.id, number]));
  return new Map(
    dashboard.roi.trend.map(({ month, annotations }) => [
      month,
      annotations.flatMap((id) => numbers.get(id) ?? []).toSorted((a, b) => a - b),
    ]),
  );
}

/** The same, a row each. */
export function monthAnnotationRows(dashboard: KpiDashboard): ExportRow[] {
  return [...numbersByMonth(dashboard)].flatMap(([month, numbers]) =>
    numbers.map((number) =>
      told(
        { section: 'roi', figure: 'trend.annotation', label: 'Annotation', key: { month } },
        String(number),
      ),
    ),
  );
}

function keyOf({ clientWorkspaceId, title }: Annotation): ExportRow['key'] {
  return clientWorkspaceId === null ? { name: title } : { client: clientWorkspaceId, name: title };
}
