import type * as z from 'zod';

import { inTransaction, type ServiceContext } from '../../kernel/context.ts';
import { readCounted } from '../../kpi/counted.ts';
import { memoryFor } from '../../kpi/memory.ts';
import { openKpi, whereAgencyIs } from '../../kpi/open-kpi.ts';
import { refreshAgency } from '../../rollups/refresh.ts';
import {
  cursorAfter,
  cursorValue,
  invalidField,
  PageInput,
  WorkspaceId,
  type Page,
} from '../../tenancy/input-fields.ts';
import { firstDay, LocalMonth, monthOf } from '../../tenancy/month-page.ts';
import { requireClient } from '../../tenancy/require-client.ts';
import type { GoalDto } from './goal-dto.ts';
import { keepGoalRates } from './keep-goal-rates.ts';
import { readGoals } from './read-goals.ts';
import { Target } from './target.entity.ts';

export const TargetStatesInput = PageInput.extend({
  /** The present one unless told. */
  month: LocalMonth.optional(),
  /** One client's alone. */
  clientWorkspaceId: WorkspaceId.optional(),
});
export type TargetStatesInput = z.input<typeof TargetStatesInput>;

/** How far the targets of a month have come. */
export interface TargetStates {
  /** YYYY-MM. */
  readonly month: string;
  /** The agency's own first, then its clients' by id. */
  readonly goals: Page<GoalDto>;
  readonly asOf: Date;
}

/** Where each target of a month stands on the days that are over, in the zone and currency of whom it is for. */
export async function targetStates(
  ctx: ServiceContext,
  input: TargetStatesInput,
): Promise<TargetStates> {
  const wanted = TargetStatesInput.parse(input);
  const { clientWorkspaceId: clientId, limit } = wanted;
  const { agencyId } = ctx;
  const asOf = ctx.now();
  const memory = memoryFor(ctx);
  const { today, currency } = await whereAgencyIs(ctx);
  const month = wanted.month ?? monthOf(today);
  const after = placeOf(wanted.cursor);
  await checkClient(ctx, clientId);
  await refreshAgency(ctx, today);
  await keepGoalRates(ctx, { months: [firstDay(month)], currency, memory: memory.fees });
  return inTransaction(
    ctx,
    async (em) => {
      const where = {
        agencyId,
        month: firstDay(month),
        ...(clientId !== undefined && { clientId }),
        ...(after && { $or: behind(after) }),
      };
      const orderBy = { clientId: 'asc', metric: 'asc' } as const;
      const rows = await em.find(Target, where, { orderBy, limit: limit + 1 });
      const shown = rows.slice(0, limit);
      const world = await openKpi(em, ctx, { today, memory });
      const goals = await readGoals(
        { ...world, now: asOf.getTime(), countedIn: (span) => readCounted(world, span) },
        shown,
      );
      const last = rows.length > limit ? shown.at(-1) : undefined;
      const nextCursor = last ? cursorAfter(cursorOf(last)) : null;
      return { month, goals: { items: goals, nextCursor }, asOf };
    },
    { readOnly: true, oneView: true },
  );
}

/** Before anything is refreshed: asking for a client that there is not changes nothing. */
async function checkClient(ctx: ServiceContext, clientId: string | undefined): Promise<void> {
  if (clientId === undefined) return;
  const ask = { clientId, forWriting: false } as const;
  await inTransaction(ctx, (em) => requireClient(em, ctx.agencyId, ask), { readOnly: true });
}

interface Place {
  readonly metric: string;
  readonly clientId: string;
}

/** Metrics have no blanks in their names, clients may. */
function cursorOf({ metric, clientId }: Target): string {
  return `${metric} ${clientId}`;
}

function placeOf(cursor: string | undefined): Place | undefined {
  if (cursor === undefined) return undefined;
  const text = cursorValue(cursor);
  const end = text.indexOf(' ');
  if (end < 1) throw invalidField('cursor', 'is not a cursor of ours');
  return { metric: text.slice(0, end), clientId: text.slice(end + 1) };
}

function behind({ metric, clientId }: Place) {
  return [{ clientId: { $gt: clientId } }, { clientId, metric: { $gt: metric } }];
}
