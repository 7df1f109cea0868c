import * as z from 'zod';

import { inTransaction, type ServiceContext } from '../../kernel/context.ts';
import { dayCursor, type DayPlace } from '../../tenancy/day-page.ts';
import { pageOf, WorkspaceId, type Page } from '../../tenancy/input-fields.ts';
import { MonthPageInput, readMonthPage } from '../../tenancy/month-page.ts';
import { requireClient } from '../../tenancy/require-client.ts';
import { toTargetDto, type TargetDto } from './target-dto.ts';
import { TARGET_METRICS } from './target-metrics.ts';
import { Target } from './target.entity.ts';

export const ListTargetsInput = MonthPageInput.extend({
  /** One client's alone. */
  clientWorkspaceId: WorkspaceId.optional(),
  metric: z.enum(TARGET_METRICS).optional(),
});
export type ListTargetsInput = z.input<typeof ListTargetsInput>;

/** The targets of the agency and its clients, the latest month first. */
export async function listTargets(
  ctx: ServiceContext,
  input: ListTargetsInput = {},
): Promise<Page<TargetDto>> {
  const wanted = ListTargetsInput.parse(input);
  const { clientWorkspaceId: clientId, metric, limit } = wanted;
  const { agencyId } = ctx;
  const { months, after } = readMonthPage(wanted);
  return inTransaction(
    ctx,
    async (em) => {
      if (clientId !== undefined)
        await requireClient(em, agencyId, { clientId, forWriting: false });
      const where = {
        agencyId,
        month: months,
        ...(clientId !== undefined && { clientId }),
        ...(metric !== undefined && { metric }),
        ...(after && { $or: behind(after) }),
      };
      const orderBy = { month: 'desc', metric: 'asc', clientId: 'asc' } as const;
      const rows = await em.find(Target, where, { orderBy, limit: limit + 1 });
      const cursorOf = (row: Target) =>
        dayCursor({ day: row.month, id: `${row.metric} ${row.clientId}` });
      return pageOf(rows, { limit, cursorOf, toItem: toTargetDto });
    },
    { readOnly: true },
  );
}

/** Metrics have no blanks in their names, clients may. */
function behind({ day: month, id }: DayPlace) {
  const [metric = ''] = id.split(' ', 1);
  const clientId = id.slice(metric.length + 1);
  return [
    { month: { $lt: month } },
    { month, metric: { $gt: metric } },
    { month, metric, clientId: { $gt: clientId } },
  ];
}
