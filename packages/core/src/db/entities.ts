import { ApiKey } from '../access/api-key.entity.ts';
import { Annotation } from '../annotations/annotation.entity.ts';
import { Benchmark } from '../assumptions/benchmarks/benchmark.entity.ts';
import { TimeSavedBaseline } from '../assumptions/time-saved-baselines/time-saved-baseline.entity.ts';
import { AuditEntry } from '../audit/audit-entry.entity.ts';
import { Assignment } from '../billing/assignment.entity.ts';
import { BlockingState } from '../billing/blocking-state.entity.ts';
import { LimitOverride } from '../billing/limit-override.entity.ts';
import { AgencyBrand } from '../branding/agency-brand.entity.ts';
import { ClientCost } from '../costs/client-costs/client-cost.entity.ts';
import { ExchangeRate } from '../costs/exchange-rates/exchange-rate.entity.ts';
import { Rate } from '../costs/rates/rate.entity.ts';
import { TimeEntry } from '../costs/time-entries/time-entry.entity.ts';
import { ToolCost } from '../costs/tool-costs/tool-cost.entity.ts';
import { ExportJob } from '../exports/export-job.entity.ts';
import { Budget } from '../plans/budgets/budget.entity.ts';
import { Capacity } from '../plans/capacities/capacity.entity.ts';
import { Target } from '../plans/targets/target.entity.ts';
import { Report } from '../reports/report.entity.ts';
import { Agency } from '../tenancy/agency.entity.ts';
import { ClientCalendar } from '../tenancy/client-calendar.entity.ts';
import { Client } from '../tenancy/client.entity.ts';
import { Tier, TierVersion } from '../tiers/tier.entity.ts';
import { Campaign } from '../value/campaigns/campaign.entity.ts';
import { Conversion } from '../value/conversions/conversion.entity.ts';
import { ClientValueTracking } from '../value/tracking/value-tracking.entity.ts';

/** Every entity, by name; nothing is discovered by folder. */
export const entities = [
  Agency,
  Client,
  ClientCalendar,
  Tier,
  TierVersion,
  Assignment,
  BlockingState,
  LimitOverride,
  ApiKey,
  AuditEntry,
  ClientValueTracking,
  Campaign,
  Conversion,
  Rate,
  TimeEntry,
  ClientCost,
  ToolCost,
  ExchangeRate,
  Budget,
  Target,
  Capacity,
  TimeSavedBaseline,
  Benchmark,
  AgencyBrand,
  ExportJob,
  Report,
  Annotation,
];
