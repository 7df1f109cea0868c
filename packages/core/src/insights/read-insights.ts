import type { KpiWorld } from '../kpi/counted.ts';
import type { Freshness } from '../kpi/freshness.ts';
import type { AttentionItem } from './attention/attention-dto.ts';
import { readAllowances } from './attention/limit-attention.ts';
import { readAttention } from './attention/read-attention.ts';
import type { JudgedPeriod } from './judged-period.ts';
import { openCountersOf } from './open-counters.ts';
import { gaugesOf, type Allowance } from './run-outs.ts';
import { serviceOf, type Service } from './served-clients.ts';
import { readKeptTaken, type Taken } from './taken.ts';

/** The figures that insights are told of. */
export interface InsightsOf {
  readonly current: JudgedPeriod | undefined;
  readonly previous: JudgedPeriod | undefined;
  readonly freshness: Freshness;
}

/** What clients were promised, and what they took of it. */
export interface ReadService {
  readonly service: Service;
  readonly taken: Taken;
}

/** Reads what clients were promised and what they took of it. */
export async function readServiceTaken(kpi: KpiWorld, now: Date): Promise<ReadService> {
  const service = await serviceOf(kpi, now);
  const { sql, agencyId, memory } = kpi;
  return { service, taken: await readKeptTaken(sql, service.now, { ...memory, agencyId }) };
}

/** What an agency's own numbers tell. */
export interface Insights extends ReadService {
  readonly allowances: readonly Allowance[];
  /** In no order. */
  readonly attention: readonly AttentionItem[];
}

/** Reads what needs attention, and when allowances run out. */
export async function readInsights(
  kpi: KpiWorld,
  { service, taken }: ReadService,
  periods: InsightsOf,
): Promise<Insights> {
  const counters = openCountersOf(service, (id) => taken(id).counters);
  const allowances = await readAllowances(service, gaugesOf(service, counters));
  const world = { ...kpi, service, taken, ...periods };
  const attention = await readAttention(world, { counters, allowances });
  return { service, taken, allowances, attention };
}
