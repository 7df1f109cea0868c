import type { Metric, Reason } from '../home/metrics.ts';

/** What the first page says at first sight. */
export interface HomeMessages {
  readonly figures: string;
  readonly staleFigures: string;
  readonly clamped: string;
  readonly noPosts: (period: string) => string;
  readonly metrics: Readonly<
    Record<Metric, { readonly name: string; readonly formula: string; readonly sources: string }>
  >;
  readonly unknown: (metric: Metric | 'costPerLead', reason: Reason | undefined) => string;
  readonly notCompared: string;
  readonly firstTime: string;
  readonly versus: (days: string, value: string) => string;
  readonly perDay: (change: string) => string;
  readonly knownPart: (amount: string) => string;
  readonly explain: (name: string) => string;
  readonly formula: string;
  readonly sources: string;
  readonly lastSync: string;
  readonly metricsUntil: (day: string) => string;
  readonly noMetrics: string;
}
