import { describe, expect } from 'vitest';

import { asOwner } from '../testing/index.ts';
import { createReport } from './create-report.ts';
import { downloadReport } from './download-report.ts';
import { getReport } from './get-report.ts';
import { listReports } from './list-reports.ts';
import { sendReport } from './send-report.ts';
import { test } from './testing/report-world.ts';

const NOW = '2026-03-18T12:00:00Z';
const LAST_WEEK = { startDate: '2026-03-09', endDate: '2026-03-15' } as const;

describe('given a client on Silver, with three reports a month', () => {
  test('when more are wanted at once than there are left, then exactly three are made', async ({
    reports,
    database,
  }) => {
    const { world, outside } = reports;
    const client = await reports.client('silver');
    const asked = { clientWorkspaceId: client, ...LAST_WEEK };
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => createReport(world.at(NOW), outside.ports, asked)),
    );
    expect(answers.filter(({ report }) => report !== null)).toHaveLength(3);
    const denied = answers.filter(({ decision }) => decision.decision === 'deny');
    expect(denied).toHaveLength(5);
    expect(denied[0]).toMatchObject({
      report: null,
      decision: {
        reasons: [{ code: 'limit_reached', used: 3, limit: 3 }],
        nextFitAt: new Date('2026-04-01T00:00:00Z'),
        suggestedTier: { key: 'gold' },
      },
    });
    expect(await reports.counted(client)).toEqual({ '2026-03-01': 3 });
    expect(outside.rendered).toHaveLength(3);
    const files = await asOwner(
      database.ownerUrl,
      `select from retainer.report_file where agency_id = '${world.agencyId}'`,
    );
    expect(files).toHaveLength(3);
  });

  test('when one is wanted again under its key, at once and later, then it is one report', async ({
    reports,
  }) => {
    const { world, outside } = reports;
    const client = await reports.client('silver');
    const asked = { clientWorkspaceId: client, ...LAST_WEEK, idempotencyKey: 'march' };
    const create = (more: object = {}) =>
      createReport(world.at(NOW), outside.ports, { ...asked, ...more });
    const answers = [...(await Promise.all([create(), create(), create()])), await create()];
    expect(new Set(answers.map(({ report }) => report?.id)).size).toBe(1);
    expect(answers.filter(({ decision }) => !decision.replayed)).toHaveLength(1);
    expect(await reports.counted(client)).toEqual({ '2026-03-01': 1 });
    await expect(create({ startDate: '2026-03-08' })).rejects.toMatchObject({
      code: 'idempotency_conflict',
    });
  });

  test('when no period is named, then it is the one that ended last at the cadence of the tier', async ({
    reports,
  }) => {
    const { world, outside } = reports;
    const client = await reports.client('silver');
    const { report } = await createReport(world.at(NOW), outside.ports, {
      clientWorkspaceId: client,
    });
    expect(report).toMatchObject({
      period: { startDate: '2026-03-02', endDate: '2026-03-15' },
      cadence: null,
      level: 'standard',
      state: 'made',
    });
  });

  test.for([
    { why: 'a day that runs', dates: { startDate: '2026-03-01', endDate: '2026-03-18' } },
    { why: 'one date alone', dates: { endDate: '2026-03-12' } },
    { why: 'an end before the start', dates: { startDate: '2026-03-12', endDate: '2026-03-11' } },
  ])(
    'when $why is asked for, then it is refused by name and nothing is taken',
    async ({ dates }, { reports }) => {
      const { world, outside } = reports;
      const client = await reports.client('silver');
      const asked = createReport(world.at(NOW), outside.ports, {
        clientWorkspaceId: client,
        ...dates,
      });
      await expect(asked).rejects.toMatchObject({
        issues: [{ path: expect.stringMatching(/^(?:start|end)Date$/u) }],
      });
      expect(await reports.counted(client)).toEqual({});
    },
  );

  test('when it has no tier, then the gate says so and nothing is made', async ({ reports }) => {
    const { world, outside } = reports;
    const client = await world.client();
    const asked = { clientWorkspaceId: client, ...LAST_WEEK };
    const { decision, report } = await createReport(world.at(NOW), outside.ports, asked);
    expect({ report, code: decision.reasons[0]?.code }).toEqual({
      report: null,
      code: 'no_assignment',
    });
  });
});

