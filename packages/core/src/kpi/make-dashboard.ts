import { hasForeignFees, keepFeeRates } from '../billing/keep-fee-rates.ts';
import type { SqlSession } from '../db/sql-session.ts';
import { feeAsks } from '../insights/judged-period.ts';
import { createAnswers, type Answers, type Made } from '../kernel/answers.ts';
import { atOneMoment, type ServiceContext } from '../kernel/context.ts';
import { isOfFees, keepGoalRates } from '../plans/targets/keep-goal-rates.ts';
import { readTargets } from '../plans/targets/read-targets.ts';
import { isAgencyUpToDate, refreshAgency, spreadTools } from '../rollups/refresh.ts';
import { lastDayOf } from './asked-period.ts';
import type { KpiDashboard } from './dashboard-dto.ts';
import { goalMonths } from './dashboard-goals.ts';
import type { MarkAsked } from './mark.queries.ts';
import { memoryFor, type Memory } from './memory.ts';
import { openKpiOn } from './open-kpi.ts';
import { readDashboard, type AskedDashboard } from './read-dashboard.ts';

/** What is marked of a dashboard. */
export function markOf({ period, today, asOf }: AskedDashboard): MarkAsked {
  return { now: asOf.getTime(), months: [...goalMonths(period.asked), `${today.slice(0, -2)}01`] };
}

/**
 * Makes a dashboard, all of one moment of the database, with the mark of what it rests on unless something is written
 * that is not in the figures. Mostly nothing waits to be counted, and the first look is the answer.
 */
export async function makeDashboard(
  ctx: ServiceContext,
  asked: AskedDashboard,
): Promise<Made<KpiDashboard>> {
  const memory = memoryFor(ctx);
  for (let isPrepared = false; ; isPrepared = true) {
    // oxlint-disable-next-line no-await-in-loop
    const seen = await atOneMoment(ctx, (sql) => look(ctx, sql, { asked, memory, isPrepared }));
    if ('answer' in seen) return seen;
    // oxlint-disable-next-line no-await-in-loop
    await prepare(ctx, asked, { ...seen, memory });
  }
}

interface Look {
  readonly asked: AskedDashboard;
  readonly memory: Memory;
  readonly isPrepared: boolean;
}

/** What is to be done before figures can be told. */
interface Lacking {
  /** Some facts are not counted yet, or recurring costs not spread. */
  readonly isOld: boolean;
  /** Exchange rates that fees keep may not be given yet. */
  readonly needsRates: boolean;
}

async function look(
  ctx: ServiceContext,
  sql: SqlSession,
  { asked, memory, isPrepared }: Look,
): Promise<Made<KpiDashboard> | Lacking> {
  const { period, today, currency, asOf } = asked;
  const { agencyId } = ctx;
  const [world, targets, isUpToDate, isForeign] = await Promise.all([
    openKpiOn(sql, { agencyId, today, memory, ...markOf(asked) }),
    readTargets(sql, goalMonths(period.asked)),
    isAgencyUpToDate(ctx, sql, lastDayOf(period, today)),
    hasForeignFees(sql, currency),
  ]);
  const needsRates = isForeign || targets.some((one) => isOfFees(one) && one.clientId !== '');
  if (!isPrepared && (!isUpToDate || needsRates)) return { isOld: !isUpToDate, needsRates };
  const sections = await readDashboard(world, asked, targets);
  const { isSettled, whole } = world.marks;
  return {
    answer: { agencyWorkspaceId: agencyId, ...sections, asOf },
    mark: isSettled ? whole : undefined,
  };
}

async function prepare(
  ctx: ServiceContext,
  { period, currency, today, asOf }: AskedDashboard,
  { isOld, needsRates, memory }: Lacking & { readonly memory: Memory },
): Promise<void> {
  if (isOld) {
    // Recurring costs are spread up to the last day that any figure is of.
    await spreadTools(ctx, lastDayOf(period, today));
    await refreshTogether(ctx, memory, asOf);
  }
  if (needsRates) {
    await keepFeeRates(ctx, feeAsks(period, currency), memory.fees);
    await keepGoalRates(ctx, { months: goalMonths(period.asked), currency, memory: memory.fees });
  }
}

const refreshes = new WeakMap<object, Answers<void>>();

/** Many who find facts that are not counted refresh once, or once more for who came while it was under way. */
function refreshTogether(ctx: ServiceContext, memory: Memory, now: Date): Promise<void> {
  const { owner } = memory;
  const known = refreshes.get(owner) ?? createAnswers<void>();
  refreshes.set(owner, known);
  return known.take({ key: ctx.agencyId, mark: undefined, now }, async () => {
    await refreshAgency(ctx);
    return { answer: undefined, mark: undefined };
  });
}
