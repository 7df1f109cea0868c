import { hasForeignFees, keepFeeRates } from '../billing/keep-fee-rates.ts';
import { feeAsks } from '../insights/judged-period.ts';
import type { ServiceContext } from '../kernel/context.ts';
import { isOfFees, keepGoalRates } from '../plans/targets/keep-goal-rates.ts';
import { readTargets } from '../plans/targets/read-targets.ts';
import { lastDayOf } from './asked-period.ts';
import type { KpiDashboard } from './dashboard-dto.ts';
import { goalMonths } from './dashboard-goals.ts';
import { GetAgencyKPIDashboardInput } from './dashboard-input.ts';
import { keptAnswer } from './kept-answer.ts';
import { readDashboard, type AskedDashboard } from './read-dashboard.ts';

/**
 * Where the agency stands in a period, beside the days that it is compared with: performance, content, clients,
 * campaigns and ROI, from all facts known now, and what its own numbers tell. All figures are of one moment.
 * `period_inverted`.
 */
export async function getAgencyKPIDashboard(
  ctx: ServiceContext,
  input: GetAgencyKPIDashboardInput,
): Promise<KpiDashboard> {
  return answer(ctx, GetAgencyKPIDashboardInput.parse(input));
}

const answer = keptAnswer<AskedDashboard['wanted'], KpiDashboard>({
  until: ({ period, today }) => lastDayOf(period, today),
  read: readDashboard,
  // Exchange rates that fees keep may not be given yet.
  async lacks(sql, { period, currency }) {
    const [isForeign, targets] = await Promise.all([
      hasForeignFees(sql, currency),
      readTargets(sql, goalMonths(period.asked)),
    ]);
    return isForeign || targets.some((one) => isOfFees(one) && one.clientId !== '');
  },
  async provide(ctx, { period, currency }, { fees }) {
    await keepFeeRates(ctx, feeAsks(period, currency), fees);
    await keepGoalRates(ctx, { months: goalMonths(period.asked), currency, memory: fees });
  },
});
