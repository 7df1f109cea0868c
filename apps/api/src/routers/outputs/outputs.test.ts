import type {
  AssignedTier,
  Attachment,
  budgetStates,
  checkTierLimits,
  clientMargins,
  clientRunOuts,
  clientTierHistory,
  createAnnotation,
  createApiKey,
  createClientCost,
  createConversion,
  createReport,
  createTimeEntry,
  createToolCost,
  Decision,
  deleteTimeEntry,
  explainFigure,
  getAgency,
  getAgencyKPIDashboard,
  getClientTier,
  getReport,
  grantOverride,
  listAlerts,
  listApiKeys,
  listAudit,
  listBenchmarks,
  listBudgets,
  listCampaigns,
  listCapacities,
  listClientCosts,
  listExchangeRates,
  listRates,
  listReports,
  listRunOuts,
  listTargets,
  listTierFits,
  listTimeEntries,
  listTimeSavedBaselines,
  listToolCosts,
  needsAttention,
  LiveEvent,
  readUtilisation,
  RecordedMetrics,
  setBudget,
  setExchangeRates,
  Settlement,
  targetStates,
  TierChangePreview,
  TierDto,
  upsertClient,
} from '@retainer/core';
import { describe, expectTypeOf, test } from 'vitest';
import type * as z from 'zod';

import type { apiKeyOut, createdApiKeyOut } from './access.ts';
import type { annotationOut } from './annotation.ts';
import type { benchmarkOut, timeSavedBaselineOut } from './assumption.ts';
import type { auditItemOut } from './audit.ts';
import type { campaignOut } from './campaign.ts';
import type {
  alertOut,
  assignedTierOut,
  checkedOut,
  clientTierOut,
  grantedOverrideOut,
  historyOut,
  previewOut,
} from './client-tier.ts';
import type { createdConversionOut } from './conversion.ts';
import type {
  clientCostOut,
  createdClientCostOut,
  createdToolCostOut,
  exchangeRateOut,
  exchangeRatesSetOut,
  toolCostOut,
} from './cost.ts';
import type { explanationOut } from './explanation.ts';
import type { attachmentOut, decisionOut, settlementOut } from './gate.ts';
import type {
  budgetStatesOut,
  clientMarginsOut,
  clientRunOutsOut,
  needsAttentionOut,
  runOutsOut,
  tierFitsOut,
  utilisationOut,
} from './insights.ts';
import type { kpiDashboardOut } from './kpi-dashboard.ts';
import type { agencyEventOut } from './live.ts';
import type { recordedMetricsOut } from './metrics.ts';
import type {
  budgetOut,
  capacityOut,
  judgedBudgetOut,
  targetOut,
  targetStatesOut,
} from './plan.ts';
import type { rateOut } from './rate.ts';
import type { createdReportOut, reportInFullOut, reportOut } from './report.ts';
import type { agencyOut, upsertedClientOut } from './tenancy.ts';
import type { tierOut } from './tier.ts';
import type { deletedTimeEntryOut, timeEntryOut, toldTimeEntryOut } from './time-entry.ts';

/** A type without `readonly`, intersections or the difference between absent and undefined. */
type Plain<T> = T extends Date
  ? Date
  : T extends readonly (infer TItem)[]
    ? Plain<TItem>[]
    : T extends object
      ? { -readonly [TKey in keyof T]: Plain<Exclude<T[TKey], undefined>> }
      : T;

type Output<TSchema extends z.ZodType> = Plain<z.output<TSchema>>;
// oxlint-disable-next-line typescript/no-explicit-any -- any use case at all
type Answer<TVerb extends (...args: any[]) => Promise<unknown>> = Plain<Awaited<ReturnType<TVerb>>>;
// oxlint-disable-next-line typescript/no-explicit-any -- any use case at all
type Item<TVerb extends (...args: any[]) => Promise<{ items: unknown }>> = Answer<TVerb>['items'];

