import type { Dashboard, Metric } from '../home/metrics.ts';

type AttentionCode = Dashboard['insights']['needsAttention']['items'][number]['code'];
type Severity = Dashboard['insights']['needsAttention']['items'][number]['severity'];
type AnnotationKind = Dashboard['annotations'][number]['kind'];
type GoalState = NonNullable<Dashboard['goals']['agency'][number]['state']>;

/** A point of a chart in words. */
interface Told {
  readonly value: string;
  readonly days: string;
}

/** What the first page says of what is behind its figures, and where it hands them over. */
export interface BelowMessages {
  readonly notComparedYet: string;
  readonly exports: string;
  readonly exportAs: (format: string) => string;
  readonly exporting: (format: string) => string;
  readonly exported: (fileName: string) => string;
  readonly notExported: (format: string) => string;
  readonly over: Readonly<Record<Metric, string>>;
  readonly chart: string;
  readonly thisPeriod: string;
  readonly nothingToDraw: (name: string) => string;
  readonly chartSummary: (
    name: string,
    points: { readonly first: Told; readonly last: Told; readonly highest: Told },
  ) => string;
  readonly asTable: string;
  readonly units: Readonly<Record<'day' | 'week' | 'month', string>>;
  readonly comparedDays: string;
  readonly before: string;
  readonly against: string;
  readonly inProgress: string;
  readonly annotations: string;
  readonly addAnnotation: string;
  readonly removeAnnotation: (title: string) => string;
  readonly annotationTitle: string;
  readonly annotationKind: string;
  readonly annotationUntil: string;
  readonly annotationKinds: Readonly<Record<AnnotationKind, string>>;
  readonly tierMix: string;
  readonly noTiers: string;
  readonly showTier: string;
  readonly goals: string;
  readonly goalStates: Readonly<Record<GoalState, string>>;
  readonly goalUnknown: string;
  readonly goalOf: (actual: string, target: string) => string;
  readonly goalDue: (due: string, elapsed: number, days: number) => string;
  readonly metricName: (metric: string) => string;
  readonly campaigns: string;
  readonly campaign: string;
  readonly best: string;
  readonly toLookAt: string;
  readonly noCampaigns: string;
  readonly platforms: string;
  readonly spend: string;
  readonly costPerLead: string;
  readonly troubles: Readonly<
    Record<'cost_per_lead_up' | 'roi_fallen' | 'roi_negative', (by: string) => string>
  >;
  readonly needsAttention: string;
  readonly attentionCounts: (urgent: string, warning: string, notice: string) => string;
  readonly severities: Readonly<Record<Severity, string>>;
  readonly attention: Readonly<Record<AttentionCode, string>>;
  readonly attentionMeasure: (code: AttentionCode, figure: string, comparedWith: string) => string;
  readonly insights: string;
  readonly margin: string;
  readonly marginOf: (fee: string, cost: string) => string;
  readonly tierFit: string;
  readonly fits: Readonly<Record<keyof Dashboard['insights']['tierFit'], string>>;
  readonly runOuts: string;
  readonly meters: Readonly<
    Record<Dashboard['insights']['runOuts']['items'][number]['meter'], string>
  >;
  readonly nothingToLookAt: string;
  readonly showAll: (count: string) => string;
  readonly showFewer: string;
  readonly client: string;
  readonly tier: string;
  readonly change: string;
  readonly days30: string;
  readonly postsIn30Days: (count: string) => string;
  readonly budget: string;
  readonly noBudget: string;
  readonly budgetStates: Readonly<
    Record<'no_budget' | 'ok' | 'warning' | 'reached' | 'over', string>
  >;
  readonly never: string;
  readonly searchClients: string;
  readonly allTiers: string;
  readonly withoutTier: string;
  readonly orderBy: string;
  readonly noClients: string;
  readonly noneFound: string;
  readonly shown: (first: string, last: string, found: string) => string;
  readonly previousPage: string;
  readonly nextPage: string;
  readonly updated: (ago: string) => string;
  readonly behind: (behind: string, all: string) => string;
  readonly measured: (measured: string, posts: string) => string;
  readonly valued: (valued: string, clients: string) => string;
  readonly lag: string;
}