describe('given a report that was made', () => {
  test('when it is sent, sent again or sent once more, then mails go out only as asked', async ({
    reports,
  }) => {
    const { world, outside } = reports;
    const client = await reports.client('gold', { reportRecipients: ['a@x.example'] });
    const ctx = world.at(NOW);
    const asked = { clientWorkspaceId: client, ...LAST_WEEK };
    const { report } = await createReport(ctx, outside.ports, asked);
    const one = { clientWorkspaceId: client, reportId: report?.id ?? '' };
    expect(outside.mailed).toEqual([]);

    const send = (more: object = {}) => sendReport(ctx, outside.ports, { ...one, ...more });
    expect(await send()).toMatchObject({ state: 'sent', mail: { sentTo: ['a@x.example'] } });
    expect(await send()).toMatchObject({ state: 'sent' });
    expect(outside.mailed).toHaveLength(1);
    await send({ again: true, recipients: ['B@X.example', 'B@x.example'] });
    expect(outside.mailed.map(({ recipients }) => recipients)).toEqual([
      ['a@x.example'],
      ['B@x.example'],
    ]);
    expect(new Set(outside.mailed.map(({ messageKey }) => messageKey)).size).toBe(2);

    const file = await downloadReport(ctx, outside.ports, one);
    const mailed = outside.mailed.map(({ file: { bytes } }) => Buffer.from(bytes).toString());
    expect(mailed).toEqual([Buffer.from(file.bytes).toString(), mailed[0]]);
    expect(await reports.counted(client)).toEqual({ '2026-03-01': 1 });
  });

  test('when it cannot be sent, then it is said why and nothing changes', async ({ reports }) => {
    const { world, outside } = reports;
    const client = await reports.client('gold');
    const ctx = world.at(NOW);
    const asked = { clientWorkspaceId: client, ...LAST_WEEK };
    const { report } = await createReport(ctx, outside.ports, asked);
    const one = { clientWorkspaceId: client, reportId: report?.id ?? '' };
    const { mail: _none, ...noMail } = outside.ports;
    await expect(sendReport(ctx, noMail, one)).rejects.toThrow('SMTP_URL');
    await expect(sendReport(ctx, outside.ports, one)).rejects.toThrow('reportRecipients');
    expect(await getReport(ctx, one)).toMatchObject({ report: { state: 'made', sentAt: null } });
  });

  test('when it is another client’s, then it is not found', async ({ reports }) => {
    const { world, outside } = reports;
    const [own, other] = [await reports.client('gold'), await reports.client('gold')];
    const ctx = world.at(NOW);
    const { report } = await createReport(ctx, outside.ports, {
      clientWorkspaceId: own,
      ...LAST_WEEK,
    });
    const theirs = { clientWorkspaceId: other, reportId: report?.id ?? '' };
    const notFound = { code: 'not_found' };
    await expect(getReport(ctx, theirs)).rejects.toMatchObject(notFound);
    await expect(downloadReport(ctx, outside.ports, theirs)).rejects.toMatchObject(notFound);
    await expect(sendReport(ctx, outside.ports, theirs)).rejects.toMatchObject(notFound);
  });

  test('when there are many, then they come page by page, the latest period first', async ({
    reports,
  }) => {
    const { world } = reports;
    const client = await reports.client('gold');
    await reports.work('2026-03-01T12:00:00Z');
    await reports.work('2026-03-30T12:00:00Z');
    const ctx = world.at(NOW);
    const starts: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      // oxlint-disable-next-line no-await-in-loop
      const page = await listReports(ctx, {
        clientWorkspaceId: client,
        limit: 2,
        ...(cursor !== undefined && { cursor }),
      });
      starts.push(...page.items.map(({ period }) => period.startDate));
      cursor = page.nextCursor;
    }
    expect(starts).toEqual(['2026-03-23', '2026-03-16', '2026-03-09', '2026-03-02', '2026-02-16']);
    const some = { clientWorkspaceId: client, startDate: '2026-03-09', endDate: '2026-03-22' };
    expect((await listReports(ctx, some)).items).toHaveLength(2);
  });
});
