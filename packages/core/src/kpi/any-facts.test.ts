import * as fc from 'fast-check';
import { expect } from 'vitest';

import { sqlSession } from '../db/sql-session.ts';
import { createContext, inTransaction, type ServiceContext } from '../kernel/context.ts';
import { anyChoices } from '../rollups/testing/any-writes.ts';
import type { Operation } from '../rollups/testing/cost-operations.ts';
import { openStage } from '../rollups/testing/open-stage.ts';
import { picksFrom } from '../rollups/testing/picks.ts';
import { CLIENTS, OPERATIONS } from '../rollups/testing/stage.ts';
import { test, type TestDatabase } from '../testing/index.ts';
import { getAgencyKPIDashboard } from './get-agency-kpi-dashboard.ts';
import { KPI_OPERATIONS } from './testing/kpi-operations.ts';
import { openSlow, slowDashboard } from './testing/slow-dashboard.ts';
import type { SlowAsk } from './testing/slow-period.ts';

const RUNS = Number(process.env['KPI_RUNS'] ?? 12);
const seed = process.env['KPI_SEED'];
const ALL: Readonly<Record<string, Operation>> = { ...OPERATIONS, ...KPI_OPERATIONS };

const anySteps = fc.array(
  fc.record({
    name: fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...Object.keys(OPERATIONS)) },
      { weight: 1, arbitrary: fc.constantFrom(...Object.keys(KPI_OPERATIONS)) },
    ),
    choices: anyChoices,
  }),
  { minLength: 20, maxLength: 100, size: 'max' },
);

// About the changes of clocks in the stage's zones, and about the ends of months.
const anyDay = fc.constantFrom(
  ...['2026-02-28', '2026-03-01', '2026-03-08', '2026-03-27', '2026-03-29', '2026-03-31'],
  ...['2026-04-01', '2026-04-05', '2026-04-07', '2026-04-30'],
);
const anyNow = fc.constantFrom(
  '2026-03-29T00:30:00Z',
  '2026-03-31T22:30:00Z',
  '2026-04-01T09:00:00Z',
  '2026-04-08T09:00:00Z',
  '2026-05-01T09:00:00Z',
);
const anyAsk: fc.Arbitrary<SlowAsk> = fc
  .record(
    {
      startDate: anyDay,
      endDate: anyDay,
      comparePeriod: fc.boolean(),
      compareTo: fc.constantFrom('previous_period', 'previous_month', 'previous_year'),
      matchWeekday: fc.boolean(),
      highlights: fc.constantFrom(1, 5),
    },
    { requiredKeys: [] },
  )
  .filter(({ startDate, endDate }) => !startDate || !endDate || startDate <= endDate);

function contextAt({ orm }: TestDatabase, agencyId: string, now: Date): ServiceContext {
  const actor = { kind: 'agency', id: agencyId } as const;
  return createContext({ orm, agencyId, actor, now: () => now });
}

test('given any facts, when any dashboard is read, then each figure is that of the slow path', async ({
  database,
}) => {
  const asks = fc.array(fc.tuple(anyAsk, anyNow), { minLength: 4, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(anySteps, asks, async (steps, looks) => {
      const { agencyId } = await openStage(database);
      await inTransaction(contextAt(database, agencyId, new Date()), async (em) => {
        for (const { name, choices } of steps) {
          // oxlint-disable-next-line no-await-in-loop -- one after the other, as they happened
          await ALL[name]?.(sqlSession(em), picksFrom(choices), CLIENTS);
        }
      });
      for (const [ask, iso] of looks) {
        const now = new Date(iso);
        const ctx = contextAt(database, agencyId, now);
        // oxlint-disable-next-line no-await-in-loop -- one after the other, to tell them apart
        const dashboard = await getAgencyKPIDashboard(ctx, ask);
        // oxlint-disable-next-line no-await-in-loop -- the same
        const slow = await inTransaction(ctx, (em) => openSlow(sqlSession(em)));
        const { margin } = dashboard.insights;
        expect({ ...dashboard, insights: { margin } }).toEqual({
          agencyWorkspaceId: agencyId,
          ...slowDashboard(slow, ask, now.getTime()),
          asOf: now,
        });
      }
    }),
    { numRuns: RUNS, endOnFailure: true, ...(seed && { seed: Number(seed) }) },
  );
}, 3_600_000);
