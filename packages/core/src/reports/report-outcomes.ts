import {
  calendarDateOf,
  valueFigures,
  type CalendarEpoch,
  type OutcomeFigures,
  type ReachFigures,
} from '@retainer/domain';

import type { Usage } from '../gate/answer.ts';
import { countKpi, type CountKpiDto, type KpiTerms, type Pair } from '../kpi/kpi-figure.ts';
import type { KeyedSums } from '../rollups/sums.ts';
import { UNATTRIBUTED_KEY } from '../value/tracking/tracking-dto.ts';
import type { PeriodMaterial } from './read-material.ts';
import type { DrivingDimension, ReportOutcomes, ReportRow, ReportUsage } from './report-content.ts';

/** A period and the one it is compared with, if the report compares. */
export type Compared = Pair<PeriodMaterial> & { readonly current: PeriodMaterial };

/** A report is no list of everything: of more rows than these only those that brought most are told. */
const MOST_ROWS = 20;

/** What was taken of each limit. That of reports is left out: this very one is not made yet. */
export function usageRows(
  usage: readonly Usage[],
  epochs: readonly CalendarEpoch[],
): ReportUsage[] {
  const dateOf = (at: number): string => calendarDateOf(epochs, at);
  return usage
    .filter(({ meter }) => meter !== 'reports')
    .map(({ meter, platform, window, used, held, limit }) => ({
      meter,
      platform,
      window: window && {
        startDate: dateOf(window.start.getTime()),
        endDate: dateOf(window.end.getTime() - 1),
      },
      used,
      held,
      limit,
    }));
}

/** What came of the work in a period, beside the one before. */
export function outcomesOf({ current, previous }: Compared): ReportOutcomes {
  const terms = termsOf({ current, previous });
  const values = { current: current.figures.value, previous: previous?.figures.value };
  return {
    ...countsOf(values, terms),
    reach: reachKpi({ current: current.facts.reach, previous: previous?.facts.reach }, terms),
    measuredPosts: Number(current.figures.value.measuredPosts),
  };
}

/** The rows of a breakdown that tell anything, those that brought most first. */
export function rowsOf(compared: Compared, dimension: DrivingDimension): ReportRow[] {
  const { current, previous } = compared;
  const terms = termsOf(compared);
  const before = previous && outcomesByKey(previous, dimension);
  const now = outcomesByKey(current, dimension);
  const keys = new Set([...now.keys(), ...(before?.keys() ?? [])]);
  const rows = [...keys].flatMap((key) => {
    const pair = { current: now.get(key) ?? nothing(current), previous: before?.get(key) };
    const values = previous ? { ...pair, previous: pair.previous ?? nothing(previous) } : pair;
    if (!tellsAnything(values)) return [];
    return [
      {
        key: key === '' ? UNATTRIBUTED_KEY : key,
        label: labelOf(compared, dimension, key),
        ...countsOf(values, terms),
      },
    ];
  });
  return rows.toSorted(byWhatItBrought).slice(0, MOST_ROWS);
}

/** What a key of a breakdown is called. */
export function labelOf({ current, previous }: Compared, dimension: string, key: string): string {
  if (key === '') return 'Unattributed';
  if (dimension !== 'campaign') return key;
  return current.facts.campaignNames.get(key) ?? previous?.facts.campaignNames.get(key) ?? key;
}

type Counts = Pick<OutcomeFigures, 'posts' | 'impressions' | 'engagement' | 'leads'>;

function countsOf(
  { current, previous }: Pair<Counts>,
  terms: KpiTerms,
): Pick<ReportRow, keyof Counts> {
  const kpi = (name: keyof Counts): CountKpiDto =>
    countKpi({ current: current?.[name], previous: previous?.[name] }, terms);
  return {
    posts: kpi('posts'),
    impressions: kpi('impressions'),
    engagement: kpi('engagement'),
    leads: kpi('leads'),
  };
}

function reachKpi({ current, previous }: Pair<ReachFigures>, terms: KpiTerms): CountKpiDto {
  const pair = { current: current?.reach.value ?? null, previous: previous?.reach.value };
  const kpi = countKpi(pair, terms, { ofDay: false });
  const { reason, previousReason, ...rest } = kpi;
  return {
    ...rest,
    ...(reason && { reason: reasonOf(current) ?? reason }),
    ...(previousReason && { previousReason: reasonOf(previous) ?? previousReason }),
  };
}

function reasonOf(reach: ReachFigures | undefined) {
  return reach?.reach.value === null ? reach.reach.reason : undefined;
}

function termsOf({ current, previous }: Compared): KpiTerms {
  const days = { current: current.days, previous: previous?.days };
  return { currency: current.facts.currency, days, bands: current.bands };
}

function outcomesByKey(
  { facts }: PeriodMaterial,
  dimension: DrivingDimension,
): Map<string, Counts> {
  const rows: readonly KeyedSums[] = facts.sums.breakdowns[dimension];
  return new Map(rows.map(({ key, sums }) => [key, valueFigures(sums, facts.terms).value]));
}

/** A key without facts: nothing was published or came in, and nothing was observed. */
function nothing({ facts: { terms } }: PeriodMaterial): Counts {
  return { posts: 0n, impressions: null, engagement: null, leads: terms.leadsKnown ? 0n : null };
}

// A row may be there for what it cost alone, of which a report says nothing.
function tellsAnything(values: Pair<Counts>): boolean {
  return [values.current, values.previous].some(
    (counts) =>
      counts &&
      (counts.posts > 0n ||
        (counts.leads ?? 0n) !== 0n ||
        counts.impressions !== null ||
        counts.engagement !== null),
  );
}

function byWhatItBrought(a: ReportRow, b: ReportRow): number {
  for (const name of ['leads', 'engagement', 'impressions', 'posts'] as const) {
    const difference = (b[name].current ?? 0) - (a[name].current ?? 0);
    if (difference !== 0) return difference;
  }
  return a.key < b.key ? -1 : 1;
}
