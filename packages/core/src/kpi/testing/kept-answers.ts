import { needsAttention } from '../../insights/needs-attention.ts';
import type { ServiceContext } from '../../kernel/context.ts';
import { targetStates } from '../../plans/targets/target-states.ts';
import { listKpiCampaigns } from '../campaign-list/list-kpi-campaigns.ts';
import { listKpiClients } from '../client-list/list-kpi-clients.ts';
import { getAgencyKPIDashboard } from '../get-agency-kpi-dashboard.ts';
import { getKpiSeries } from '../series/get-kpi-series.ts';

/** Periods that share days, months or nothing with each other. */
export const ASKS = [
  { startDate: '2026-03-01', endDate: '2026-03-31' },
  { startDate: '2026-03-20', endDate: '2026-04-05', compareTo: 'previous_month' },
  {},
] as const;

/** One of them. */
export type Ask = (typeof ASKS)[number];

/** Every answer that is put together from kept parts. */
export const KEPT_ANSWERS = {
  dashboard: getAgencyKPIDashboard,
  series: getKpiSeries,
  clients: listKpiClients,
  campaigns: listKpiCampaigns,
  attention: needsAttention,
  goals: (ctx: ServiceContext, { startDate = '2026-04-01' }: { readonly startDate?: string }) =>
    targetStates(ctx, { month: startDate.slice(0, 7) }),
} satisfies Record<string, (ctx: ServiceContext, ask: Ask) => Promise<{ readonly asOf: Date }>>;

/** One of them. */
export type KeptAnswer = keyof typeof KEPT_ANSWERS;
