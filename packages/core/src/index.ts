export { createApiKey, CreateApiKeyInput } from './access/create-api-key.ts';
export { findApiKey } from './access/find-api-key.ts';
export { listApiKeys } from './access/list-api-keys.ts';
export { revokeApiKey, RevokeApiKeyInput } from './access/revoke-api-key.ts';
export { createAnnotation, CreateAnnotationInput } from './annotations/create-annotation.ts';
export { deleteAnnotation, DeleteAnnotationInput } from './annotations/delete-annotation.ts';
export { listAnnotations, ListAnnotationsInput } from './annotations/list-annotations.ts';
export { updateAnnotation, UpdateAnnotationInput } from './annotations/update-annotation.ts';
export { listBenchmarks, ListBenchmarksInput } from './assumptions/benchmarks/list-benchmarks.ts';
export { setBenchmark, SetBenchmarkInput } from './assumptions/benchmarks/set-benchmark.ts';
export {
  listTimeSavedBaselines,
  ListTimeSavedBaselinesInput,
} from './assumptions/time-saved-baselines/list-time-saved-baselines.ts';
export {
  setTimeSavedBaseline,
  SetTimeSavedBaselineInput,
} from './assumptions/time-saved-baselines/set-time-saved-baseline.ts';
export { listAudit, ListAuditInput } from './audit/list-audit.ts';
export {
  assignTierToClient,
  AssignTierInput,
  type AssignedTier,
} from './billing/assign-tier-to-client.ts';
export { cancelAssignment, CancelAssignmentInput } from './billing/cancel-assignment.ts';
export {
  cancelScheduledChange,
  CancelScheduledChangeInput,
} from './billing/cancel-scheduled-change.ts';
export { clientTierHistory, ClientTierHistoryInput } from './billing/client-tier-history.ts';
export { grantOverride, GrantOverrideInput } from './billing/grant-override.ts';
export { listOverrides, ListOverridesInput } from './billing/list-overrides.ts';
export { pauseClient, PauseClientInput } from './billing/pause-client.ts';
export { previewTierChange, type TierChangePreview } from './billing/preview-tier-change.ts';
export { resumeClient, ResumeClientInput } from './billing/resume-client.ts';
export { revokeOverride, RevokeOverrideInput } from './billing/revoke-override.ts';
export { setPastDue, SetPastDueInput } from './billing/set-past-due.ts';
export { uncancelAssignment, UncancelAssignmentInput } from './billing/uncancel-assignment.ts';
export { getAgencyBrand, getBrandToDraw, type BrandToDraw } from './branding/get-agency-brand.ts';
export { setAgencyBrand, SetAgencyBrandInput } from './branding/set-agency-brand.ts';
export { ClientCostItem } from './costs/client-costs/client-cost-input.ts';
export type { ClientCostKind } from './costs/client-costs/client-cost.entity.ts';
export {
  createClientCost,
  CreateClientCostInput,
} from './costs/client-costs/create-client-cost.ts';
export {
  deleteClientCost,
  DeleteClientCostInput,
} from './costs/client-costs/delete-client-cost.ts';
export { listClientCosts, ListClientCostsInput } from './costs/client-costs/list-client-costs.ts';
export {
  recordClientCosts,
  RecordClientCostsInput,
} from './costs/client-costs/record-client-costs.ts';
export {
  updateClientCost,
  UpdateClientCostInput,
} from './costs/client-costs/update-client-cost.ts';
export {
  listExchangeRates,
  ListExchangeRatesInput,
} from './costs/exchange-rates/list-exchange-rates.ts';
export {
  setExchangeRates,
  SetExchangeRatesInput,
} from './costs/exchange-rates/set-exchange-rates.ts';
export { listRates, ListRatesInput } from './costs/rates/list-rates.ts';
export { removeRate, RemoveRateInput } from './costs/rates/remove-rate.ts';
export { setRate, SetRateInput } from './costs/rates/set-rate.ts';
export { createTimeEntry, CreateTimeEntryInput } from './costs/time-entries/create-time-entry.ts';
export { deleteTimeEntry, DeleteTimeEntryInput } from './costs/time-entries/delete-time-entry.ts';
export { importTimeEntries, TimeEntryLine } from './costs/time-entries/import-time-entries.ts';
export {
  listAgencyTimeEntries,
  ListAgencyTimeEntriesInput,
  listTimeEntries,
  ListTimeEntriesInput,
} from './costs/time-entries/list-time-entries.ts';
export { startTimer, StartTimerInput } from './costs/time-entries/start-timer.ts';
export { stopTimer, StopTimerInput } from './costs/time-entries/stop-timer.ts';
export { updateTimeEntry, UpdateTimeEntryInput } from './costs/time-entries/update-time-entry.ts';
export { createToolCost, CreateToolCostInput } from './costs/tool-costs/create-tool-cost.ts';
export { deleteToolCost, DeleteToolCostInput } from './costs/tool-costs/delete-tool-cost.ts';
export { listToolCosts, ListToolCostsInput } from './costs/tool-costs/list-tool-costs.ts';
export { updateToolCost, UpdateToolCostInput } from './costs/tool-costs/update-tool-cost.ts';
export { openDatabase, type Database } from './db/connect.ts';
export { startEmbedded } from './db/embedded.ts';
export { isMigrated, migrate } from './db/migrate.ts';
export { sqlSession, type SqlSession } from './db/sql-session.ts';
export { dropExpiredExports } from './exports/drop-expired-exports.ts';
export type { ExportStatus } from './exports/export-dto.ts';
export type { ExportFormat } from './exports/export-job.entity.ts';
export { getExport, getExportFile, GetExportInput, type ExportFile } from './exports/get-export.ts';
export { openExport } from './exports/open-export.ts';
export { tellExport, type ExportNews } from './exports/tell-export.ts';
export type {
  Decision,
  DecisionReason,
  Settlement,
  SuggestedTier,
  Usage,
  WindowDto,
} from './gate/answer.ts';
export { createGate, type Gate, type GateStats } from './gate/gate.ts';
export { hostGate } from './gate/host-transaction.ts';
export type { Attachment } from './gate/ops/attach.ts';
export {
  ATTACH_FIELDS,
  CHECK_FIELDS,
  checkInput,
  FAILED_FIELDS,
  HookInputs,
  MOVE_FIELDS,
  POST_FIELDS,
  Quantity,
  REPORT_FIELDS,
  RESERVE_FIELDS,
  SETTLE_FIELDS,
  UPLOAD_DELETED_FIELDS,
  UPLOAD_FIELDS,
  type CheckInput,
  type HookInput,
  type HookName,
} from './hooks/hook-input.ts';
export type { HookCall } from './hooks/hook-op.ts';
export {
  checkHook,
  tellHook,
  tellHooks,
  type HookAnswer,
  type HookContext,
  type HookOutcome,
} from './hooks/tell-hook.ts';
export { budgetStates, BudgetStatesInput } from './insights/budget-states.ts';
export { clientMargins, ClientMarginsInput } from './insights/client-margins.ts';
export { clientRunOuts, ClientRunOutsInput } from './insights/client-run-outs.ts';
export { listRunOuts, ListRunOutsInput } from './insights/list-run-outs.ts';
export { listTierFits, ListTierFitsInput } from './insights/list-tier-fits.ts';
export { needsAttention, NeedsAttentionInput } from './insights/needs-attention.ts';
export { readUtilisation, ReadUtilisationInput } from './insights/read-utilisation.ts';
export { ListKpiCampaignsInput, listKpiCampaigns } from './kpi/campaign-list/list-kpi-campaigns.ts';
export { ListKpiClientsInput, listKpiClients } from './kpi/client-list/list-kpi-clients.ts';
export { GetAgencyKPIDashboardInput } from './kpi/dashboard-input.ts';
export type { KpiDashboard } from './kpi/dashboard-dto.ts';
export { getAgencyKPIDashboard } from './kpi/get-agency-kpi-dashboard.ts';
export { GetKpiSeriesInput, getKpiSeries } from './kpi/series/get-kpi-series.ts';
export { startJobs } from './jobs/start-jobs.ts';
export { startRefresher } from './jobs/start-refresher.ts';
export type { Changed } from './kernel/changed.ts';
export { createContext, inTransaction, type Actor, type ServiceContext } from './kernel/context.ts';
export type { Log } from './kernel/log.ts';
export type { Taken } from './kernel/take-keyed.ts';
export { openLive, type Live, type LiveEvent, type LiveStats } from './live/open-live.ts';
export { listBudgets, ListBudgetsInput } from './plans/budgets/list-budgets.ts';
export { setBudget, SetBudgetInput } from './plans/budgets/set-budget.ts';
export { listCapacities, ListCapacitiesInput } from './plans/capacities/list-capacities.ts';
export { setCapacity, SetCapacityInput } from './plans/capacities/set-capacity.ts';
export { listTargets, ListTargetsInput } from './plans/targets/list-targets.ts';
export { setTarget, SetTargetInput } from './plans/targets/set-target.ts';
export type { TargetMetric } from './plans/targets/target-metrics.ts';
export { getPortalLogo, GetPortalLogoInput } from './portal/get-portal-logo.ts';
export { getPortalSummary, GetPortalSummaryInput } from './portal/get-portal-summary.ts';
export type { PortalSummary } from './portal/portal-dto.ts';
export { createReport, CreateReportInput, type CreatedReport } from './reports/create-report.ts';
export { downloadReport } from './reports/download-report.ts';
export { getReport, GetReportInput, type ReportInFull } from './reports/get-report.ts';
export { listReports, ListReportsInput } from './reports/list-reports.ts';
export { makeDueReports, type ReportsTakenUp } from './reports/make-due-reports.ts';
export type {
  ReportContent,
  ReportDates,
  ReportDriver,
  ReportFigures,
  ReportRow,
  ReportUsage,
} from './reports/report-content.ts';
export type { ReportDto } from './reports/report-dto.ts';
export type {
  MadeReport,
  MailReceipt,
  ReportFile,
  ReportMail,
  ReportPorts,
} from './reports/report-ports.ts';
export { sendReport, SendReportInput } from './reports/send-report.ts';
export { targetStates, TargetStatesInput } from './plans/targets/target-states.ts';
export { refreshAgency, refreshClient } from './rollups/refresh.ts';
export { checkRollups, keepRollups, type AgencyRollups } from './rollups/check-rollups.ts';
export { archiveAgency } from './tenancy/archive-agency.ts';
export { archiveClient, ArchiveClientInput } from './tenancy/archive-client.ts';
export { getAgency } from './tenancy/get-agency.ts';
export { getClient, GetClientInput } from './tenancy/get-client.ts';
export { Moment, momentOf } from './tenancy/input-fields.ts';
export { listAgencies, ListAgenciesInput } from './tenancy/list-agencies.ts';
export { listClients, ListClientsInput } from './tenancy/list-clients.ts';
export { MoneyInput } from './tenancy/money-input.ts';
export { upsertAgency, UpsertAgencyInput } from './tenancy/upsert-agency.ts';
export { upsertClient, UpsertClientInput } from './tenancy/upsert-client.ts';
export { archiveTier, ArchiveTierInput } from './tiers/archive-tier.ts';
export { createDefaultTiers } from './tiers/create-default-tiers.ts';
export { createServiceTier, CreateServiceTierInput } from './tiers/create-service-tier.ts';
export { getTier, GetTierInput } from './tiers/get-tier.ts';
export { listServiceTiers, ListServiceTiersInput } from './tiers/list-service-tiers.ts';
export { publishTierVersion, PublishTierVersionInput } from './tiers/publish-tier-version.ts';
export type { TierDto } from './tiers/tier-dto.ts';
export {
  checkTierLimits,
  CheckTierLimitsInput,
  type LimitsState,
} from './usage/check-tier-limits.ts';
export { getClientTier, GetClientTierInput, type ClientTier } from './usage/get-client-tier.ts';
export { listClientTiers, ListClientTiersInput } from './usage/list-client-tiers.ts';
export { listAlerts, ListAlertsInput, type Alert } from './usage/list-alerts.ts';
export { findDrift, keepNightly, sweep, type Drift } from './usage/sweep.ts';
export { updateTierUsage, UpdateTierUsageInput } from './usage/update-tier-usage.ts';
export { archiveCampaign, ArchiveCampaignInput } from './value/campaigns/archive-campaign.ts';
export { listCampaigns, ListCampaignsInput } from './value/campaigns/list-campaigns.ts';
export { upsertCampaign, UpsertCampaignInput } from './value/campaigns/upsert-campaign.ts';
export { createConversion, CreateConversionInput } from './value/conversions/create-conversion.ts';
export { deleteConversion, DeleteConversionInput } from './value/conversions/delete-conversion.ts';
export { listConversions, ListConversionsInput } from './value/conversions/list-conversions.ts';
export {
  ConversionRow,
  recordConversions,
  RecordConversionsInput,
} from './value/conversions/record-conversions.ts';
export { updateConversion, UpdateConversionInput } from './value/conversions/update-conversion.ts';
export { explainFigure, type Explanation } from './value/explain/explain-figure.ts';
export { ExplainFigureInput } from './value/explain/explain-input.ts';
export { calculateValueTracking } from './value/tracking/calculate-value-tracking.ts';
export { CalculateValueTrackingInput } from './value/tracking/tracking-input.ts';
export {
  getAgencyValueTracking,
  GetAgencyValueTrackingInput,
} from './value/tracking/get-agency-value-tracking.ts';
export { getClientMonths, GetClientMonthsInput } from './value/tracking/get-client-months.ts';
export {
  getClientValueTracking,
  GetClientValueTrackingInput,
} from './value/tracking/get-client-value-tracking.ts';
export { RecordMetricsInput } from './value/observations/observation-input.ts';
export { recordMetrics, type RecordedMetrics } from './value/observations/record-metrics.ts';
