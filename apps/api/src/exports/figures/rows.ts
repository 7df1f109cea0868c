import type { KpiDashboard } from '@retainer/core';
import type { RunOutReason } from '@retainer/domain';

import { CATALOGUE, type FigureEntry, type Kpi, type Section, type Unit } from './catalogue.ts';

/** What a row is about, where it is about less than the whole agency. */
export interface RowKey {
  readonly client?: string;
  readonly campaign?: string;
  readonly tier?: string;
  /** YYYY-MM. */
  readonly month?: string;
  /** As people call it. */
  readonly name?: string;
}

/** What a cell counts in, where it is no figure of the catalogue; text counts nothing. */
export type RowUnit = Unit | 'hours' | 'days' | 'bytes' | 'date' | 'text';

/** The parts of the answer that are no figures in two periods. */
type OtherSection =
  | 'goals'
  | 'needs_attention'
  | 'run_outs'
  | 'tier_fit'
  | 'annotations'
  | 'coverage'
  | 'freshness';

/** One number of the answer, in the digits that the answer has. All files are written from these rows. */
export interface ExportRow {
  readonly section: Section | OtherSection;
  readonly figure: string;
  readonly label: string;
  readonly unit: RowUnit;
  readonly key: RowKey;
  readonly current: string | null;
  /** Why `current` is null. */
  readonly reason: Reason | RunOutReason | null;
  /** The part of an unknown amount that is known. */
  readonly known: string | null;
  /** Of money. */
  readonly currency: string | null;
}

/** A number beside what it was before. */
export interface ComparedRow extends ExportRow {
  readonly unit: Unit;
  readonly reason: Reason | null;
  readonly previous: string | null;
  readonly previousReason: Reason | null;
  readonly change: string | null;
  readonly changePercent: string | null;
  readonly trend: Kpi['trend'];
  readonly good: boolean | null;
  readonly perDay: NonNullable<Kpi['perDay']> | null;
}

/** A figure of the catalogue. */
export interface FigureRow extends ComparedRow {
  readonly section: Section;
  readonly entry: FigureEntry;
}

/** Why a number is unknown. */
export type Reason = NonNullable<Kpi['reason']>;

/** The figures that are compared. */
export function figureRows(dashboard: KpiDashboard): FigureRow[] {
  return CATALOGUE.map((entry) => {
    const { section, figure, label, unit } = entry;
    const kpi = entry.of(dashboard);
    const { changePercent, trend, good, perDay = null } = kpi;
    return {
      entry,
      section,
      figure,
      label,
      unit,
      key: {},
      current: textOf(kpi.current),
      reason: kpi.reason ?? null,
      known: knownOf(kpi.current),
      currency: unit === 'money' ? dashboard.currency : null,
      previous: textOf(kpi.previous),
      previousReason: kpi.previousReason ?? null,
      change: textOf(kpi.change),
      changePercent,
      trend,
      good,
      perDay,
    };
  });
}

/** How many clients are on each tier, and how many were. */
export function tierRows({ clients }: KpiDashboard): ComparedRow[] {
  return clients.byTier.map(({ tier, name, clients: count, ...compared }) => ({
    ...NOTHING,
    section: 'clients',
    figure: 'byTier',
    label: 'Clients on the tier',
    unit: 'count',
    key: { tier, name },
    current: String(count),
    previous: textOf(compared.previous),
    previousReason: compared.previousReason ?? null,
    change: textOf(compared.change),
    changePercent: compared.changePercent,
    trend: compared.trend,
    good: compared.good,
    perDay: compared.perDay ?? null,
  }));
}

/** What a campaign cost and brought. */
export interface ReturnRows<TKey> {
  readonly of: TKey;
  readonly cost: ExportRow;
  readonly value: ExportRow;
  readonly roi: ExportRow;
}

type Highlight = KpiDashboard['campaigns']['highlights'][number];
type Month = KpiDashboard['roi']['trend'][number];

/** The campaigns with the highest ROI. */
export function highlightRows({ campaigns }: KpiDashboard): ReturnRows<Highlight>[] {
  return campaigns.highlights.map((one) => {
    const { campaignId: campaign, clientWorkspaceId: client, name } = one;
    const key = { client, campaign, name };
    return returnRows(one, { section: 'campaigns', figure: 'highlights', key });
  });
}

/** What each month cost and brought. */
export function monthRows({ roi }: KpiDashboard): ReturnRows<Month>[] {
  return roi.trend.map((one) =>
    returnRows(one, { section: 'roi', figure: 'trend', key: { month: one.month } }),
  );
}

/** What the figures rest on. */
export function groundRows({ coverage, freshness }: KpiDashboard): ExportRow[] {
  const count = (place: Pick<ExportRow, 'section' | 'figure' | 'label'>, value: number) =>
    ({ ...NOTHING, ...place, unit: 'count', key: {}, current: String(value) }) as const;
  const covered = coverage
    ? [
        count({ section: 'coverage', figure: 'posts', label: 'Posts' }, coverage.posts),
        count(
          { section: 'coverage', figure: 'measuredPosts', label: 'Posts with impressions' },
          coverage.measuredPosts,
        ),
        count({ section: 'coverage', figure: 'clients', label: 'Clients' }, coverage.clients),
        count(
          { section: 'coverage', figure: 'withValue', label: 'Clients with a known value' },
          coverage.withValue,
        ),
      ]
    : [];
  const { clientsWithMetrics, clientsBehind } = freshness;
  return [
    ...covered,
    count(
      { section: 'freshness', figure: 'clientsWithMetrics', label: 'Clients with metrics' },
      clientsWithMetrics,
    ),
    count(
      { section: 'freshness', figure: 'clientsBehind', label: 'Of them without news for two days' },
      clientsBehind,
    ),
  ];
}

/** Whether a row is compared with what was before. */
export function isComparedRow(row: ExportRow | ComparedRow): row is ComparedRow {
  return 'previous' in row;
}

/** What a row has that is known and is no money. */
export const NOTHING = { reason: null, known: null, currency: null } as const;

interface Place {
  readonly section: Section;
  readonly figure: string;
  readonly key: RowKey;
}

type Returned = Pick<Highlight, 'cost' | 'value' | 'roiPercent'>;

function returnRows<T extends Returned>(of: T, { section, figure, key }: Place): ReturnRows<T> {
  const { cost, value, roiPercent } = of;
  const amount = (name: string, label: string, money: Returned['cost']): ExportRow => ({
    section,
    figure: `${figure}.${name}`,
    label,
    unit: 'money',
    key,
    current: money.amount,
    reason: money.reason ?? null,
    known: money.knownAmount ?? null,
    currency: money.currency,
  });
  return {
    of,
    cost: amount('cost', 'Cost', cost),
    value: amount('value', 'Value', value),
    roi: {
      ...NOTHING,
      section,
      figure: `${figure}.roiPercent`,
      label: 'ROI',
      unit: 'percent',
      key,
      current: roiPercent.value,
      reason: roiPercent.reason,
    },
  };
}

type Told = Kpi['current'] | Kpi['change'];

function textOf(told: Told): string | null {
  if (told === null) return null;
  return typeof told === 'object' ? told.amount : String(told);
}

function knownOf(told: Told): string | null {
  if (told === null || typeof told !== 'object' || !('knownAmount' in told)) return null;
  return told.knownAmount ?? null;
}
