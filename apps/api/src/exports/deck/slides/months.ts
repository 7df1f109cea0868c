import {
  annotationRows,
  numbersByMonth,
  type AnnotationRows,
} from '../../figures/annotation-rows.ts';
import { monthRows } from '../../figures/rows.ts';
import { showMonth, showShortMonth } from '../../figures/show-dates.ts';
import { showCurrent } from '../../figures/show-row.ts';
import { annotationLine } from '../annotation-line.ts';
import { chartTitle, drawn } from '../charts.ts';
import type { SlideFacts } from '../dashboard-facts.ts';
import type { ChartBlock, Slide, SlideRow, TableBlock, TextBlock } from '../deck.ts';

type Months = ReturnType<typeof monthRows>;

/** What a slide has room for; all of them are in the spreadsheet. */
const SHOWN = 3;

/** Cost and value month by month. */
export function monthsSlide({ dashboard }: SlideFacts): Slide | undefined {
  const months = monthRows(dashboard);
  const notes = annotationRows(dashboard);
  const isEmpty = months.every(
    ({ cost, value }) => isNothing(cost.current) && isNothing(value.current),
  );
  if (isEmpty && notes.length === 0) return undefined;
  const returns = isEmpty ? [] : [returnsRow(months, dashboard)];
  return {
    topic: 'Return by month',
    title: titleOf(months),
    rows: [...returns, ...(notes.length > 0 ? [{ blocks: [happenedBlock(notes)] }] : [])],
    notes: [
      'ROI of a month: (value − cost) ÷ cost, of the clients whose value is known.',
      ...months.map(
        ({ of, cost, value, roi }) =>
          `${showMonth(of.month)}: cost ${showCurrent(cost)}, value ${showCurrent(value)}, ROI ${showCurrent(roi)}.`,
      ),
      ...notes.map(annotationLine),
    ].join('\n'),
  };
}

/** What happened, numbered as in the table above it. */
function happenedBlock(notes: readonly AnnotationRows[]): TextBlock {
  const left = notes.length - SHOWN;
  return {
    kind: 'text',
    heading: 'What happened',
    lines: [
      ...notes.slice(0, SHOWN).map(annotationLine),
      ...(left > 0 ? [`${left} more are in the spreadsheet.`] : []),
    ],
    bullets: false,
  };
}

function returnsRow(months: Months, dashboard: SlideFacts['dashboard']): SlideRow {
  const blocks = [chartOf(months, dashboard.currency), tableOf(months, numbersByMonth(dashboard))];
  return { blocks, shares: [3, 2] };
}

function isNothing(amount: string | null): boolean {
  return amount === null || Number(amount) === 0;
}

function titleOf(months: Months): string {
  const known = months.filter(({ roi }) => roi.current !== null);
  if (known.length === 0) return 'No month has a known return yet';
  const best = known.reduce((top, one) =>
    Number(one.roi.current) > Number(top.roi.current) ? one : top,
  );
  const above = known.filter(({ roi }) => Number(roi.current) > 0).length;
  const paid = `ROI was above 0 in ${above} of ${known.length} months`;
  return known.length === 1
    ? `${showMonth(best.of.month)} is the first month with a known return: ROI ${showCurrent(best.roi)}`
    : `${paid}; ${showMonth(best.of.month)} was best with ${showCurrent(best.roi)}`;
}

function chartOf(months: Months, currency: string): ChartBlock {
  const format = { kind: 'money', currency } as const;
  return {
    kind: 'chart',
    type: 'column',
    title: chartTitle('Cost and value by month', format),
    categories: months.map(({ of }) => showShortMonth(of.month)),
    series: [
      { name: 'Cost', values: months.map(({ cost }) => drawn(cost.current)), color: 'muted' },
      { name: 'Value', values: months.map(({ value }) => drawn(value.current)), color: 'primary' },
    ],
    format,
  };
}

function tableOf(months: Months, numbers: ReturnType<typeof numbersByMonth>): TableBlock {
  const isRunning = months.some(({ of }) => !of.complete);
  return {
    kind: 'table',
    columns: [
      { label: 'Month', align: 'left', share: 1.25 },
      { label: 'Cost', align: 'right', share: 1.5 },
      { label: 'Value', align: 'right', share: 1.5 },
      { label: 'ROI', align: 'right', share: 1 },
    ],
    rows: months.map(({ of, cost, value, roi }) => [
      `${showMonth(of.month)}${of.complete ? '' : '*'}${marksOf(numbers.get(of.month))}`,
      showCurrent(cost),
      showCurrent(value),
      showCurrent(roi),
    ]),
    note: isRunning ? '* Not over: counted up to the last complete day.' : undefined,
  };
}

/** The numbers of what happened in a month, of those that are listed: " (1, 2)". */
function marksOf(numbers: readonly number[] = []): string {
  const listed = numbers.filter((number) => number <= SHOWN);
  return listed.length === 0 ? '' : ` (${listed.join(', ')})`;
}
