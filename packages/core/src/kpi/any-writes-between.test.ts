import * as fc from 'fast-check';
import { expect } from 'vitest';

import { sqlSession } from '../db/sql-session.ts';
import { createContext, inTransaction, type ServiceContext } from '../kernel/context.ts';
import { anyChoices } from '../rollups/testing/any-writes.ts';
import type { Operation } from '../rollups/testing/cost-operations.ts';
import { openStage } from '../rollups/testing/open-stage.ts';
import { picksFrom } from '../rollups/testing/picks.ts';
import { SETTINGS_OPERATIONS } from '../rollups/testing/settings-operations.ts';
import { CLIENTS, OPERATIONS } from '../rollups/testing/stage.ts';
import { test, type TestDatabase } from '../testing/index.ts';
import { getAgencyKPIDashboard } from './get-agency-kpi-dashboard.ts';
import { KPI_OPERATIONS } from './testing/kpi-operations.ts';

const RUNS = Number(process.env['KPI_RUNS'] ?? 4);
const seed = process.env['KPI_SEED'];
const ALL: Readonly<Record<string, Operation>> = { ...OPERATIONS, ...KPI_OPERATIONS };
/** After these the verbs of the product raise the version of a client's promises. */
const PROMISES = new Set([...Object.keys(SETTINGS_OPERATIONS), 'bill', 'changeTier']);
const NOW = new Date('2026-04-08T09:00:00Z');
const ASKS = [
  { startDate: '2026-03-01', endDate: '2026-03-31' },
  { startDate: '2026-03-20', endDate: '2026-04-05', compareTo: 'previous_month' },
  {},
] as const;

const anySteps = fc.array(
  fc.record({
    name: fc.constantFrom(...Object.keys(ALL)),
    choices: anyChoices,
    ask: fc.constantFrom(...ASKS),
    isLookedAt: fc.boolean(),
  }),
  { minLength: 20, maxLength: 40, size: 'max' },
);

const RAISE_VERSIONS = `update retainer.client set version = version + 1 where agency_id = current_setting('retainer.agency')`;

function contextOf({ orm, readPool }: TestDatabase, agencyId: string): ServiceContext {
  const actor = { kind: 'agency', id: agencyId } as const;
  return createContext({ orm, readPool, agencyId, actor, now: () => NOW, byRealClock: true });
}

/** In a caller's own transaction nothing is remembered, nor anything used that was. */
function fromNothing(ctx: ServiceContext, ask: (typeof ASKS)[number]): Promise<unknown> {
  return inTransaction(ctx, () => getAgencyKPIDashboard(ctx, ask));
}

test('given any writes, when dashboards are read between them, then each is what it is when made from nothing', async ({
  database,
}) => {
  await fc.assert(
    fc.asyncProperty(anySteps, async (steps) => {
      const { agencyId } = await openStage(database);
      for (const { name, choices, ask, isLookedAt } of steps) {
        /* oxlint-disable no-await-in-loop -- one after the other, as they happened */
        await inTransaction(contextOf(database, agencyId), async (em) => {
          const sql = sqlSession(em);
          await ALL[name]?.(sql, picksFrom(choices), CLIENTS);
          if (PROMISES.has(name)) await sql.query(RAISE_VERSIONS, []);
        });
        if (!isLookedAt) continue;
        const seen = await getAgencyKPIDashboard(contextOf(database, agencyId), ask);
        const nothing = await fromNothing(contextOf(database, agencyId), ask);
        expect([name, seen]).toEqual([name, nothing]);
        /* oxlint-enable no-await-in-loop */
      }
    }),
    { numRuns: RUNS, endOnFailure: true, ...(seed && { seed: Number(seed) }) },
  );
}, 3_600_000);
