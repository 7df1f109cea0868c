import { agenciesRouter } from './routers/agencies.ts';
import { annotationsRouter } from './routers/annotations.ts';
import { apiKeysRouter } from './routers/api-keys.ts';
import { auditRouter } from './routers/audit.ts';
import { benchmarksRouter } from './routers/benchmarks.ts';
import { budgetsRouter } from './routers/budgets.ts';
import { campaignsRouter } from './routers/campaigns.ts';
import { capacitiesRouter } from './routers/capacities.ts';
import { adSpendRouter, otherCostsRouter } from './routers/client-costs.ts';
import { clientTierRouter } from './routers/client-tier.ts';
import { clientsRouter } from './routers/clients.ts';
import { conversionsRouter } from './routers/conversions.ts';
import { exchangeRatesRouter } from './routers/exchange-rates.ts';
import { hooksRouter } from './routers/hooks.ts';
import { insightsRouter } from './routers/insights.ts';
import { kpiDashboardRouter } from './routers/kpi-dashboard.ts';
import { operationsRouter } from './routers/operations.ts';
import { portalRouter } from './routers/portal.ts';
import { ratesRouter } from './routers/rates.ts';
import { reportsRouter } from './routers/reports.ts';
import { serviceTiersRouter } from './routers/service-tiers.ts';
import { targetsRouter } from './routers/targets.ts';
import { timeEntriesRouter } from './routers/time-entries.ts';
import { timeSavedBaselinesRouter } from './routers/time-saved-baselines.ts';
import { tokensRouter } from './routers/tokens.ts';
import { toolCostsRouter } from './routers/tool-costs.ts';
import { valueTrackingRouter } from './routers/value-tracking.ts';
import { createCallerFactory, router } from './trpc.ts';

/** Every procedure there is. REST, the OpenAPI document and the typed client all come from it. */
export const appRouter = router({
  adSpend: adSpendRouter,
  agencies: agenciesRouter,
  annotations: annotationsRouter,
  apiKeys: apiKeysRouter,
  audit: auditRouter,
  benchmarks: benchmarksRouter,
  budgets: budgetsRouter,
  campaigns: campaignsRouter,
  capacities: capacitiesRouter,
  clients: clientsRouter,
  clientTier: clientTierRouter,
  conversions: conversionsRouter,
  exchangeRates: exchangeRatesRouter,
  hooks: hooksRouter,
  insights: insightsRouter,
  kpiDashboard: kpiDashboardRouter,
  operations: operationsRouter,
  otherCosts: otherCostsRouter,
  portal: portalRouter,
  rates: ratesRouter,
  reports: reportsRouter,
  serviceTiers: serviceTiersRouter,
  targets: targetsRouter,
  timeEntries: timeEntriesRouter,
  timeSavedBaselines: timeSavedBaselinesRouter,
  tokens: tokensRouter,
  toolCosts: toolCostsRouter,
  valueTracking: valueTrackingRouter,
});

/** The type that clients import; nothing of it is left at run time. */
export type AppRouter = typeof appRouter;

/** Runs procedures without a network, for tests. */
export const createCaller = createCallerFactory(appRouter);
