import type { ReportContent } from '@retainer/core';

import type { Slide, Tile } from '../../exports/deck/deck.ts';
import { whyUnknown } from '../../exports/figures/show-row.ts';
import {
  DASH,
  showDecimal,
  showMoney,
  showPercent,
  showPoints,
} from '../../exports/figures/show.ts';
import { changeOf } from '../kpi-words.ts';
import { durationText } from '../value-sentence.ts';

type Returned = NonNullable<ReportContent['figures']['clientReturn']>;
type Amount = Returned['paid'];

const NO_CHANGE = { direction: 'none', tone: 'neutral', text: '' } as const;

/** What the client paid and what came of it; no slide where the level does not tell it. */
export function returnSlide({ figures, currency }: ReportContent): Slide | undefined {
  const { clientReturn: returned, timeSaved } = figures;
  if (!returned) return undefined;
  const { fee, adSpend, value, revenue, assumed } = returned;
  const minutes = timeSaved?.minutes ?? null;
  const tiles: Tile[] = [
    amountTile('Tier fee', fee),
    amountTile('Ad spend', adSpend),
    amountTile('Value', value),
    roiTile(returned),
    ...(minutes === null ? [] : [savedTile(minutes)]),
  ];
  const prices = [
    ...(assumed.leadValue ? [`A lead is taken to be worth ${moneyText(assumed.leadValue)}.`] : []),
    ...(assumed.conversionValue
      ? [
          `A conversion without an amount is taken to be worth ${moneyText(assumed.conversionValue)}.`,
        ]
      : []),
  ];
  const lines = [
    `Revenue that was told: ${moneyText(revenue)}.`,
    ...prices,
    'ROI: value less fee and ad spend, over fee and ad spend.',
    ...(returned.roas.value === null
      ? []
      : [`Each unit of ad spend came with ${showDecimal(returned.roas.value)} of revenue.`]),
  ];
  return {
    topic: 'Investment and return',
    title: titleOf(returned),
    rows: [
      { blocks: [{ kind: 'tiles', tiles }] },
      { blocks: [paidAndBrought(returned, currency), { kind: 'text', lines, bullets: true }] },
    ],
    notes: lines.join('\n'),
  };
}

function titleOf({ paid, value, roiPercent }: Returned): string {
  if (paid.amount === null || value.amount === null) {
    return whyUnknown('roi', roiPercent.reason ?? null);
  }
  const roi = roiPercent.current === null ? '' : `: ROI ${showPercent(roiPercent.current)}`;
  return `${moneyText(paid)} invested, ${moneyText(value)} delivered${roi}`;
}

function paidAndBrought({ paid, value }: Returned, currency: string) {
  return {
    kind: 'chart',
    type: 'column',
    title: 'Invested and delivered',
    categories: ['Fee and ad spend', 'Value'],
    series: [{ name: 'Amount', values: [drawn(paid), drawn(value)], color: 'primary' }],
    format: { kind: 'money', currency },
  } as const;
}

function amountTile(label: string, amount: Amount): Tile {
  const detail = amount.amount === null ? whyUnknown(label, amount.reason ?? null) : '';
  return { label, value: moneyText(amount), change: NO_CHANGE, detail };
}

function roiTile({ roiPercent }: Returned): Tile {
  const { current, previous, change } = roiPercent;
  const points = change === null ? '' : showPoints(change, 'signed');
  const before = previous === null ? '' : `Before: ${showPercent(previous)}`;
  return {
    label: 'ROI on fee and ad spend',
    value: current === null ? DASH : showPercent(current),
    change: { ...changeOf(roiPercent), text: points },
    detail: current === null ? whyUnknown('clientRoi', roiPercent.reason ?? null) : before,
  };
}

function savedTile(minutes: number): Tile {
  const detail = 'What automation took over';
  return { label: 'Time saved', value: durationText(minutes), change: NO_CHANGE, detail };
}

function moneyText({ amount, currency }: Pick<Amount, 'amount' | 'currency'>): string {
  return amount === null ? DASH : showMoney(amount, currency);
}

/** Where a column ends needs no more digits than a binary number has. */
function drawn({ amount }: Amount): number | null {
  return amount === null ? null : Number(amount);
}
