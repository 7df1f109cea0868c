import { describe, expect } from 'vitest';

import { sqlSession } from '../db/sql-session.ts';
import { inTransaction, type ServiceContext } from '../kernel/context.ts';
import { asOwner, test as base } from '../testing/index.ts';
import { addStates, lockClients } from './dirty.queries.ts';
import { checkClient, type RollupDifference } from './rebuild.ts';
import { refreshHeld } from './refresh-held.ts';
import { refreshAgency, refreshClient } from './refresh.ts';
import { openStage } from './testing/open-stage.ts';
import { AGENCY_ID, FACTS } from './testing/told-facts.ts';

type Work = Parameters<typeof inTransaction>[1];

const test = base.extend('stage', ({ database }) => openStage(database));
const { entry, rate, tool } = FACTS;

function write(ctx: ServiceContext, text: string): Promise<unknown> {
  return inTransaction(ctx, (em) => sqlSession(em).query(text, []));
}

/** A refresh of one client, or of the agency's own queue, as a step of a transaction. */
function counting(ctx: ServiceContext, clientId: string): Work {
  return async (em) => {
    await lockClients(sqlSession(em), [clientId], { wait: true });
    await refreshHeld(ctx, em, { clientIds: [clientId] });
  };
}

/** Runs `first` up to where it would commit, then `second` to its end, then lets the first commit. */
async function interleaved(
  ctx: ServiceContext,
  first: Work,
  second: () => Promise<unknown>,
): Promise<void> {
  const [done, go] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const running = inTransaction(ctx, async (em) => {
    await first(em);
    done.resolve();
    await go.promise;
  });
  await Promise.race([done.promise, running]);
  await second();
  go.resolve();
  await running;
}

describe('given two who cannot see each other yet', () => {
  test('when a tool is shared by hours that are being counted, then it is shared by them in the end', async ({
    stage,
  }) => {
    await inTransaction(stage.context(), (em) => addStates(sqlSession(em), ['', 'a']));
    await write(stage.context(), entry(1, 'a', '2026-03-05', 3600));
    await write(stage.context(), entry(2, 'b', '2026-03-05', 1800));
    await refreshClient(stage.context(), 'b');
    const ctx = stage.context();
    await interleaved(ctx, counting(ctx, 'a'), async () => {
      await write(stage.context(), tool(3, null, 'seconds'));
      // The tool is split over what is counted by now: all but the hours of the first.
      const other = stage.context();
      await inTransaction(other, counting(other, ''));
    });
    expect(await stage.problems()).toEqual([]);
  });

  test('when a rate is set while a client is being registered, then it prices that client too', async ({
    stage,
  }) => {
    const register: Work = async (em) => {
      const sql = sqlSession(em);
      const values = `(${AGENCY_ID}, 'd', `;
      await sql.query(
        `insert into retainer.client (agency_id, id, name, created_at) values ${values}'D', now())`,
        [],
      );
      await sql.query(
        `insert into retainer.client_calendar (agency_id, client_id, starts_at, time_zone, week_starts_on)
         values ${values}'-infinity', 'UTC', 'monday')`,
        [],
      );
      await sql.query(entry(1, 'd', '2026-03-05', 3600), []);
    };
    const rates: Work = (em) => sqlSession(em).query(rate(2, '0001-01-01', 6000), []);
    // The rate is written first and seen last: the client comes in between, and is counted without it.
    await interleaved(stage.context(), rates, async () => {
      await inTransaction(stage.context(), register);
      await refreshAgency(stage.context());
    });
    expect(await stage.problems()).toEqual([]);
  });

  test('when a check comes while a client is being refreshed, then it looks again once that is done', async ({
    stage,
    database,
  }) => {
    await write(stage.context(), entry(1, 'a', '2026-03-05', 3600));
    await refreshAgency(stage.context());
    await write(stage.context(), entry(2, 'a', '2026-03-05', 60));
    const ctx = stage.context();
    const checks: Promise<RollupDifference>[] = [];
    await interleaved(ctx, counting(ctx, 'a'), async () => {
      checks.push(checkClient(stage.context(), 'a'));
      const waiting = `select from pg_stat_activity where wait_event_type = 'Lock' and query like '%value_state%'
        and datname = current_database()`;
      await expect.poll(() => asOwner(database.ownerUrl, waiting)).toHaveLength(1);
    });
    expect(await Promise.all(checks)).toEqual([{ clientId: 'a', surplus: [], lacking: [] }]);
  });
});
