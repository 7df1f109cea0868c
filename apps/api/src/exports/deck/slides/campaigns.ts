import { highlightRows } from '../../figures/rows.ts';
import { showCurrent } from '../../figures/show-row.ts';
import type { SlideFacts } from '../dashboard-facts.ts';
import type { ChartBlock, Slide, TableBlock } from '../deck.ts';
import { figureMessage } from '../messages.ts';
import { notesOf } from '../notes.ts';

type Highlights = ReturnType<typeof highlightRows>;

/** What a slide has room for; all of them are in the spreadsheet. */
const SHOWN = 8;

/** The campaigns with the highest ROI; no slide where there are none. */
export function campaignsSlide({ dashboard, row }: SlideFacts): Slide | undefined {
  const all = highlightRows(dashboard);
  const [best] = all;
  if (!best) return undefined;
  const shown = all.slice(0, SHOWN);
  const active = row('campaigns', 'active');
  return {
    topic: 'Campaigns',
    title: `${best.of.name} did best, with an ROI of ${showCurrent(best.roi)}`,
    rows: [{ blocks: [tableOf(shown, all.length), chartOf(shown)], shares: [3, 2] }],
    notes: notesOf(
      [active],
      [
        'Cost of a campaign: time, ad spend and other; tools are no campaign’s.',
        figureMessage(active),
      ],
    ),
  };
}

function tableOf(shown: Highlights, count: number): TableBlock {
  const left = count - shown.length;
  return {
    kind: 'table',
    columns: [
      { label: 'Campaign', align: 'left', share: 2.4 },
      { label: 'Client', align: 'left', share: 1.7 },
      { label: 'Cost', align: 'right', share: 1.2 },
      { label: 'Value', align: 'right', share: 1.2 },
      { label: 'ROI', align: 'right', share: 0.9 },
    ],
    rows: shown.map(({ of, cost, value, roi }) => [
      of.name,
      of.clientWorkspaceId,
      showCurrent(cost),
      showCurrent(value),
      showCurrent(roi),
    ]),
    note: left > 0 ? `${left} more are in the spreadsheet.` : undefined,
  };
}

function chartOf(shown: Highlights): ChartBlock {
  return {
    kind: 'chart',
    type: 'bar',
    title: 'ROI, in per cent',
    categories: shown.map(({ of }) => of.name),
    series: [
      {
        name: 'ROI',
        values: shown.map(({ roi }) => (roi.current === null ? null : Number(roi.current))),
        color: 'primary',
      },
    ],
    format: { kind: 'percent' },
  };
}
