import type { KpiDashboard } from '@retainer/core';

import { goodDashboard } from './dashboards.ts';

/** As much as the answer can hold of all that it tells the first few of. */
export function busyDashboard(): KpiDashboard {
  const good = goodDashboard();
  const { needsAttention, runOuts } = good.insights;
  const name = 'The Long Name of a Restaurant by the Harbour & Sons GmbH';
  const sentence = 'spent 1,234.50 USD of 1,000.00 USD this month, more than its budget allows';
  const first = <T>(all: readonly T[], most: number): T[] =>
    Array.from({ length: most }, (_, index) => all[index % all.length]).filter(
      (one) => one !== undefined,
    );
  return {
    ...good,
    insights: {
      ...good.insights,
      needsAttention: {
        counts: { total: 148, urgent: 21, warning: 96, notice: 31 },
        items: first(needsAttention.items, 5).map((item) => ({
          ...item,
          clientName: name,
          message: `${name} ${sentence}.`,
        })),
      },
      runOuts: { total: 64, items: first(runOuts.items, 5).map((item) => ({ ...item, name })) },
    },
    goals: { ...good.goals, agency: first(good.goals.agency, 27) },
    annotations: first(good.annotations, 40).map((one, index) => ({
      ...one,
      id: index === 0 ? one.id : `${one.id}-${index}`,
      clientWorkspaceId: index % 2 === 0 ? null : 'the-long-name-of-a-restaurant',
      title: `Number ${index}: the website was relaunched with a new booking form and new photos`,
    })),
  };
}
