import type { DashboardPeriod, DateSpan, Total } from '@retainer/domain';

import type { FeesAsk } from '../billing/read-fees.ts';
import { readCampaignFigures, type CampaignFigures } from '../kpi/campaign-figures.ts';
import { rangeOf, readCounted, type CountedPeriod, type KpiWorld } from '../kpi/counted.ts';
import { readFeesIn } from '../kpi/read-fees-in.ts';

/** What a period came to: each client, its fee, and each campaign. */
export interface JudgedPeriod {
  readonly counted: CountedPeriod;
  /** By client, in the agency's currency; who is missing was charged nothing. */
  readonly fees: ReadonlyMap<string, Total>;
  readonly campaigns: readonly CampaignFigures[];
}

/** Reads what a period came to. Refresh the agency, and keep the rates of its fees, first. */
export async function readJudged(world: KpiWorld, span: DateSpan): Promise<JudgedPeriod> {
  const [counted, fees, campaigns] = await Promise.all([
    readCounted(world, span),
    readFeesIn(world, span, { currency: world.agency.currency }),
    readCampaignFigures(world, span),
  ]);
  return { counted, fees, campaigns };
}

/** Which fees the insights of a period ask for. */
export function feeAsks({ counted, compared }: DashboardPeriod, currency: string): FeesAsk[] {
  return [counted, compared].flatMap((span) => (span ? [{ ...rangeOf(span), currency }] : []));
}
