import { attentionRows } from '../../figures/attention-rows.ts';
import { runOutRows } from '../../figures/run-out-rows.ts';
import { attentionMessage, runOutMessage, tierFitMessage } from '../attention-messages.ts';
import type { SlideFacts } from '../dashboard-facts.ts';
import type { SlideRow } from '../deck.ts';

/** What somebody should look at, beside what is about to run out and how tiers fit. */
export function watchRow({ dashboard }: SlideFacts): SlideRow {
  const { needsAttention, tierFit } = dashboard.insights;
  return {
    blocks: [
      {
        kind: 'text',
        heading: attentionMessage(needsAttention.counts),
        lines: attentionLines({ dashboard }),
        bullets: true,
      },
      {
        kind: 'text',
        heading: 'Tiers and allowances',
        lines: [`${tierFitMessage(tierFit)}.`, ...runOutLines({ dashboard })],
        bullets: true,
      },
    ],
    shares: [6, 5],
  };
}

/** What a slide has room for; the spreadsheet has more. */
const SHOWN = 3;

type Facts = Pick<SlideFacts, 'dashboard'>;

/** What needs attention, a line each; what the answer only counts is counted. */
export function attentionLines({ dashboard }: Facts): string[] {
  const shown = attentionRows(dashboard);
  const left = dashboard.insights.needsAttention.counts.total - shown.length;
  return [...shown.map(({ of }) => of.message), ...(left > 0 ? [`And ${left} more.`] : [])];
}

/** What runs out, a line each. */
export function runOutLines({ dashboard }: Facts): string[] {
  const shown = runOutRows(dashboard).slice(0, SHOWN);
  const left = dashboard.insights.runOuts.total - shown.length;
  return [
    ...shown.map((row) => `${runOutMessage(row)}.`),
    ...(left > 0
      ? [left === 1 ? '1 more allowance runs out.' : `${left} more allowances run out.`]
      : []),
  ];
}