// A schema leaves out what it does not name: these fail to compile when core answers more, or other, than they say.
describe('given what core answers', () => {
  test('when a schema writes it out, then no field is lost', () => {
    expectTypeOf<Output<typeof decisionOut>>().toEqualTypeOf<Plain<Decision>>();
    expectTypeOf<Output<typeof settlementOut>>().toEqualTypeOf<Plain<Settlement>>();
    expectTypeOf<Output<typeof attachmentOut>>().toEqualTypeOf<Plain<Attachment>>();
    expectTypeOf<Output<typeof recordedMetricsOut>>().toEqualTypeOf<Plain<RecordedMetrics>>();
    expectTypeOf<Output<typeof tierOut>>().toEqualTypeOf<Plain<TierDto>>();
    expectTypeOf<Output<typeof agencyOut>>().toEqualTypeOf<Answer<typeof getAgency>>();
    expectTypeOf<Output<typeof upsertedClientOut>>().toEqualTypeOf<Answer<typeof upsertClient>>();
    expectTypeOf<Output<typeof clientTierOut>>().toEqualTypeOf<Answer<typeof getClientTier>>();
    expectTypeOf<Output<typeof previewOut>>().toEqualTypeOf<Plain<TierChangePreview>>();
    expectTypeOf<Output<typeof checkedOut>>().toEqualTypeOf<Answer<typeof checkTierLimits>>();
    expectTypeOf<Output<typeof historyOut>>().toEqualTypeOf<Answer<typeof clientTierHistory>>();
    expectTypeOf<Output<typeof grantedOverrideOut>>().toEqualTypeOf<Answer<typeof grantOverride>>();
    expectTypeOf<Output<typeof createdApiKeyOut>>().toEqualTypeOf<Answer<typeof createApiKey>>();
    expectTypeOf<Output<typeof apiKeyOut>[]>().toEqualTypeOf<Answer<typeof listApiKeys>>();
    expectTypeOf<Output<typeof auditItemOut>[]>().toEqualTypeOf<Item<typeof listAudit>>();
    expectTypeOf<Output<typeof campaignOut>[]>().toEqualTypeOf<Item<typeof listCampaigns>>();
    expectTypeOf<Output<typeof createdConversionOut>>().toEqualTypeOf<
      Answer<typeof createConversion>
    >();
    expectTypeOf<Output<typeof rateOut>[]>().toEqualTypeOf<Item<typeof listRates>>();
    expectTypeOf<Output<typeof timeEntryOut>[]>().toEqualTypeOf<Item<typeof listTimeEntries>>();
    expectTypeOf<Output<typeof toldTimeEntryOut>>().toEqualTypeOf<Answer<typeof createTimeEntry>>();
    expectTypeOf<Output<typeof deletedTimeEntryOut>>().toEqualTypeOf<
      Answer<typeof deleteTimeEntry>
    >();
    expectTypeOf<Output<typeof explanationOut>>().toEqualTypeOf<Answer<typeof explainFigure>>();
    expectTypeOf<Output<typeof kpiDashboardOut>>().toEqualTypeOf<
      Answer<typeof getAgencyKPIDashboard>
    >();
    expectTypeOf<Output<typeof agencyEventOut>>().toEqualTypeOf<Plain<LiveEvent>>();
    expectTypeOf<Output<typeof clientMarginsOut>>().toEqualTypeOf<Answer<typeof clientMargins>>();
    expectTypeOf<Output<typeof utilisationOut>>().toEqualTypeOf<Answer<typeof readUtilisation>>();
    expectTypeOf<Output<typeof budgetStatesOut>>().toEqualTypeOf<Answer<typeof budgetStates>>();
    expectTypeOf<Output<typeof tierFitsOut>>().toEqualTypeOf<Answer<typeof listTierFits>>();
    expectTypeOf<Output<typeof runOutsOut>>().toEqualTypeOf<Answer<typeof listRunOuts>>();
    expectTypeOf<Output<typeof clientRunOutsOut>>().toEqualTypeOf<Answer<typeof clientRunOuts>>();
    expectTypeOf<Output<typeof needsAttentionOut>>().toEqualTypeOf<Answer<typeof needsAttention>>();
    expectTypeOf<Output<typeof annotationOut>>().toEqualTypeOf<Answer<typeof createAnnotation>>();
    expectTypeOf<Output<typeof alertOut>[]>().toEqualTypeOf<Item<typeof listAlerts>>();
    expectTypeOf<Output<typeof reportOut>[]>().toEqualTypeOf<Item<typeof listReports>>();
    expectTypeOf<Output<typeof createdReportOut>>().toEqualTypeOf<Answer<typeof createReport>>();
    expectTypeOf<Output<typeof reportInFullOut>>().toEqualTypeOf<Answer<typeof getReport>>();
    expectTypeOf<keyof Output<typeof assignedTierOut>>().toEqualTypeOf<keyof AssignedTier>();
  });

  test('when it is a cost, a plan or an assumption, then no field is lost either', () => {
    expectTypeOf<Output<typeof clientCostOut>[]>().toEqualTypeOf<Item<typeof listClientCosts>>();
    expectTypeOf<Output<typeof createdClientCostOut>>().toEqualTypeOf<
      Answer<typeof createClientCost>
    >();
    expectTypeOf<Output<typeof toolCostOut>[]>().toEqualTypeOf<Item<typeof listToolCosts>>();
    expectTypeOf<Output<typeof createdToolCostOut>>().toEqualTypeOf<
      Answer<typeof createToolCost>
    >();
    expectTypeOf<Output<typeof exchangeRateOut>[]>().toEqualTypeOf<
      Item<typeof listExchangeRates>
    >();
    expectTypeOf<Output<typeof exchangeRatesSetOut>>().toEqualTypeOf<
      Answer<typeof setExchangeRates>
    >();
    expectTypeOf<Output<typeof budgetOut>>().toEqualTypeOf<Answer<typeof setBudget>>();
    expectTypeOf<Output<typeof judgedBudgetOut>[]>().toEqualTypeOf<Item<typeof listBudgets>>();
    expectTypeOf<Output<typeof targetStatesOut>>().toEqualTypeOf<Answer<typeof targetStates>>();
    expectTypeOf<Output<typeof targetOut>[]>().toEqualTypeOf<Item<typeof listTargets>>();
    expectTypeOf<Output<typeof capacityOut>[]>().toEqualTypeOf<Item<typeof listCapacities>>();
    expectTypeOf<Output<typeof timeSavedBaselineOut>[]>().toEqualTypeOf<
      Item<typeof listTimeSavedBaselines>
    >();
    expectTypeOf<Output<typeof benchmarkOut>[]>().toEqualTypeOf<Item<typeof listBenchmarks>>();
  });
});
