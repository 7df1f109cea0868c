import { describe, expect } from 'vitest';

import { sqlSession } from '../db/sql-session.ts';
import { inTransaction, type ServiceContext } from '../kernel/context.ts';
import { test as base } from '../testing/index.ts';
import { refreshAgency, refreshClient } from './refresh.ts';
import { openStage } from './testing/open-stage.ts';
import type { Stage } from './testing/stage.ts';
import { AGENCY_ID, FACTS } from './testing/told-facts.ts';

/** Writes each of these in a transaction of its own and refreshes after it. */
async function follow(stage: Stage, facts: readonly string[]): Promise<void> {
  for (const fact of facts) {
    await write(stage.context(), fact);
    await refreshAgency(stage.context());
  }
}

function write(ctx: ServiceContext, text: string): Promise<unknown> {
  return inTransaction(ctx, (em) => sqlSession(em).query(text, []));
}

const test = base.extend('stage', ({ database }) => openStage(database));

const OWN = `agency_id = ${AGENCY_ID}`;
const { entry, rate, cost, tool, exchange, conversion, post, placement, series, seen } = FACTS;

describe('given facts that come after what depends on them', () => {
  test.for<readonly [string, readonly string[]]>([
    ['a post is described after its leads', [conversion(1, 'p1'), post('p1', 'reel', null)]],
    [
      'a post is described after it was measured',
      [
        series(1, 'post', 'p1', 'likes', 'lifetime'),
        placement('p1', '2026-03-10T08:00:00Z'),
        seen(1, '2026-03-10T09:00:00Z', 5),
        post('p1', 'reel', 10),
      ],
    ],
    [
      'an observation comes between two others, and a correction after them',
      [
        placement('p1', '2026-03-10T08:00:00Z'),
        series(1, 'post', 'p1', 'impressions', 'lifetime'),
        seen(1, '2026-03-10T09:00:00Z', 100),
        seen(1, '2026-03-14T09:00:00Z', 900),
        seen(1, '2026-03-12T09:00:00Z', 400),
        `update retainer.observation set value = 150 where ${OWN} and local_date = '2026-03-10'`,
      ],
    ],
    [
      'a publication makes what was a baseline count from nothing',
      [
        series(1, 'post', 'p1', 'impressions', 'lifetime'),
        seen(1, '2026-03-10T09:00:00Z', 100),
        placement('p1', '2026-03-09T08:00:00Z'),
        `update retainer.placement set published_at = '2026-03-01T08:00:00Z' where ${OWN}`,
      ],
    ],
    [
      'posts are measured after their channel was',
      [
        series(1, 'account', 'c1', 'impressions', 'daily'),
        series(2, 'account', 'c1', 'likes', 'daily'),
        seen(1, '2026-03-10T09:00:00Z', 70),
        seen(2, '2026-03-10T09:00:00Z', 7),
        placement('p1', '2026-03-10T08:00:00Z'),
        series(3, 'post', 'p1', 'impressions', 'lifetime'),
        seen(3, '2026-03-10T09:30:00Z', 50),
        series(4, 'post', 'p1', 'likes', 'lifetime'),
      ],
    ],
    [
      'an hourly rate begins later than it first did, then never',
      [
        rate(1, '2026-03-01', 6000),
        entry(2, 'a', '2026-03-05', 3600),
        entry(3, 'a', '2026-03-20', 1800),
        `update retainer.rate set from_date = '2026-03-10' where ${OWN}`,
        `delete from retainer.rate where ${OWN}`,
      ],
    ],
    [
      'an exchange rate comes late, and another is corrected',
      [
        cost(1, 'a', '2026-03-10', 'EUR'),
        exchange('EUR', '2026-03-10', '0.9'),
        cost(2, 'a', '2026-03-10', 'EUR'),
        exchange('EUR', '2026-03-10', '0.5'),
        cost(3, 'b', '2026-03-10', 'JPY'),
        exchange('JPY', '2026-03-03', '150'),
      ],
    ],
  ])('when %s, then the figures follow', async ([, facts], { stage }) => {
    await follow(stage, facts);
    expect(await stage.problems()).toEqual([]);
  });
});

