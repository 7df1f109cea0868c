import type { ReportContent, ReportDriver } from '@retainer/core';

import type { Slide } from '../../exports/deck/deck.ts';
import { showCount, showPercent } from '../../exports/figures/show.ts';
import { platformName } from '../platform-name.ts';

const DIMENSIONS: Readonly<Record<ReportDriver['dimension'], string>> = {
  platform: 'Platform',
  contentType: 'Content type',
  campaign: 'Campaign',
};

/** What moved the outcome most; no slide where nothing did. */
export function driversSlide({ figures: { drivers = [] } }: ReportContent): Slide | undefined {
  const [first] = drivers;
  if (!first) return undefined;
  const { metric, change, totalChange } = first;
  return {
    topic: 'What drove it',
    title: `${nameOf(first)} moved ${metric} most: ${signed(change)} of ${signed(totalChange)}`,
    rows: [
      {
        blocks: [
          {
            kind: 'table',
            columns: [
              { label: 'By', align: 'left', share: 1.4 },
              { label: 'What', align: 'left', share: 2.4 },
              { label: `Change of ${metric}`, align: 'right', share: 1.4 },
              { label: 'Of the whole change', align: 'right', share: 1.4 },
            ],
            rows: drivers.map((driver) => [
              DIMENSIONS[driver.dimension],
              nameOf(driver),
              signed(driver.change),
              showPercent(driver.sharePercent),
            ]),
            note: 'Above 100 % where others went the other way.',
          },
        ],
      },
    ],
    notes:
      'Each row is the one of its kind that moved the total most in the direction in which it went.',
  };
}

function nameOf({ dimension, label }: ReportDriver): string {
  return dimension === 'platform' ? platformName(label) : label;
}

function signed(change: number): string {
  return showCount(change, 'signed');
}
