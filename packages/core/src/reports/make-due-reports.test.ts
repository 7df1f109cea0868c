import { DomainError } from '@retainer/domain';
import { describe, expect } from 'vitest';

import { pauseClient } from '../billing/pause-client.ts';
import { openDatabase } from '../db/connect.ts';
import { createContext } from '../kernel/context.ts';
import { archiveClient } from '../tenancy/archive-client.ts';
import { silentLog } from '../testing/index.ts';
import { createReport } from './create-report.ts';
import { listReports } from './list-reports.ts';
import { planReports } from './plan-reports.ts';
import { test, type ReportWorld } from './testing/report-world.ts';

const RECIPIENTS = ['owner@bakery.example'];

async function listed(
  { world }: ReportWorld,
  clientWorkspaceId: string,
  as: 'agency' | 'client' = 'agency',
) {
  const ctx = world.at('2026-06-01T00:00:00Z');
  const actor = { kind: as, id: clientWorkspaceId };
  return (await listReports({ ...ctx, actor }, { clientWorkspaceId })).items;
}

async function shown(reports: ReportWorld, clientWorkspaceId: string): Promise<string[]> {
  const items = await listed(reports, clientWorkspaceId);
  return items.map((one) => `${one.cadence} ${one.period.startDate} ${one.level} ${one.state}`);
}

describe('given clients of the three tiers', () => {
  test('when time passes, then each gets its reports at its cadence and level, counted once', async ({
    reports,
  }) => {
    const bronze = await reports.client('bronze', { reportRecipients: RECIPIENTS });
    const silver = await reports.client('silver');
    const gold = await reports.client('gold', { timeZone: 'Pacific/Auckland' });

    expect(await reports.work('2026-03-18T00:00:00Z')).toEqual({ takenUp: 3, failed: 0 });
    expect(await reports.work('2026-03-18T00:05:00Z')).toEqual({ takenUp: 0, failed: 0 });
    expect(await shown(reports, bronze)).toEqual(['monthly 2026-02-01 basic sent']);
    expect(await shown(reports, silver)).toEqual(['biweekly 2026-03-02 standard made']);
    expect(await shown(reports, gold)).toEqual(['weekly 2026-03-09 advanced made']);

    // In Auckland the Monday has begun, elsewhere it has not.
    await reports.work('2026-03-22T12:00:00Z');
    expect(await shown(reports, gold)).toEqual([
      'weekly 2026-03-16 advanced made',
      'weekly 2026-03-09 advanced made',
    ]);
    expect(await reports.work('2026-04-02T00:00:00Z')).toMatchObject({ takenUp: 3 });
    expect(await shown(reports, bronze)).toEqual([
      'monthly 2026-03-01 basic sent',
      'monthly 2026-02-01 basic sent',
    ]);
    expect(await reports.counted(bronze)).toEqual({ '2026-02-01': 1, '2026-03-01': 1 });
    expect(reports.outside.mailed.map(({ recipients }) => recipients)).toEqual([
      RECIPIENTS,
      RECIPIENTS,
    ]);
  });

  test('when no worker ran for long, then the last few are made up for and no more', async ({
    reports,
  }) => {
    const gold = await reports.client('gold');
    await reports.work('2026-01-20T00:00:00Z');
    await reports.work('2026-05-20T00:00:00Z');
    const starts = (await listed(reports, gold)).map(({ period }) => period.startDate);
    expect(starts).toEqual(['2026-05-11', '2026-05-04', '2026-04-27', '2026-04-20', '2026-01-12']);
  });

  test('when one was archived or paused before the end, or wants none by itself, then nothing is due', async ({
    reports,
  }) => {
    await reports.client('gold', { scheduledReports: false });
    const archived = await reports.client('gold');
    const paused = await reports.client('gold');
    const at = reports.world.at('2026-03-12T00:00:00Z');
    await archiveClient(at, { clientWorkspaceId: archived });
    await pauseClient(at, { clientWorkspaceId: paused });
    expect(await reports.work('2026-03-18T00:00:00Z')).toEqual({ takenUp: 0, failed: 0 });
  });
});

describe('given a client whose reports are used up', () => {
  test('when another is due, then it is not made, the agency is told why, and the client sees none', async ({
    reports,
  }) => {
    const { world, outside } = reports;
    const bronze = await reports.client('bronze', { reportRecipients: RECIPIENTS });
    const now = world.at('2026-03-10T00:00:00Z');
    const asked = { clientWorkspaceId: bronze, startDate: '2026-03-01', endDate: '2026-03-09' };
    await createReport(now, outside.ports, asked);
    await reports.work('2026-04-01T00:05:00Z');
    await reports.work('2026-04-20T00:05:00Z');

    const [denied] = await listed(reports, bronze);
    expect(denied).toMatchObject({
      period: { startDate: '2026-03-01', endDate: '2026-03-31' },
      state: 'denied',
      denial: [{ code: 'limit_reached', message: expect.stringContaining('limit of 1 reports') }],
      madeAt: null,
    });
    expect(await reports.counted(bronze)).toEqual({ '2026-03-01': 1 });
    expect(outside.mailed).toEqual([]);
    const seen = await listed(reports, bronze, 'client');
    expect(seen.map(({ cadence, state, mail }) => ({ cadence, state, mail }))).toEqual([
      { cadence: null, state: 'made', mail: null },
    ]);
  });
});

