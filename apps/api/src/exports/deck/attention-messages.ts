import type { KpiDashboard } from '@retainer/core';

import { meterName } from '../figures/meter-name.ts';
import type { RunOutRows } from '../figures/run-out-rows.ts';
import { showCurrent } from '../figures/show-row.ts';

type Insights = KpiDashboard['insights'];
type AttentionCounts = Insights['needsAttention']['counts'];

/** How much needs attention, and how soon: "7 need attention: 1 urgent, 4 warnings, 2 notices". */
export function attentionMessage({ total, ...of }: AttentionCounts): string {
  const parts = [
    ...(of.urgent > 0 ? [`${of.urgent} urgent`] : []),
    ...(of.warning > 0 ? [counted(of.warning, 'warning')] : []),
    ...(of.notice > 0 ? [counted(of.notice, 'notice')] : []),
  ];
  if (parts.length === 0) return thingsOf(total);
  return `${total} ${total === 1 ? 'needs' : 'need'} attention: ${parts.join(', ')}`;
}

/** The same in few words, for a title: "7 things need attention, 1 of them urgent". */
export function attentionSum({ total, urgent }: AttentionCounts): string {
  if (urgent === 0) return thingsOf(total);
  return `${thingsOf(total)}, ${urgent === total ? 'urgently' : `${urgent} of them urgent`}`;
}

/** An allowance that runs out: "Tidal Gym, Posts: 8 of 10 taken, runs out on Oct 3, 2026". */
export function runOutMessage({ of, taken, limit, runsOutOn }: RunOutRows): string {
  const allowed = of.limit === null ? '' : ` of ${showCurrent(limit)}`;
  const when =
    runsOutOn.current === null ? 'nothing is left' : `runs out on ${showCurrent(runsOutOn)}`;
  return `${of.name}, ${meterName(of.meter)}: ${showCurrent(taken)}${allowed} taken, ${when}`;
}

/** How tiers fit: "Of 12 clients 7 fit their tier, 2 asked for more, 1 could do with less". */
export function tierFitMessage({ fits, over, under, unknown }: Insights['tierFit']): string {
  const all = fits + over + under + unknown;
  if (all === 0) return 'There is no client whose tier could fit';
  const parts = [
    `${fits} ${fits === 1 ? 'fits its' : 'fit their'} tier`,
    ...(over > 0 ? [`${over} asked for more than it takes`] : []),
    ...(under > 0 ? [`${under} would do with a cheaper one`] : []),
    ...(unknown > 0 ? [`of ${unknown} it is not known`] : []),
  ];
  return `Of ${counted(all, 'client')} ${parts.join(', ')}`;
}

function thingsOf(total: number): string {
  if (total === 0) return 'Nothing needs attention';
  return total === 1 ? '1 thing needs attention' : `${total} things need attention`;
}

function counted(count: number, noun: string): string {
  return `${count} ${count === 1 ? noun : `${noun}s`}`;
}
