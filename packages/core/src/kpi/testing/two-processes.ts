import { openDatabase, type Database } from '../../db/connect.ts';
import { sqlSession } from '../../db/sql-session.ts';
import { createContext, inTransaction, type ServiceContext } from '../../kernel/context.ts';
import { rebuildClient } from '../../rollups/rebuild.ts';
import { refreshSome } from '../../rollups/refresh.ts';
import type { Operation } from '../../rollups/testing/cost-operations.ts';
import { picksFrom, type Picks } from '../../rollups/testing/picks.ts';
import { SETTINGS_OPERATIONS } from '../../rollups/testing/settings-operations.ts';
import { CLIENTS, OPERATIONS, type Step } from '../../rollups/testing/stage.ts';
import { silentLog, test as base } from '../../testing/index.ts';
import { KEPT_ANSWERS, type Ask, type KeptAnswer } from './kept-answers.ts';
import { KPI_OPERATIONS } from './kpi-operations.ts';
import { PLAN_OPERATIONS } from './plan-operations.ts';
import { PROMISING, SERVICE_OPERATIONS } from './service-operations.ts';

/** When the worlds are looked at first. */
export const LOOKED_AT = Date.parse('2026-04-08T09:00:00Z');

/** Everything that is written which any answer rests on. */
export const WRITES: Readonly<Record<string, Operation>> = {
  ...OPERATIONS,
  ...KPI_OPERATIONS,
  ...SERVICE_OPERATIONS,
  ...PLAN_OPERATIONS,
};
/** After these the verbs of the product raise the version of a client's promises. */
const PROMISES = new Set([
  ...Object.keys(SETTINGS_OPERATIONS),
  ...PROMISING,
  'bill',
  'changeTier',
  'register',
]);
const RAISE_VERSIONS = `update retainer.client set version = version + 1 where agency_id = current_setting('retainer.agency')`;

/** What nobody asked for: work in the background. */
const WORK: Readonly<Record<string, (ctx: ServiceContext, picks: Picks) => Promise<unknown>>> = {
  worker: (ctx) =>
    refreshSome(ctx, {
      skips: () => false,
      failed(_, error) {
        throw error;
      },
    }),
  rebuild: (ctx, picks) => rebuildClient(ctx, picks.of(['', ...CLIENTS])),
};

/** The names of all that may happen. */
export const HAPPENINGS: readonly string[] = [...Object.keys(WRITES), ...Object.keys(WORK)];

/** `test` with two processes on one database: neither knows what the other keeps. */
export const test = base.extend(
  'processes',
  { scope: 'worker' },
  async ({ database }, { onCleanup }) => {
    const other = await openDatabase({ url: database.ownerUrl, log: silentLog });
    onCleanup(() => other.close());
    return [database, other] as const;
  },
);

/** An agency as callers see it who look at it with each other, by the real clock. */
export function contextOf(
  { orm, readPool }: Pick<Database, 'orm' | 'readPool'>,
  agencyId: string,
  at: number,
): ServiceContext {
  const actor = { kind: 'agency', id: agencyId } as const;
  const now = (): Date => new Date(at);
  return createContext({ orm, readPool, agencyId, actor, now, byRealClock: true });
}

/** Lets something happen, in a transaction of its own. */
export async function happen(ctx: ServiceContext, { name, choices }: Step): Promise<void> {
  const work = WORK[name];
  if (work) {
    await work(ctx, picksFrom(choices));
    return;
  }
  await inTransaction(ctx, async (em) => {
    const sql = sqlSession(em);
    await WRITES[name]?.(sql, picksFrom(choices), CLIENTS);
    if (PROMISES.has(name)) await sql.query(RAISE_VERSIONS, []);
  });
}

const OFTEN = ['spend', 'convert', 'trackDay', 'publish', 'observe'] as const;

/** What an agency has of everything when it is looked at first: of one without figures no answer is ever another. */
export const OPENING: readonly string[] = [
  ...['knowRates', 'setPrices', 'planCampaign', 'planCampaign', 'payTool', 'bill', 'bill', 'bill'],
  ...['budget', 'aim', 'aimFor', 'annotate', 'useWeek', 'useMonth', 'useLevel', 'deny', 'pass'],
  ...OFTEN,
  ...OFTEN,
  ...OFTEN,
  ...OFTEN,
];

/** Writes all of that at once, each by its own choices. */
export async function open(
  ctx: ServiceContext,
  choices: readonly (readonly number[])[],
): Promise<void> {
  await inTransaction(ctx, async (em) => {
    const sql = sqlSession(em);
    for (const [index, name] of OPENING.entries()) {
      // oxlint-disable-next-line no-await-in-loop -- in one transaction
      await WRITES[name]?.(sql, picksFrom(choices[index] ?? []), CLIENTS);
    }
    await sql.query(RAISE_VERSIONS, []);
  });
}

/** An answer made from nothing: in a caller's own transaction nothing is remembered, nor anything used that was. */
export function fromNothing(ctx: ServiceContext, what: KeptAnswer, ask: Ask): Promise<unknown> {
  return inTransaction<unknown>(ctx, () => KEPT_ANSWERS[what](ctx, ask));
}
