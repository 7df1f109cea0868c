import { addDays, addMonthsClamped, type LocalDate } from '@retainer/domain';

import type { FeeMemory } from '../../billing/fee-memory.ts';
import { keepFeeRates } from '../../billing/keep-fee-rates.ts';
import type { FeesAsk } from '../../billing/read-fees.ts';
import { inTransaction, type ServiceContext } from '../../kernel/context.ts';
import { Client } from '../../tenancy/client.entity.ts';
import type { TargetMetric } from './target-metrics.ts';
import { Target } from './target.entity.ts';

/** The one metric that is told from fees. */
const OF_FEES: TargetMetric = 'marginPercent';

/** Whether a goal is judged on fees. */
export function isOfFees({ metric }: Pick<Target, 'metric'>): boolean {
  return metric === OF_FEES;
}

/** Of which months goals are to be judged, and the currency of the agency's own. */
export interface GoalRates {
  readonly months: readonly LocalDate[];
  readonly currency: string;
  readonly memory: FeeMemory;
}

/** Gives fees that goals of these months are judged on the exchange rates they keep, before a read-only look at them. */
export async function keepGoalRates(
  ctx: ServiceContext,
  { months, currency, memory }: GoalRates,
): Promise<void> {
  const { agencyId } = ctx;
  const asks = await inTransaction(
    ctx,
    async (em) => {
      const targets = await em.find(Target, {
        agencyId,
        metric: OF_FEES,
        month: { $in: [...months] },
      });
      const ids = targets.map(({ clientId }) => clientId).filter(Boolean);
      const clients = await em.find(Client, { agencyId, id: { $in: ids } });
      const own = new Map(clients.map((client) => [client.id, client.currency ?? currency]));
      return targets.map(({ clientId, month }): FeesAsk => {
        const endDate = addDays(addMonthsClamped(month, 1), -1);
        const days = { startDate: month, endDate };
        if (clientId === '') return { ...days, currency };
        return { ...days, clientIds: [clientId], currency: own.get(clientId) ?? currency };
      });
    },
    { readOnly: true },
  );
  await keepFeeRates(ctx, asks, memory);
}
