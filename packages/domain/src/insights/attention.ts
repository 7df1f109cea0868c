import { firstOf } from '../kpi/first-of.ts';
import { compareFractions, type Fraction } from '../money/fraction.ts';

/** How soon somebody should look. */
export type AttentionSeverity = 'urgent' | 'warning' | 'notice';

/** What may need somebody's attention. */
export type AttentionCode =
  | 'trial_ended'
  | 'past_due'
  | 'posts_denied'
  | 'over_limit'
  | 'over_limit_unchecked'
  | 'margin_negative'
  | 'budget_over'
  | 'no_tier'
  | 'stopped_posting'
  | 'runs_out'
  | 'trial_ends'
  | 'roi_fallen'
  | 'cost_per_lead_up'
  | 'margin_fallen'
  | 'budget_warning'
  | 'paused'
  | 'metrics_behind'
  | 'missing_rate'
  | 'missing_exchange_rate';

/** How soon to look at what, the worst first: what stops a client or loses money comes before the rest. */
export const ATTENTION: Readonly<Record<AttentionCode, AttentionSeverity>> = {
  trial_ended: 'urgent',
  past_due: 'urgent',
  posts_denied: 'urgent',
  over_limit: 'urgent',
  over_limit_unchecked: 'urgent',
  margin_negative: 'urgent',
  budget_over: 'urgent',
  no_tier: 'warning',
  stopped_posting: 'warning',
  runs_out: 'warning',
  trial_ends: 'warning',
  roi_fallen: 'warning',
  cost_per_lead_up: 'warning',
  margin_fallen: 'warning',
  budget_warning: 'warning',
  paused: 'notice',
  metrics_behind: 'notice',
  missing_rate: 'notice',
  missing_exchange_rate: 'notice',
};

/** Every code, the worst first. */
export const ATTENTION_CODES: readonly AttentionCode[] = Object.keys(ATTENTION).flatMap((name) =>
  isAttentionCode(name) ? [name] : [],
);

/** One thing that needs attention, and how it is told from others of its code. */
export interface Attention {
  readonly code: AttentionCode;
  /** How bad it is among those of its code: more is worse. */
  readonly weight: Fraction;
  readonly clientId: string;
  /** The campaign, or the meter, of the client that it is about; '' for the client as a whole. */
  readonly part: string;
}

/** Puts the worst first: by code, then by weight; of equal ones the smaller client and part. */
export function rankAttention<TItem extends Attention>(items: readonly TItem[]): TItem[] {
  return items.toSorted(compareAttention);
}

/** The worst few of them, in the same order. */
export function worstAttention<TItem extends Attention>(
  items: readonly TItem[],
  count: number,
): TItem[] {
  return firstOf(items, count, compareAttention);
}

function compareAttention(a: Attention, b: Attention): number {
  return (
    rankOf(a) - rankOf(b) ||
    compareFractions(b.weight, a.weight) ||
    compareText(a.clientId, b.clientId) ||
    compareText(a.part, b.part)
  );
}

/** Whether `name` is one of the codes. */
function isAttentionCode(name: string): name is AttentionCode {
  return Object.hasOwn(ATTENTION, name);
}

const RANKS: ReadonlyMap<string, number> = new Map(
  ATTENTION_CODES.map((code, index) => [code, index]),
);

function rankOf({ code }: Attention): number {
  return RANKS.get(code) ?? RANKS.size;
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
