import type { ReportContent } from '@retainer/core';

import type { Block, Slide } from '../../exports/deck/deck.ts';
import { showCount } from '../../exports/figures/show.ts';
import { OUTCOME_NAMES, OUTCOMES, tileOf } from '../kpi-words.ts';
import { usageTable } from './usage-table.ts';

/** What came of the work, and what is used of what the tier promises. */
export function outcomesSlide({ figures, tier }: ReportContent): Slide {
  const { outcomes, usage } = figures;
  const { current } = outcomes.posts;
  const tiles = OUTCOME_NAMES.map((name) => tileOf(OUTCOMES[name], outcomes[name]));
  const measured = `Impressions are known of ${showCount(outcomes.measuredPosts)} of ${showCount(current ?? 0)} posts.`;
  const blocks: Block[] = usage.length > 0 ? [usageTable(usage)] : [];
  return {
    topic: 'Outcomes and usage',
    title: titleOf(usage, tier.name),
    rows: [
      { blocks: [{ kind: 'tiles', tiles }] },
      { blocks: [...blocks, { kind: 'text', lines: [measured], bullets: false }], shares: [3, 1] },
    ],
    notes: `Engagement: reactions, comments, shares, saves and link clicks.\n${measured}`,
  };
}

function titleOf(usage: ReportContent['figures']['usage'], tier: string): string {
  const posts = usage.find(({ meter, platform }) => meter === 'posts' && platform === null);
  if (!posts) return `What ${tier} brought`;
  const { used, limit } = posts;
  const taken = limit === null ? showCount(used) : `${showCount(used)} of ${showCount(limit)}`;
  return `${taken} posts of the last week used`;
}
