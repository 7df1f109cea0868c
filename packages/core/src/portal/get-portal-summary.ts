import type { EntityManager } from '@mikro-orm/postgresql';
import {
  addDays,
  calendarDateOf,
  dashboardPeriod,
  NAMED_PERIODS,
  namedPeriod,
  type CalendarEpoch,
  type DashboardPeriod,
  type LocalDate,
} from '@retainer/domain';
import * as z from 'zod';

import { getAgencyBrand } from '../branding/get-agency-brand.ts';
import { sqlSession } from '../db/sql-session.ts';
import type { Gate } from '../gate/gate.ts';
import { clientRunOuts } from '../insights/client-run-outs.ts';
import { inTransaction, type ServiceContext } from '../kernel/context.ts';
import { toPeriod } from '../kpi/asked-period.ts';
import { rangeOf } from '../kpi/counted.ts';
import { listReports } from '../reports/list-reports.ts';
import { refreshClient } from '../rollups/refresh.ts';
import { readCalendar } from '../tenancy/client-calendar.ts';
import { findAgency } from '../tenancy/find-agency.ts';
import { LocalDay, WorkspaceId } from '../tenancy/input-fields.ts';
import { requireClient } from '../tenancy/require-client.ts';
import type { TierDto } from '../tiers/tier-dto.ts';
import { getClientTier, type ClientTier } from '../usage/get-client-tier.ts';
import { checkPeriod } from '../value/tracking/tracking-input.ts';
import { askAgain } from './ask-again.ts';
import { selectDeniedPosts, type DeniedPostRow } from './denied-posts.queries.ts';
import type {
  PortalBrand,
  PortalReport,
  PortalSummary,
  PortalTier,
  PortalUsage,
} from './portal-dto.ts';
import { readPortalValue, withReturn, type ReadValue } from './read-portal-value.ts';

export const GetPortalSummaryInput = z.strictObject({
  clientWorkspaceId: WorkspaceId,
  /** A period by its name, in the client's own days; the month to date unless dates are told. */
  period: z.enum(NAMED_PERIODS).optional(),
  /** The first day of the period. */
  startDate: LocalDay.optional(),
  /** Its last day. */
  endDate: LocalDay.optional(),
});
export type GetPortalSummaryInput = z.input<typeof GetPortalSummaryInput>;

/** How many reports a portal shows; the rest is in `listReports`. */
const REPORTS = 5;
/** How many refused posts. */
const DENIED = 3;

/**
 * All that a client sees of itself: its tier, what is taken of it, what came of the work, its reports. What it says of
 * a period counts the days of it that are over, all facts known. `not_found`, `period_inverted`.
 */
export async function getPortalSummary(
  ctx: ServiceContext,
  gate: Pick<Gate, 'submit' | 'ask' | 'together'>,
  input: GetPortalSummaryInput,
): Promise<PortalSummary> {
  const wanted = GetPortalSummaryInput.parse(input);
  const { clientWorkspaceId: clientId } = wanted;
  const epochs = await calendarOf(ctx, clientId);
  const today = calendarDateOf(epochs, ctx.now().getTime());
  const period = periodOf(wanted, today);
  await refreshClient(ctx, clientId, addDays(today, -1));
  const { denied, value, ...seen } = await inTransaction(
    ctx,
    (em) => readAll(em, ctx, { clientId, epochs, period, today }),
    { readOnly: true, oneView: true },
  );
  return {
    ...seen,
    // Charged fees are kept as they are read, which a look that only reads cannot do.
    value: value && (await withReturn(ctx, clientId, value)),
    deniedPosts: await askAgain(ctx, gate, { clientId, rows: denied }),
  };
}

/** The days that are meant, and those they are compared with; today is none of them. */
function periodOf(
  { period: name, startDate, endDate }: z.output<typeof GetPortalSummaryInput>,
  today: LocalDate,
): DashboardPeriod {
  const dates = name === undefined ? { startDate, endDate } : rangeOf(namedPeriod(name, today));
  const period = dashboardPeriod({ ...dates, asOf: today, compareTo: 'previous_period' });
  checkPeriod(rangeOf(period.asked));
  return period;
}

