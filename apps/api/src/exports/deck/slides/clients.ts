import { tierRows, type ComparedRow, type ExportRow } from '../../figures/rows.ts';
import { showCurrent, showPrevious } from '../../figures/show-row.ts';
import type { SlideFacts } from '../dashboard-facts.ts';
import type { Block, Slide } from '../deck.ts';
import { changeOf, figureMessage } from '../messages.ts';
import { notesOf } from '../notes.ts';
import { tileOf } from '../tiles.ts';

/** Who is served, and on which tiers. */
export function clientsSlide({ dashboard, rows, row }: SlideFacts): Slide {
  const own = rows.filter(({ section }) => section === 'clients');
  const tiers = tierRows(dashboard);
  const active = row('clients', 'active');
  const total = row('clients', 'total');
  return {
    topic: 'Clients',
    title:
      active.current === null
        ? figureMessage(active)
        : `${showCurrent(active)} of ${showCurrent(total)} clients are active${mostOf(tiers)}`,
    rows: [
      { blocks: [{ kind: 'tiles', tiles: own.map(tileOf) }] },
      ...(tiers.length > 0 ? [{ blocks: tierBlocks(tiers), shares: [3, 2] }] : []),
    ],
    notes: notesOf(own),
  };
}

function mostOf(tiers: readonly ExportRow[]): string {
  const [first, second] = tiers.toSorted((a, b) => Number(b.current) - Number(a.current));
  if (!first) return '';
  const isAlone = second?.current !== first.current;
  return isAlone ? `, most of them on ${first.key.name ?? ''}` : '';
}

function tierBlocks(tiers: readonly ComparedRow[]): Block[] {
  return [
    {
      kind: 'chart',
      type: 'bar',
      title: 'Active clients by tier',
      categories: tiers.map(({ key }) => key.name ?? ''),
      series: [
        {
          name: 'Clients',
          values: tiers.map(({ current }) => Number(current)),
          color: 'primary',
        },
      ],
      format: { kind: 'count' },
    },
    {
      kind: 'table',
      columns: [
        { label: 'Tier', align: 'left', share: 3 },
        { label: 'Clients', align: 'right', share: 1 },
        { label: 'Before', align: 'right', share: 1 },
        { label: 'Change', align: 'right', share: 1.4 },
      ],
      rows: tiers.map((tier) => [
        tier.key.name ?? '',
        showCurrent(tier),
        showPrevious(tier),
        changeOf(tier),
      ]),
    },
  ];
}
