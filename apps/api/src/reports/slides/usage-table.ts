import type { ReportUsage } from '@retainer/core';

import type { TableBlock } from '../../exports/deck/deck.ts';
import { showDates } from '../../exports/figures/show-dates.ts';
import { showCount } from '../../exports/figures/show.ts';
import { platformName } from '../platform-name.ts';

const METERS: Readonly<Record<ReportUsage['meter'], string>> = {
  posts: 'Posts a week',
  ai_generations: 'AI generations',
  reports: 'Reports',
  storage_bytes: 'Storage',
  library_items: 'Library items',
};
const GIGABYTE = 1e9;

/** What is used of each limit, in the window in which the period ended. */
export function usageTable(usage: readonly ReportUsage[]): TableBlock {
  return {
    kind: 'table',
    columns: [
      { label: 'Limit', align: 'left', share: 2 },
      { label: 'Of', align: 'left', share: 2 },
      { label: 'Used', align: 'right', share: 1 },
      { label: 'Promised', align: 'right', share: 1 },
    ],
    rows: usage.map((row) => [
      row.platform === null
        ? METERS[row.meter]
        : `${METERS[row.meter]} on ${platformName(row.platform)}`,
      row.window ? showDates(row.window) : 'In all',
      amountOf(row.meter, row.used),
      row.limit === null ? 'Unlimited' : amountOf(row.meter, row.limit),
    ]),
  };
}

function amountOf(meter: ReportUsage['meter'], amount: number): string {
  if (meter !== 'storage_bytes') return showCount(amount);
  return `${Math.round((amount / GIGABYTE) * 100) / 100} GB`;
}
