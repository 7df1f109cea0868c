import type { EntityManager } from '@mikro-orm/postgresql';
import {
  addDays,
  comparisonPeriod,
  daysBetween,
  lastSegmentAt,
  reportSections,
  type CalendarEpoch,
  type Instant,
  type ReportCadence,
  type ReportLevel,
  type ReportSection,
} from '@retainer/domain';

import { inTransaction, type ServiceContext } from '../kernel/context.ts';
import { refreshClient } from '../rollups/refresh.ts';
import type { DateRange } from '../rollups/sums.ts';
import { findAgency } from '../tenancy/find-agency.ts';
import { requireClient } from '../tenancy/require-client.ts';
import { findTier } from '../tiers/find-tier.ts';
import { minutesOf } from '../value/tracking/tracking-dto.ts';
import { clientReturn } from './client-return.ts';
import { readFee, readPeriod, readPromised, type PeriodMaterial } from './read-material.ts';
import type { ReportContent, ReportDates, ReportFigures } from './report-content.ts';
import { driversOf } from './report-drivers.ts';
import { outcomesOf, rowsOf, usageRows, type Compared } from './report-outcomes.ts';

/** Which report is wanted. */
export interface Composition extends DateRange {
  readonly clientId: string;
  readonly cadence: ReportCadence | null;
  /** The tier in force then says what the report tells. */
  readonly countsAt: Date;
  /** What an earlier report told, to say the same anew. */
  readonly level?: ReportLevel | undefined;
}

/**
 * What a report would say now: its figures are of one moment, from all facts known. Undefined where the client had no
 * tier that would say what it tells. Not within a transaction: the client is refreshed first.
 */
export async function composeReport(
  ctx: ServiceContext,
  of: Composition,
): Promise<ReportContent | undefined> {
  await refreshClient(ctx, of.clientId, of.endDate);
  const read = await inTransaction(ctx, (em) => readAll(em, ctx, of), {
    readOnly: true,
    oneView: true,
  });
  if (!read) return undefined;
  const { content, figures, compared, sections } = read;
  const returned = sections.has('clientReturn')
    ? { clientReturn: await readReturn(ctx, of, { compared, comparison: content.comparison }) }
    : {};
  return { ...content, figures: { ...figures, ...returned } };
}

interface Read {
  readonly content: Omit<ReportContent, 'figures'>;
  readonly figures: ReportFigures;
  readonly compared: Compared;
  readonly sections: ReadonlySet<ReportSection>;
}

async function readAll(
  em: EntityManager,
  ctx: ServiceContext,
  of: Composition,
): Promise<Read | undefined> {
  const { agencyId } = ctx;
  const { startDate, endDate, cadence } = of;
  const agency = await findAgency(em, agencyId);
  const client = await requireClient(em, agencyId, { clientId: of.clientId, forWriting: false });
  const { policy, usage, epochs } = await readPromised(em, client, endDate);
  const at = of.countsAt.getTime();
  const segment = lastSegmentAt(policy, at);
  if (!segment) return undefined;
  const tier = await findTier(em, agencyId, segment.tierId);
  const level = of.level ?? segment.terms.features.reports.level;

  const sections = reportSections(level);
  const comparison = sections.has('comparison') ? datesBefore({ startDate, endDate }) : null;
  const current = await readPeriod(em, client, { startDate, endDate });
  const compared: Compared = {
    current,
    previous: comparison ? await readPeriod(em, client, comparison) : undefined,
  };
  return {
    content: {
      level,
      cadence,
      agency: { name: agency.name },
      client: { clientWorkspaceId: client.id, name: client.name },
      tier: { key: tier.key, name: tier.name },
      period: { startDate, endDate, days: current.days },
      comparison,
      timeZone: zoneAt(epochs, at) ?? agency.timeZone,
      currency: current.facts.currency,
    },
    figures: {
      usage: usageRows(usage, epochs),
      outcomes: outcomesOf(compared),
      ...partsOf(sections, compared),
    },
    compared,
    sections,
  };
}

/** A report's period is over, so a part of a month is compared with as many days before it, and a whole one with a whole one. */
function datesBefore({ startDate, endDate }: DateRange): ReportDates | null {
  const toExclusive = addDays(endDate, 1);
  const period = { from: startDate, toExclusive, asOf: addDays(toExclusive, 366) };
  const before = comparisonPeriod({ ...period, mode: 'previous_period' });
  if ('reason' in before) return null;
  const dates = { startDate: before.from, endDate: addDays(before.toExclusive, -1) };
  return { ...dates, days: daysBetween(dates.startDate, dates.endDate) + 1 };
}

function partsOf(sections: ReadonlySet<ReportSection>, compared: Compared): Partial<ReportFigures> {
  return {
    ...(sections.has('platforms') && { platforms: rowsOf(compared, 'platform') }),
    ...(sections.has('contentTypes') && { contentTypes: rowsOf(compared, 'contentType') }),
    ...(sections.has('campaigns') && { campaigns: rowsOf(compared, 'campaign') }),
    ...(sections.has('timeSaved') && { timeSaved: { minutes: minutesSaved(compared.current) } }),
    ...(sections.has('drivers') && { drivers: driversOf(compared) }),
  };
}

function minutesSaved({ facts: { sums }, figures }: PeriodMaterial): number | null {
  return sums.total.savedBaselineSeconds === 0n ? null : minutesOf(figures.timeSaved.seconds);
}

async function readReturn(
  ctx: ServiceContext,
  { clientId, startDate, endDate }: Composition,
  of: { readonly compared: Compared; readonly comparison: ReportDates | null },
) {
  const { current, previous } = of.compared;
  const { currency } = current.facts;
  const feeOf = (range: DateRange) => readFee(ctx, { ...range, clientId, currency });
  const charged = { material: current, fee: await feeOf({ startDate, endDate }) };
  if (!previous || !of.comparison) return clientReturn(charged, undefined);
  return clientReturn(charged, { material: previous, fee: await feeOf(of.comparison) });
}

function zoneAt(epochs: readonly CalendarEpoch[], at: Instant): string | undefined {
  return (epochs.findLast((epoch) => epoch.from <= at) ?? epochs[0])?.timeZone;
}
