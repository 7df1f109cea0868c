import type { EntityManager } from '@mikro-orm/postgresql';
import { valueFigures, type DashboardPeriod, type DateSpan } from '@retainer/domain';

import type { ServiceContext } from '../kernel/context.ts';
import { rangeOf } from '../kpi/counted.ts';
import { clientReturn } from '../reports/client-return.ts';
import { readFee, readPeriod, type PeriodMaterial } from '../reports/read-material.ts';
import { outcomesOf, rowsOf } from '../reports/report-outcomes.ts';
import type { Client } from '../tenancy/client.entity.ts';
import { minutesOf } from '../value/tracking/tracking-dto.ts';
import type { PortalDay, PortalValue } from './portal-dto.ts';

/** What came of the work, before it is known what the client was charged. */
export interface ReadValue {
  readonly told: Omit<PortalValue, 'clientReturn'>;
  readonly current: Charging;
  readonly previous: Charging | undefined;
}

interface Charging {
  readonly material: PeriodMaterial;
  readonly span: DateSpan;
}

/** Reads what came of the work in the days that count, beside those they are compared with. Refresh the client first. */
export async function readPortalValue(
  em: EntityManager,
  client: Client,
  { counted, compared }: DashboardPeriod,
): Promise<ReadValue | null> {
  if (!counted) return null;
  const current = await readPeriod(em, client, rangeOf(counted));
  const previous = compared && (await readPeriod(em, client, rangeOf(compared)));
  const pair = { current, previous };
  return {
    told: {
      outcomes: outcomesOf(pair),
      timeSaved: { minutes: minutesSaved(current) },
      days: daysOf(current),
      platforms: rowsOf(pair, 'platform'),
      contentTypes: rowsOf(pair, 'contentType'),
      campaigns: rowsOf(pair, 'campaign'),
    },
    current: { material: current, span: counted },
    previous: previous && { material: previous, span: compared },
  };
}

/** Adds what the client paid, and what that brought. Not within a read-only transaction. */
export async function withReturn(
  ctx: ServiceContext,
  clientId: string,
  { told, current, previous }: ReadValue,
): Promise<PortalValue> {
  const charged = async ({ material, span }: Charging) => {
    const { currency } = material.facts;
    return { material, fee: await readFee(ctx, { ...rangeOf(span), clientId, currency }) };
  };
  const before = previous && (await charged(previous));
  return { ...told, clientReturn: clientReturn(await charged(current), before) };
}

function minutesSaved({ facts: { sums }, figures }: PeriodMaterial): number | null {
  return sums.total.savedBaselineSeconds === 0n ? null : minutesOf(figures.timeSaved.seconds);
}

function daysOf({ facts: { sums, terms } }: PeriodMaterial): PortalDay[] {
  return sums.breakdowns.day.map(({ key, sums: day }) => {
    const { posts, impressions, engagement, leads } = valueFigures(day, terms).value;
    return {
      date: key,
      posts: Number(posts),
      impressions: numberOf(impressions),
      engagement: numberOf(engagement),
      leads: numberOf(leads),
    };
  });
}

function numberOf(count: bigint | null): number | null {
  return count === null ? null : Number(count);
}
