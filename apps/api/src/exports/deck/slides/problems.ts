import type { KpiDashboard } from '@retainer/core';

import type { FigureRow } from '../../figures/rows.ts';
import { showDate } from '../../figures/show-dates.ts';
import { showCurrent, showPrevious } from '../../figures/show-row.ts';
import { attentionSum } from '../attention-messages.ts';
import type { SlideFacts } from '../dashboard-facts.ts';
import type { Block, Slide } from '../deck.ts';
import { changeOf, figureMessage } from '../messages.ts';
import { notesOf } from '../notes.ts';
import { lossesOf } from '../ranking.ts';
import { attentionLines, runOutLines, watchRow } from './watch-row.ts';

const SHOWN = 8;

/** What went wrong, and what to do about it. */
export function problemsSlide(facts: SlideFacts): Slide {
  const { dashboard, rows } = facts;
  const losses = lossesOf(rows);
  const gaps = gapsOf(dashboard, rows);
  const isCompared = rows.some(({ previous }) => previous !== null);
  const steps = [...losses.slice(0, SHOWN).map(({ entry }) => entry.next), ...gaps];
  return {
    topic: 'Problems, and what changes',
    title: withAttention(isCompared ? titleOf(losses, gaps) : uncomparedTitle(gaps), dashboard),
    rows: [
      {
        blocks: [
          lossesBlock(losses, isCompared),
          {
            kind: 'text',
            heading: 'What changes',
            lines: steps.length > 0 ? [...new Set(steps)] : ['Nothing that the figures ask for.'],
            bullets: true,
          },
        ],
        shares: [6, 5],
      },
      watchRow(facts),
    ],
    notes: notesOf(losses, [...gaps, ...attentionLines(facts), ...runOutLines(facts)]),
  };
}

/** The message of the figures, and how much else is not as it should be. */
function withAttention(message: string, { insights }: KpiDashboard): string {
  const { counts } = insights.needsAttention;
  return counts.total === 0 ? message : `${message}; ${attentionSum(counts)}`;
}

function titleOf(losses: readonly FigureRow[], gaps: readonly string[]): string {
  const [worst] = losses;
  if (!worst) return gaps.length > 0 ? `Nothing got worse; ${gapsText(gaps)}` : 'Nothing got worse';
  const more = losses.length === 1 ? '' : `; ${losses.length - 1} more got worse`;
  return `${figureMessage(worst)}${more}`;
}

function uncomparedTitle(gaps: readonly string[]): string {
  return gaps.length > 0
    ? `Nothing to compare with yet; ${gapsText(gaps)}`
    : 'Nothing to compare with yet';
}

function gapsText({ length }: readonly string[]): string {
  return length === 1 ? '1 gap in the data' : `${length} gaps in the data`;
}

function lossesBlock(losses: readonly FigureRow[], isCompared: boolean): Block {
  if (losses.length === 0) {
    const lines = [
      isCompared ? 'No figure is worse than before.' : 'No figure can be compared with one before.',
    ];
    return { kind: 'text', heading: 'What got worse', lines, bullets: false };
  }
  const left = losses.length - SHOWN;
  return {
    kind: 'table',
    columns: [
      { label: 'What got worse', align: 'left', share: 2 },
      { label: 'Now', align: 'right', share: 1.3 },
      { label: 'Before', align: 'right', share: 1.3 },
      { label: 'Change', align: 'right', share: 1.3 },
    ],
    rows: losses
      .slice(0, SHOWN)
      .map((row) => [row.label, showCurrent(row), showPrevious(row), changeOf(row)]),
    note: left > 0 ? `${left} more are in the table of all figures.` : undefined,
  };
}

/** What the figures do not know, and what would tell them. */
export function gapsOf(
  { coverage, freshness }: KpiDashboard,
  rows: readonly FigureRow[],
): string[] {
  const lacksRate = rows.some(({ reason }) => reason === 'missing_rate');
  return [
    ...(coverage ? coverageGaps(coverage) : []),
    ...freshnessGaps(freshness),
    ...(lacksRate
      ? ['An hourly or exchange rate is missing: add it, and the sums are whole.']
      : []),
  ];
}

function coverageGaps({
  posts,
  measuredPosts,
  clients,
  withValue,
}: NonNullable<KpiDashboard['coverage']>): string[] {
  const unmeasured = posts - measuredPosts;
  const unvalued = clients - withValue;
  const measure = `${unmeasured} of ${posts} posts have no impressions: see that their platform reports them.`;
  const value = `${unvalued} of ${clients} clients have no known value: connect revenue, or agree on what a lead is worth.`;
  return [...(unmeasured > 0 ? [measure] : []), ...(unvalued > 0 ? [value] : [])];
}

function freshnessGaps({
  clientsBehind,
  clientsWithMetrics,
  metricsUntil,
}: KpiDashboard['freshness']): string[] {
  if (clientsBehind === 0) return [];
  const last = metricsUntil === null ? '' : `; the last are of ${showDate(metricsUntil)}`;
  const who = `${clientsBehind} of ${clientsWithMetrics} clients`;
  return [`${who} sent no metrics for two days${last}: reconnect their channels.`];
}
