import {
  ATTENTION,
  type Attention,
  type AttentionCode,
  type AttentionSeverity,
  type Meter,
} from '@retainer/domain';

import type { MeasureDto } from './measures.ts';

/** Where in the product more of it is told. */
export type LookAt =
  | 'tier'
  | 'limits'
  | 'posts'
  | 'margin'
  | 'budgets'
  | 'value'
  | 'campaign'
  | 'metrics'
  | 'time_entries'
  | 'exchange_rates';

/** What is told of something: its figure, what that was compared with, and a sentence. */
export interface Told {
  readonly figure: MeasureDto | null;
  readonly comparedWith: MeasureDto | null;
  readonly message: string;
}

/** One thing that needs attention. What is told of it is put into words only where somebody reads it. */
export interface AttentionItem extends Attention {
  readonly clientName: string;
  readonly campaign?: { readonly id: string; readonly name: string };
  readonly meter?: Meter;
  readonly tell: () => Told;
}

/** One thing that needs attention, as callers read it. */
export interface AttentionDto {
  readonly code: AttentionCode;
  readonly severity: AttentionSeverity;
  readonly clientWorkspaceId: string;
  readonly clientName: string;
  readonly campaignId: string | null;
  readonly campaignName: string | null;
  readonly meter: Meter | null;
  readonly figure: MeasureDto | null;
  readonly comparedWith: MeasureDto | null;
  /** A sentence for people. */
  readonly message: string;
  readonly lookAt: LookAt;
}

/** How much needs attention. */
export interface AttentionCounts {
  readonly total: number;
  readonly urgent: number;
  readonly warning: number;
  readonly notice: number;
}

const LOOK_AT: Readonly<Record<AttentionCode, LookAt>> = {
  trial_ended: 'tier',
  past_due: 'tier',
  posts_denied: 'posts',
  over_limit: 'limits',
  over_limit_unchecked: 'posts',
  margin_negative: 'margin',
  budget_over: 'budgets',
  no_tier: 'tier',
  stopped_posting: 'posts',
  runs_out: 'limits',
  trial_ends: 'tier',
  roi_fallen: 'value',
  cost_per_lead_up: 'value',
  margin_fallen: 'margin',
  budget_warning: 'budgets',
  paused: 'tier',
  metrics_behind: 'metrics',
  missing_rate: 'time_entries',
  missing_exchange_rate: 'exchange_rates',
};

/** An item in the words of the API. */
export function toAttention(item: AttentionItem): AttentionDto {
  const { code, clientId, clientName, campaign, meter } = item;
  return {
    code,
    severity: ATTENTION[code],
    clientWorkspaceId: clientId,
    clientName,
    campaignId: campaign?.id ?? null,
    campaignName: campaign?.name ?? null,
    meter: meter ?? null,
    ...item.tell(),
    lookAt: campaign ? 'campaign' : LOOK_AT[code],
  };
}