interface Ask {
  readonly clientId: string;
  readonly epochs: readonly CalendarEpoch[];
  readonly period: DashboardPeriod;
  readonly today: LocalDate;
}

type Seen = Omit<PortalSummary, 'value' | 'deniedPosts'> & {
  readonly value: ReadValue | null;
  readonly denied: readonly DeniedPostRow[];
};

async function readAll(em: EntityManager, ctx: ServiceContext, ask: Ask): Promise<Seen> {
  const { clientId, epochs, period, today } = ask;
  const asOf = ctx.now();
  const agency = await findAgency(em, ctx.agencyId);
  const client = await requireClient(em, ctx.agencyId, { clientId, forWriting: false });
  const { tier, usage, billing, ...standing } = await getClientTier(ctx, {
    clientWorkspaceId: clientId,
  });
  const now = asOf.getTime();
  return {
    ...standing,
    name: client.name,
    agency: { name: agency.name },
    timeZone: (epochs.findLast((epoch) => epoch.from <= now) ?? epochs[0])?.timeZone ?? 'UTC',
    currency: client.currency ?? agency.currency,
    asOf,
    tier: tier && toPortalTier(tier),
    billing: billing && {
      periodEnd: billing.periodEnd,
      scheduledChange: billing.scheduledChange,
    },
    usage: await withRunOuts(ctx, clientId, usage),
    period: toPeriod(period, today),
    comparison: comparisonOf(period),
    value: period.counted ? await readPortalValue(em, client, period) : null,
    reports: await readReports(ctx, clientId),
    brand: tier?.features.customBranding === true ? await readBrand(ctx) : null,
    denied: await selectDeniedPosts(sqlSession(em), { clientId, after: asOf, limit: DENIED }),
  };
}

function comparisonOf({ compared }: DashboardPeriod): PortalSummary['comparison'] {
  return compared ? { ...rangeOf(compared), days: compared.days } : null;
}

function toPortalTier({ key, name, description, features }: TierDto): PortalTier {
  const { level, cadence } = features.reports;
  return { key, name, description, support: features.support, reports: { level, cadence } };
}

async function withRunOuts(
  ctx: ServiceContext,
  clientId: string,
  usage: ClientTier['usage'],
): Promise<PortalUsage[]> {
  const { allowances } = await clientRunOuts(ctx, { clientWorkspaceId: clientId });
  const ends = new Map(allowances.map(({ meter, runsOutAt }) => [meter, runsOutAt]));
  return usage.map((row) => ({
    ...row,
    runsOutAt: row.platform === null ? (ends.get(row.meter) ?? null) : null,
  }));
}

async function readReports(ctx: ServiceContext, clientId: string): Promise<PortalReport[]> {
  const { items } = await listReports(ctx, { clientWorkspaceId: clientId, limit: REPORTS });
  return items
    .filter(({ state }) => state !== 'due' && state !== 'denied')
    .map(({ id, cadence, level, period, madeAt }) => ({ id, cadence, level, ...period, madeAt }));
}

async function readBrand(ctx: ServiceContext): Promise<PortalBrand> {
  const { primaryColor, logo } = await getAgencyBrand(ctx);
  const { width, height, sha256 } = logo ?? {};
  const isThere = width !== undefined && height !== undefined && sha256 !== undefined;
  return { primaryColor, logo: isThere ? { width, height, sha256 } : null };
}

function calendarOf(ctx: ServiceContext, clientId: string): Promise<CalendarEpoch[]> {
  return inTransaction(
    ctx,
    async (em) => {
      const client = await requireClient(em, ctx.agencyId, { clientId, forWriting: false });
      return readCalendar(em, client);
    },
    { readOnly: true },
  );
}