describe('given several workers', () => {
  test('when they run at once on pools of their own, then each report is made, counted and mailed once', async ({
    reports,
    database,
  }) => {
    const { outside } = reports;
    const clients = await Promise.all(
      Array.from({ length: 12 }, () => reports.client('gold', { reportRecipients: RECIPIENTS })),
    );
    const pools = await Promise.all(
      [1, 2].map(() => openDatabase({ url: database.ownerUrl, log: silentLog })),
    );
    const places = [database, ...pools];
    const { world } = reports;
    await Promise.all(
      places.map(({ orm }) => {
        const { em: _own, ...ctx } = world.at('2026-03-18T00:00:00Z');
        return planReports(createContext({ orm, ...ctx }));
      }),
    );
    const taken = await Promise.all(
      places.map((place) => reports.work('2026-03-18T00:00:00Z', { database: place })),
    );
    await Promise.all(pools.map((pool) => pool.close()));

    expect(taken.reduce((sum, { takenUp }) => sum + takenUp, 0)).toBe(12);
    expect(taken.filter(({ takenUp }) => takenUp > 0).length).toBeGreaterThan(1);
    const made = await Promise.all(clients.map((client) => shown(reports, client)));
    expect(made).toEqual(clients.map(() => ['weekly 2026-03-09 advanced sent']));
    const counts = await Promise.all(clients.map((client) => reports.counted(client)));
    expect(counts).toEqual(clients.map(() => ({ '2026-03-01': 1 })));
    expect(new Set(outside.mailed.map(({ messageKey }) => messageKey)).size).toBe(12);
    expect(outside.mailed).toHaveLength(12);
    expect(outside.rendered).toHaveLength(12);
  });
});

describe('given a mail server that refuses', () => {
  test('when it takes it later, then it was tried less and less often, and is sent under one key', async ({
    reports,
  }) => {
    const { outside } = reports;
    const gold = await reports.client('gold', { reportRecipients: RECIPIENTS });
    const keys: string[] = [];
    outside.onMail = ({ messageKey }) => {
      keys.push(messageKey);
      if (keys.length < 3) throw new DomainError('unavailable', 'The mail server said: 451 later');
    };
    expect(await reports.work('2026-03-18T00:00:00Z')).toEqual({ takenUp: 1, failed: 1 });
    expect(await listed(reports, gold)).toMatchObject([
      {
        state: 'failed',
        mail: {
          attempts: 1,
          nextAttemptAt: new Date('2026-03-18T00:01:00Z'),
          lastError: 'The mail server said: 451 later',
        },
      },
    ]);
    expect(await listed(reports, gold, 'client')).toMatchObject([{ state: 'made', mail: null }]);
    expect(await reports.work('2026-03-18T00:00:59Z')).toEqual({ takenUp: 0, failed: 0 });
    expect(await reports.work('2026-03-18T00:01:00Z')).toEqual({ takenUp: 1, failed: 1 });
    expect(await reports.work('2026-03-18T00:03:00Z')).toEqual({ takenUp: 1, failed: 0 });
    expect(await listed(reports, gold)).toMatchObject([
      {
        state: 'sent',
        sentAt: new Date('2026-03-18T00:03:00Z'),
        mail: { sentTo: RECIPIENTS, attempts: 0, nextAttemptAt: null, lastError: null },
      },
    ]);
    expect(new Set(keys).size).toBe(1);
    expect(outside.rendered).toHaveLength(1);
  });

  test('when it never does, then it is given up after about a day, and nothing internal is told', async ({
    reports,
  }) => {
    const gold = await reports.client('gold', { reportRecipients: RECIPIENTS });
    reports.outside.onMail = () => {
      throw new Error('connect ECONNREFUSED secret-host');
    };
    let now = new Date('2026-03-18T00:00:00Z');
    for (let tries = 0; tries < 20; tries += 1) {
      // oxlint-disable-next-line no-await-in-loop
      await reports.work(now.toISOString());
      // oxlint-disable-next-line no-await-in-loop
      const [report] = await listed(reports, gold);
      if (!report?.mail?.nextAttemptAt) break;
      now = report.mail.nextAttemptAt;
    }
    const [report] = await listed(reports, gold);
    expect(report).toMatchObject({
      state: 'failed',
      mail: {
        attempts: 12,
        nextAttemptAt: null,
        lastError: 'Something is wrong in the service.',
      },
    });
    expect(now.toISOString()).toBe('2026-03-18T20:31:00.000Z');
  });
});

describe('given a worker that dies', () => {
  test('when a report cannot be rendered, then it is made once, stays, and is tried again', async ({
    reports,
  }) => {
    const { outside } = reports;
    const gold = await reports.client('gold', { reportRecipients: RECIPIENTS });
    const broken = {
      ...outside.ports,
      render: () => Promise.reject(new TypeError('no such font')),
    };
    expect(await reports.work('2026-03-18T00:00:00Z', { ports: broken })).toMatchObject({
      failed: 1,
    });
    expect(await shown(reports, gold)).toEqual(['weekly 2026-03-09 advanced failed']);
    expect(await reports.work('2026-03-18T00:01:00Z')).toEqual({ takenUp: 1, failed: 0 });
    expect(await shown(reports, gold)).toEqual(['weekly 2026-03-09 advanced sent']);
    expect(await reports.counted(gold)).toEqual({ '2026-03-01': 1 });
  });
});
