import { ATTENTION, ATTENTION_CODES, rankAttention, type AttentionCode } from '@retainer/domain';
import * as z from 'zod';

import { hasForeignFees, keepFeeRates } from '../billing/keep-fee-rates.ts';
import type { ServiceContext } from '../kernel/context.ts';
import { lastDayOf, toComparison, toPeriod } from '../kpi/asked-period.ts';
import { AskedPeriodFields } from '../kpi/dashboard-input.ts';
import { readFreshness } from '../kpi/freshness.ts';
import { keptAnswer } from '../kpi/kept-answer.ts';
import type { ComparisonDto, PeriodDto } from '../kpi/period-dto.ts';
import { PageInput, type Page } from '../tenancy/input-fields.ts';
import {
  toAttention,
  type AttentionCounts,
  type AttentionDto,
  type AttentionItem,
} from './attention/attention-dto.ts';
import { feeAsks, readJudged } from './judged-period.ts';
import { placePage } from './place-page.ts';
import { readInsights, readServiceTaken } from './read-insights.ts';

export const NeedsAttentionInput = PageInput.extend({
  ...AskedPeriodFields.shape,
  /** One code's alone. */
  code: z.enum(ATTENTION_CODES).optional(),
});
export type NeedsAttentionInput = z.input<typeof NeedsAttentionInput>;

/** What needs attention in an agency now; margins and returns are those of a period. */
export interface NeedsAttention {
  readonly period: PeriodDto;
  readonly comparison: ComparisonDto | null;
  /** Of everything, whatever the page and the code. */
  readonly counts: AttentionCounts;
  /** How often each code is there; one that is not is left out. */
  readonly byCode: { readonly code: AttentionCode; readonly count: number }[];
  readonly items: Page<AttentionDto>;
  readonly asOf: Date;
}

/** What somebody should look at, the worst first. Without dates returns are those of the month to date. */
export async function needsAttention(
  ctx: ServiceContext,
  input: NeedsAttentionInput,
): Promise<NeedsAttention> {
  return answer(ctx, NeedsAttentionInput.parse(input));
}

const answer = keptAnswer<z.output<typeof NeedsAttentionInput>, NeedsAttention>({
  until: ({ period, today }) => lastDayOf(period, today),
  lacks: (sql, { currency }) => hasForeignFees(sql, currency),
  provide: (ctx, { period, currency }, { fees }) =>
    keepFeeRates(ctx, feeAsks(period, currency), fees),
  async read(kpi, { wanted, period, today, asOf }) {
    const { counted, compared } = period;
    const [current, previous, freshness, service] = await Promise.all([
      counted && readJudged(kpi, counted),
      compared && readJudged(kpi, compared),
      readFreshness(kpi),
      readServiceTaken(kpi, asOf),
    ]);
    const insights = await readInsights(kpi, service, { current, previous, freshness });
    const attention = rankAttention(insights.attention);
    const shown = attention.filter(({ code }) => (wanted.code ?? code) === code);
    return {
      period: toPeriod(period, today),
      comparison: toComparison(period, wanted.compareTo),
      counts: countAttention(attention),
      byCode: ATTENTION_CODES.flatMap((code) => {
        const count = attention.filter((item) => item.code === code).length;
        return count === 0 ? [] : [{ code, count }];
      }),
      items: placePage(shown, wanted, toAttention),
      asOf,
    };
  },
});

/** Counts what needs attention by how soon it does. */
export function countAttention(items: readonly AttentionItem[]): AttentionCounts {
  const of = (severity: (typeof ATTENTION)[AttentionCode]): number =>
    items.filter(({ code }) => ATTENTION[code] === severity).length;
  return {
    total: items.length,
    urgent: of('urgent'),
    warning: of('warning'),
    notice: of('notice'),
  };
}
