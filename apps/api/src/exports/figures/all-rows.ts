import type { KpiDashboard } from '@retainer/core';

import { annotationRows, monthAnnotationRows } from './annotation-rows.ts';
import { attentionCounts, attentionRows } from './attention-rows.ts';
import type { Section } from './catalogue.ts';
import { clientGoalRows, goalRows } from './goal-rows.ts';
import {
  figureRows,
  groundRows,
  highlightRows,
  monthRows,
  tierRows,
  type ComparedRow,
  type ExportRow,
  type ReturnRows,
} from './rows.ts';
import { runOutRows, runOutTotal } from './run-out-rows.ts';
import { tierFitRows } from './tier-fit-rows.ts';

/** Every row, section by section. */
export function allRows(dashboard: KpiDashboard): (ExportRow | ComparedRow)[] {
  const figures = figureRows(dashboard);
  const of = (section: Section): ComparedRow[] => figures.filter((row) => row.section === section);
  const returns = <T>(all: readonly ReturnRows<T>[]): ExportRow[] =>
    all.flatMap(({ cost, value, roi }) => [cost, value, roi]);
  const told = (all: readonly { readonly rows: readonly ExportRow[] }[]): ExportRow[] =>
    all.flatMap(({ rows }) => rows);
  return [
    ...of('performance'),
    ...of('contentVelocity'),
    ...of('clients'),
    ...tierRows(dashboard),
    ...of('campaigns'),
    ...returns(highlightRows(dashboard)),
    ...of('roi'),
    ...returns(monthRows(dashboard)),
    ...monthAnnotationRows(dashboard),
    ...of('insights.margin'),
    ...told(goalRows(dashboard)),
    ...clientGoalRows(dashboard),
    ...attentionCounts(dashboard),
    ...told(attentionRows(dashboard)),
    ...runOutTotal(dashboard),
    ...told(runOutRows(dashboard)),
    ...tierFitRows(dashboard),
    ...told(annotationRows(dashboard)),
    ...groundRows(dashboard),
  ];
}
