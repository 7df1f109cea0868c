import type { EntityManager } from '@mikro-orm/postgresql';

import type { KpiWorld } from '../kpi/counted.ts';
import type { Freshness } from '../kpi/freshness.ts';
import type { AttentionItem } from './attention/attention-dto.ts';
import { readAllowances } from './attention/limit-attention.ts';
import { readAttention } from './attention/read-attention.ts';
import type { JudgedPeriod } from './judged-period.ts';
import { readOpenCounters } from './open-counters.ts';
import { gaugesOf, type Allowance } from './run-outs.ts';
import { readService, type Service } from './served-clients.ts';

/** What insights are read from, beside what the figures of the period were. */
export interface InsightsAsk {
  readonly kpi: KpiWorld;
  readonly now: Date;
  readonly current: JudgedPeriod | undefined;
  readonly previous: JudgedPeriod | undefined;
  readonly freshness: Freshness;
}

/** What an agency's own numbers tell. */
export interface Insights {
  readonly service: Service;
  readonly allowances: readonly Allowance[];
  /** The worst first. */
  readonly attention: readonly AttentionItem[];
}

/** Reads promises, counters and what needs attention, in the view of the open transaction. */
export async function readInsights(em: EntityManager, ask: InsightsAsk): Promise<Insights> {
  const { kpi, now, ...periods } = ask;
  const { sql, agency, memory } = kpi;
  const service = await readService(sql, {
    agencyId: agency.id,
    now,
    policies: memory.policies,
  });
  const counters = await readOpenCounters(service);
  const allowances = await readAllowances(service, gaugesOf(service, counters));
  const world = { ...kpi, em, service, ...periods };
  return {
    service,
    allowances,
    attention: await readAttention(world, { counters, allowances }),
  };
}
