import type { ReportContent, ReportRow } from '@retainer/core';

import type { Change, Direction, Tile, Tone } from '../exports/deck/deck.ts';
import { whyUnknown } from '../exports/figures/show-row.ts';
import { DASH, showCount, showPercent } from '../exports/figures/show.ts';

/** A count of a report, beside what it was where the report compares. */
export type CountKpi = ReportRow['posts'];

/** What came of the work. */
export type Outcome = Exclude<keyof ReportContent['figures']['outcomes'], 'measuredPosts'>;

/** What the outcomes are called, in the order in which they are told. */
export const OUTCOMES: Readonly<Record<Outcome, string>> = {
  posts: 'Posts published',
  impressions: 'Impressions',
  reach: 'People reached',
  engagement: 'Engagement',
  leads: 'Leads',
};

/** The outcomes in their order. */
export const OUTCOME_NAMES: readonly Outcome[] = [
  'posts',
  'impressions',
  'reach',
  'engagement',
  'leads',
];

/** A count as it is shown; a dash where it is unknown. */
export function countText({ current }: Pick<CountKpi, 'current'>): string {
  return current === null ? DASH : showCount(current);
}

/** A count as a tile. */
export function tileOf(label: string, kpi: CountKpi): Tile {
  return { label, value: countText(kpi), change: changeOf(kpi), detail: beforeText(label, kpi) };
}

/** How a figure went: arrow, colour and by how much. */
export function changeOf({
  trend,
  good,
  changePercent,
}: Pick<CountKpi, 'trend' | 'good' | 'changePercent'>): Change {
  const isNew = trend === 'new';
  const share = changePercent === null ? '' : showPercent(changePercent, 'signed');
  return { direction: DIRECTIONS[trend], tone: toneOf(good), text: isNew ? 'new' : share };
}

/** What happened to a count, in words that hold its numbers: "Leads rose 19.4 % to 86". */
export function countMessage(label: string, kpi: CountKpi): string {
  const { current, previous, trend, changePercent } = kpi;
  if (current === null) return whyUnknown(label, kpi.reason ?? null);
  const value = showCount(current);
  if (previous === null || trend === 'no_data') return `${label}: ${value}`;
  if (trend === 'stable') return `${label} held at ${value}`;
  if (trend === 'new') return `${label} rose from nothing to ${value}`;
  const share = changePercent === null ? '' : `${showPercent(changePercent).replace('-', '')} `;
  return `${label} ${trend === 'up' ? 'rose' : 'fell'} ${share}to ${value}`;
}

/** What a count was before, or why nothing is known. */
export function beforeText(label: string, kpi: CountKpi): string {
  const { current, previous, previousReason, trend } = kpi;
  if (current === null) return whyUnknown(label, kpi.reason ?? null);
  if (previousReason !== undefined) return 'Not known before';
  if (previous === null) return '';
  return `${trend === 'stable' ? 'Stable; before' : 'Before'}: ${showCount(previous)}`;
}

const DIRECTIONS: Readonly<Record<CountKpi['trend'], Direction>> = {
  up: 'up',
  down: 'down',
  stable: 'flat',
  new: 'up',
  no_data: 'none',
};

function toneOf(good: boolean | null): Tone {
  if (good === null) return 'neutral';
  return good ? 'good' : 'bad';
}
