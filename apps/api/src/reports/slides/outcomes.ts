import type { ReportContent } from '@retainer/core';

import type { Block, Slide } from '../../exports/deck/deck.ts';
import { showCount } from '../../exports/figures/show.ts';
import { OUTCOME_NAMES, OUTCOMES, tileOf } from '../kpi-words.ts';
import { usageTable } from './usage-table.ts';

/** What came of the work, and what is used of what the tier promises. */
export function outcomesSlide({ figures, tier }: ReportContent): Slide {
  const { outcomes, usage } = figures;
  const tiles = OUTCOME_NAMES.map((name) => tileOf(OUTCOMES[name], outcomes[name]));
  const coverage = coverageOf(outcomes);
  const text: Block = { kind: 'text', lines: coverage, bullets: false };
  const blocks = [
    ...(usage.length > 0 ? [usageTable(usage)] : []),
    ...(coverage.length > 0 ? [text] : []),
  ];
  return {
    topic: 'Outcomes and usage',
    title: titleOf(usage, tier.name),
    rows: [
      { blocks: [{ kind: 'tiles', tiles }] },
      ...(blocks.length > 0 ? [{ blocks, shares: blocks.length > 1 ? [3, 1] : [1] }] : []),
    ],
    notes: [
      'Engagement: reactions, comments, shares, saves and link clicks, as the platforms tell them.',
      ...coverage,
    ].join('\n'),
  };
}

/** Of how many posts impressions are known, where that is not of all; accounts may tell theirs as a whole. */
function coverageOf({ posts, measuredPosts }: ReportContent['figures']['outcomes']): string[] {
  const published = posts.current ?? 0;
  if (measuredPosts === 0 || measuredPosts >= published) return [];
  return [`Impressions are known of ${showCount(measuredPosts)} of ${showCount(published)} posts.`];
}

function titleOf(usage: ReportContent['figures']['usage'], tier: string): string {
  const posts = usage.find(({ meter, platform }) => meter === 'posts' && platform === null);
  if (!posts) return `What ${tier} brought`;
  const { used, limit } = posts;
  const taken = limit === null ? showCount(used) : `${showCount(used)} of ${showCount(limit)}`;
  return `${taken} posts of the last week used`;
}