describe('given what changes how things count', () => {
  test.for<readonly [string, readonly string[]]>([
    [
      'a client with a tool of its own changes its currency',
      [
        exchange('EUR', '2026-03-01', '0.9'),
        tool(1, 'a', 'equal'),
        `update retainer.client set currency = 'EUR' where ${OWN} and id = 'a'`,
      ],
    ],
    [
      'the agency changes its currency, its rounding and its days',
      [
        exchange('EUR', '2026-03-01', '0.9'),
        rate(1, '0001-01-01', 3333),
        entry(2, 'b', '2026-03-05', 1234),
        tool(3, null, 'seconds'),
        `update retainer.agency set currency = 'EUR' where id = ${AGENCY_ID}`,
        `update retainer.agency set rounding = 'half_even', time_rounding = 'up', time_rounding_per = 'client_day'
         where id = ${AGENCY_ID}`,
        entry(4, 'b', '2026-03-05', 60),
      ],
    ],
    [
      'a client lives by another zone from then on',
      [
        placement('p1', '2026-03-20T22:30:00Z'),
        tool(1, null, 'posts'),
        `insert into retainer.client_calendar (agency_id, client_id, starts_at, time_zone, week_starts_on)
         values (${AGENCY_ID}, 'a', '2026-03-16T00:00:00Z', 'Asia/Kolkata', 'monday')`,
        `delete from retainer.client_calendar where ${OWN} and client_id = 'a' and starts_at > '-infinity'`,
      ],
    ],
    [
      'a client joins, and one is archived, while all share a tool',
      [
        tool(1, null, 'equal'),
        `insert into retainer.client (agency_id, id, name, created_at) values (${AGENCY_ID}, 'd', 'D', now())`,
        `insert into retainer.client_calendar (agency_id, client_id, starts_at, time_zone, week_starts_on)
         values (${AGENCY_ID}, 'd', '-infinity', 'UTC', 'monday')`,
        `update retainer.client set archived_at = '2026-02-10T00:00:00Z' where ${OWN} and id = 'c'`,
      ],
    ],
    [
      'a fact goes to another client',
      [
        cost(1, 'a', '2026-03-10', 'USD'),
        `update retainer.client_cost set client_id = 'b' where ${OWN}`,
        `delete from retainer.client_cost where ${OWN}`,
      ],
    ],
    [
      'what a post was estimated to take is no longer known, or edited before that',
      [
        placement('p1', '2026-03-10T08:00:00Z'),
        placement('p2', '2026-03-10T08:00:00Z'),
        post('p1', 'reel', 10),
        post('p2', 'reel', 20),
        `update retainer.time_entry set seconds = 5, edited_at = now() where ${OWN} and post_id = 'p2'`,
        post('p1', 'reel', null),
        post('p2', 'text', null),
        `delete from retainer.placement where ${OWN}`,
      ],
    ],
  ])('when %s, then the figures follow', async ([, facts], { stage }) => {
    await follow(stage, facts);
    expect(await stage.problems()).toEqual([]);
  });

  test('when a unit of work has seen how it was, then it counts as it is now', async ({
    stage,
  }) => {
    const ctx = stage.context();
    await write(ctx, exchange('EUR', '2026-03-01', '0.9'));
    await write(ctx, cost(1, 'a', '2026-03-05', 'USD'));
    await refreshAgency(ctx);
    await write(
      stage.context(),
      `update retainer.agency set currency = 'EUR' where id = ${AGENCY_ID}`,
    );
    await refreshAgency(ctx);
    expect(await stage.problems()).toEqual([]);
  });

  test('when more is queued than a batch takes, then one refresh takes it all', async ({
    stage,
  }) => {
    await write(
      stage.context(),
      `insert into retainer.time_entry (agency_id, id, client_id, person, local_date, seconds, source, created_at)
       select ${AGENCY_ID}, gen_random_uuid(), 'a', 'ada', date '2026-03-01' + i % 30, 60 + i, 'manual', now()
       from generate_series(1, 2500) i`,
    );
    await refreshClient(stage.context(), 'a');
    await write(stage.context(), rate(1, '2026-03-10', 6000));
    await refreshClient(stage.context(), 'a');
    const [left] = await inTransaction(stage.context(), (em) =>
      sqlSession(em).query<{ count: string }>(
        `select count(*) as count from retainer.dirty where ${OWN} and client_id in ('', 'a')`,
        [],
      ),
    );
    expect(left?.count).toBe('0');
    expect(await stage.problems()).toEqual([]);
  });
});
