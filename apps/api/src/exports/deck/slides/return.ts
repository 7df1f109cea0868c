import type { FigureRow } from '../../figures/rows.ts';
import { showCurrent, whyUnknown } from '../../figures/show-row.ts';
import { showMoney } from '../../figures/show.ts';
import { comparedChart } from '../charts.ts';
import type { SlideFacts } from '../dashboard-facts.ts';
import type { Slide } from '../deck.ts';
import { notesOf } from '../notes.ts';
import { tileOf } from '../tiles.ts';

/** What went in, what came out, and how they relate. */
export function returnSlide({ dashboard, row }: SlideFacts): Slide {
  const cost = row('roi', 'totalCost');
  const value = row('roi', 'totalValue');
  const net = row('roi', 'netValue');
  const roi = row('roi', 'roiPercent');
  const kept = row('insights.margin', 'kept');
  const margin = row('insights.margin', 'marginPercent');
  const fees = [row('insights.margin', 'fee'), row('insights.margin', 'cost')];
  const rows = [cost, value, net, roi, kept, margin];
  const format = { kind: 'money', currency: dashboard.currency } as const;
  const charts = comparedChart([cost, value], { title: 'Cost and value', format });
  return {
    topic: 'Investment and return',
    title: titleOf({ cost, value, roi }),
    rows: [
      { blocks: [{ kind: 'tiles', tiles: rows.map(tileOf) }] },
      {
        blocks: [...charts, knownParts([...rows, ...fees])],
        shares: charts.length > 0 ? [2, 1] : [1],
      },
    ],
    notes: notesOf([...rows.slice(0, 4), ...fees, kept, margin]),
  };
}

function titleOf({
  cost,
  value,
  roi,
}: Readonly<Record<'cost' | 'value' | 'roi', FigureRow>>): string {
  if (cost.current === null && value.current === null) return whyUnknown(roi.label, roi.reason);
  if (value.current === null) return `${showCurrent(cost)} went in; what came out is not known`;
  if (cost.current === null) return `${showCurrent(value)} came out; what went in is not known`;
  const ratio = roi.current === null ? '' : `: ROI ${showCurrent(roi)}`;
  return `${showCurrent(cost)} went in and ${showCurrent(value)} came out${ratio}`;
}

/** How it adds up, and which part of it is known where not all is. */
function knownParts(rows: readonly FigureRow[]) {
  const known = rows.flatMap(({ label, known: amount, currency }) =>
    amount === null ? [] : [`${label}: ${showMoney(amount, currency ?? '')} of it is known.`],
  );
  const lines = [...rows.map(({ label, entry }) => `${label}: ${entry.definition}`), ...known];
  return { kind: 'text', heading: 'How to read it', lines, bullets: true } as const;
}
