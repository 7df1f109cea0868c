import type { EntityManager } from '@mikro-orm/postgresql';
import {
  addDays,
  completeDays,
  dashboardPeriod,
  daysOf,
  localDateOf,
  type DashboardPeriod,
  type LocalDate,
} from '@retainer/domain';
import type * as z from 'zod';

import { sqlSession } from '../db/sql-session.ts';
import { inTransaction, type ServiceContext } from '../kernel/context.ts';
import { refreshAgency } from '../rollups/refresh.ts';
import { Agency } from '../tenancy/agency.entity.ts';
import { findAgency } from '../tenancy/find-agency.ts';
import { checkPeriod } from '../value/tracking/tracking-input.ts';
import { rangeOf, readCounted, type KpiWorld } from './counted.ts';
import type { KpiDashboard } from './dashboard-dto.ts';
import { GetAgencyKPIDashboardInput } from './dashboard-input.ts';
import { toSections } from './dashboard-sections.ts';
import { readHighlights } from './highlights.ts';
import { readFreshness, readTierNames } from './kpi.queries.ts';
import { readMonthFigures } from './months.ts';
import { readPeriodFigures } from './period-figures.ts';
import { readRoster } from './roster.ts';

type Wanted = z.output<typeof GetAgencyKPIDashboardInput>;

/** Clients of which nothing was observed for more days are told as behind. */
const BEHIND_DAYS = 2;

/**
 * Where the agency stands in a period, beside the days that it is compared with: performance, content, clients,
 * campaigns and ROI, from all facts known now. All figures are of one moment. `period_inverted`.
 */
export async function getAgencyKPIDashboard(
  ctx: ServiceContext,
  input: GetAgencyKPIDashboardInput,
): Promise<KpiDashboard> {
  const wanted = GetAgencyKPIDashboardInput.parse(input);
  const asOf = ctx.now();
  const { timeZone } = await inTransaction(ctx, (em) => findAgency(em, ctx.agencyId), {
    readOnly: true,
  });
  const today = localDateOf(timeZone, asOf.getTime());
  const period = periodOf(wanted, today);
  // Recurring costs are spread up to the last day that any figure is of.
  await refreshAgency(ctx, lastDay(period, today));
  const sections = await inTransaction(
    ctx,
    async (em) => readSections(await openWorld(em, ctx, today), { wanted, period }),
    { readOnly: true, oneView: true },
  );
  return { agencyWorkspaceId: ctx.agencyId, ...sections, asOf };
}

function periodOf(wanted: Wanted, asOf: LocalDate): DashboardPeriod {
  const { comparePeriod, compareTo, ...ask } = wanted;
  const period = dashboardPeriod({
    ...ask,
    asOf,
    compareTo: comparePeriod ? compareTo : undefined,
  });
  checkPeriod(rangeOf(period.asked));
  return period;
}

/** The last day that figures count; yesterday while the period has no complete day, for the months before it. */
function lastDay({ counted }: DashboardPeriod, today: LocalDate): LocalDate {
  return addDays(counted?.toExclusive ?? today, -1);
}

async function openWorld(
  em: EntityManager,
  { agencyId }: ServiceContext,
  today: LocalDate,
): Promise<KpiWorld> {
  // As it is now: what was read before the refresh may be older than the figures.
  const agency = await em.findOneOrFail(Agency, { id: agencyId }, { disableIdentityMap: true });
  return { sql: sqlSession(em), agency, roster: await readRoster(em, agencyId), today };
}

async function readSections(
  world: KpiWorld,
  { wanted, period }: { readonly wanted: Wanted; readonly period: DashboardPeriod },
): Promise<Omit<KpiDashboard, 'agencyWorkspaceId' | 'asOf'>> {
  const { sql, agency, today } = world;
  const { asked, counted, compared } = period;
  const now = counted && (await readCounted(world, counted));
  const then = compared && (await readCounted(world, compared));
  const current = now && (await readPeriodFigures(world, now));
  const previous = then && (await readPeriodFigures(world, then));
  const { timeZone, currency } = agency;
  return {
    timeZone,
    currency,
    period: {
      ...rangeOf(asked),
      days: daysOf(asked),
      elapsedDays: completeDays(asked, today),
      complete: asked.toExclusive <= today,
      countedUntil: counted ? rangeOf(counted).endDate : null,
    },
    comparison: compared
      ? {
          compareTo: wanted.compareTo,
          ...rangeOf(compared),
          days: compared.days,
          clamped: compared.clamped,
        }
      : null,
    ...toSections({
      figures: { current, previous },
      currency,
      days: { current: counted && daysOf(counted), previous: compared?.days },
      tiers: await readTierNames(sql),
      highlights: counted
        ? await readHighlights(world, { ...rangeOf(counted), count: wanted.highlights })
        : [],
      months: await readMonthFigures(world, lastDay(period, today)),
    }),
    freshness: await readFreshness(sql, addDays(today, -BEHIND_DAYS)),
  };
}
