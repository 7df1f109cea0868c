import { describe, expect } from 'vitest';

import { createClientCost } from '../costs/client-costs/create-client-cost.ts';
import { createTimeEntry } from '../costs/time-entries/create-time-entry.ts';
import { createToolCost } from '../costs/tool-costs/create-tool-cost.ts';
import { createGate } from '../gate/gate.ts';
import { hookCall } from '../gate/testing/gate-world.ts';
import { hookContext } from '../gate/testing/ledger.ts';
import { tellHook } from '../hooks/tell-hook.ts';
import { upsertCampaign } from '../value/campaigns/upsert-campaign.ts';
import { createConversion } from '../value/conversions/create-conversion.ts';
import { createReport } from './create-report.ts';
import { getReport, type ReportInFull } from './get-report.ts';
import { observe, test, type ReportWorld } from './testing/report-world.ts';

const APRIL = '2026-04-02T09:00:00Z';
const MARCH = { startDate: '2026-03-01', endDate: '2026-03-31' } as const;

/** A month and the one before, from single facts. */
async function tellTwoMonths(reports: ReportWorld, clientWorkspaceId: string): Promise<void> {
  const { world } = reports;
  const ctx = world.at(APRIL);
  const client = { clientWorkspaceId };
  await upsertCampaign(ctx, { ...client, campaignId: 'spring', name: 'Spring menu' });
  const lead = { ...client, kind: 'lead' } as const;
  await createConversion(ctx, { ...lead, date: '2026-02-10', count: 30, platform: 'linkedin' });
  await createConversion(ctx, {
    ...lead,
    date: '2026-03-10',
    count: 70,
    platform: 'linkedin',
    campaignId: 'spring',
  });
  await createConversion(ctx, { ...lead, date: '2026-03-11', count: 16, platform: 'instagram' });
  const sale = { kind: 'revenue', source: 'shop', attributionModel: 'last_click' } as const;
  await createConversion(ctx, { ...client, ...sale, date: '2026-03-20', amount: '4490.00' });
  await createClientCost(ctx, 'ad_spend', { ...client, date: '2026-03-05', amount: '400.00' });
  await observe(world, clientWorkspaceId, {
    platform: 'linkedin',
    date: '2026-02-10',
    values: { impressions: 8000, engagements: 400 },
  });
  await observe(world, clientWorkspaceId, {
    platform: 'linkedin',
    date: '2026-03-10',
    values: { impressions: 10_000, engagements: 390 },
  });
  await createTimeEntry(ctx, {
    ...client,
    person: 'ana',
    date: '2026-03-03',
    minutes: 777,
    hourlyRate: 61,
  });
  await createToolCost(ctx, { ...client, name: 'Secret scheduler', amount: '43.21', ...MARCH });
}

async function made(reports: ReportWorld, tier: string): Promise<ReportInFull> {
  const { world, outside } = reports;
  const clientWorkspaceId = await reports.client(tier, { name: 'Corner Bakery' });
  await tellTwoMonths(reports, clientWorkspaceId);
  const asked = { clientWorkspaceId, ...MARCH };
  const { report } = await createReport(world.at(APRIL), outside.ports, asked);
  const reportId = report?.id ?? '';
  return getReport(world.at(APRIL), { clientWorkspaceId, reportId });
}

describe('given a month of facts and the one before', () => {
  test('when the tier is Bronze, then it tells usage and outcomes, and compares nothing', async ({
    reports,
  }) => {
    const { content } = await made(reports, 'bronze');
    expect(content).toMatchObject({
      level: 'basic',
      cadence: null,
      client: { name: 'Corner Bakery' },
      tier: { key: 'bronze', name: 'Bronze' },
      period: { ...MARCH, days: 31 },
      comparison: null,
      timeZone: 'UTC',
      currency: 'USD',
    });
    expect(Object.keys(content?.figures ?? {})).toEqual(['usage', 'outcomes']);
    const unknown = { previous: null, change: null, changePercent: null, trend: 'no_data' };
    expect(content?.figures.outcomes).toMatchObject({
      posts: { current: 0 },
      impressions: { current: 10_000, ...unknown },
      reach: { current: null, reason: 'missing_data' },
      engagement: { current: 390, ...unknown },
      leads: { current: 86, ...unknown },
    });
  });

  test('when the tier is Silver, then it compares with the month before, and tells of platforms', async ({
    reports,
  }) => {
    const { content } = await made(reports, 'silver');
    expect(content).toMatchObject({
      level: 'standard',
      comparison: { startDate: '2026-02-01', endDate: '2026-02-28', days: 28 },
      figures: {
        outcomes: {
          impressions: { current: 10_000, previous: 8000, changePercent: '25.0000', good: true },
          engagement: { current: 390, previous: 400, trend: 'stable', good: null },
          leads: { current: 86, previous: 30, change: 56, trend: 'up' },
        },
        platforms: [
          {
            key: 'linkedin',
            leads: { current: 70, previous: 30 },
            impressions: { current: 10_000 },
          },
          { key: 'instagram', leads: { current: 16, previous: 0 }, impressions: { current: null } },
        ],
      },
    });
    expect(Object.keys(content?.figures ?? {}).toSorted()).toEqual([
      'outcomes',
      'platforms',
      'usage',
    ]);
  });

  test('when the tier is Gold, then it also tells what the client paid, and what drove it', async ({
    reports,
  }) => {
    const { content } = await made(reports, 'gold');
    expect(content?.figures).toMatchObject({
      campaigns: [
        { key: 'spring', label: 'Spring menu', leads: { current: 70, previous: 0 } },
        { key: 'unattributed', leads: { current: 16, previous: 30 } },
      ],
      clientReturn: {
        fee: { amount: '1999.00', currency: 'USD' },
        adSpend: { amount: '400.00' },
        paid: { amount: '2399.00' },
        revenue: { amount: '4490.00' },
        value: { amount: '4490.00' },
        roiPercent: { current: '87.1613' },
        roas: { value: '11.225000', reason: null },
      },
      timeSaved: { minutes: null },
      drivers: [
        {
          metric: 'leads',
          dimension: 'platform',
          key: 'linkedin',
          change: 40,
          totalChange: 56,
          sharePercent: '71.4286',
        },
        {
          metric: 'leads',
          dimension: 'campaign',
          label: 'Spring menu',
          change: 70,
          sharePercent: '125.0000',
        },
      ],
    });
  });

  test('when any report is read, then nothing in it tells what the work cost the agency', async ({
    reports,
  }) => {
    const text = JSON.stringify(await made(reports, 'gold'));
    // 777 minutes at 61.00, the tool, and every sum that has one of them in it.
    for (const secret of ['789.95', '43.21', '833.16', '1233.16', '777', '12.95', 'scheduler']) {
      expect(text).not.toContain(secret);
    }
    expect(text).not.toMatch(/margin|hourly|costPer|"cost"|tracked/iu);
  });
});

describe('given a report that was made', () => {
  test('when facts change, then it stays as it was, beside today’s figures', async ({
    reports,
    database,
  }) => {
    const { world } = reports;
    const before = await made(reports, 'silver');
    const { clientWorkspaceId } = before.report;
    expect(before.today?.figures).toEqual(before.content?.figures);
    const late = world.at('2026-05-01T00:00:00Z');
    const lead = { clientWorkspaceId, kind: 'lead', date: '2026-03-31', count: 4 } as const;
    await createConversion(late, lead);

    const after = await getReport(late, { clientWorkspaceId, reportId: before.report.id });
    expect(after.content).toEqual(before.content);
    expect(after.today).toMatchObject({
      figures: { outcomes: { leads: { current: 90 } } },
      asOf: new Date('2026-05-01T00:00:00Z'),
    });
    const rewriting = database.orm.em
      .fork()
      .execute(
        `set retainer.agency = '${world.agencyId}'; update retainer.report set content = '{}'`,
      );
    await expect(rewriting).rejects.toThrow('a report stays as it was made');
  });
});

describe('given posts of a week', () => {
  test('when it is reported, then the usage is that of the window in which the period ended', async ({
    reports,
    database,
  }) => {
    const { world, outside } = reports;
    const client = await reports.client('bronze');
    const post = { clientWorkspaceId: client, postId: 'p1', platforms: ['linkedin'] };
    const host = hookContext(world, createGate(database.gatePool), '2026-03-25T09:00:00Z');
    await tellHook(host, hookCall('postCreated', { ...post, publishNow: true }));
    await tellHook(host, hookCall('postPublished', post));
    const ask = { clientWorkspaceId: client, startDate: '2026-03-23', endDate: '2026-03-29' };
    const { report } = await createReport(world.at(APRIL), outside.ports, ask);
    const { content } = await getReport(world.at(APRIL), {
      clientWorkspaceId: client,
      reportId: report?.id ?? '',
    });
    expect(content?.figures.outcomes.posts.current).toBe(1);
    const week = { startDate: '2026-03-23', endDate: '2026-03-29' };
    expect(content?.figures.usage).toContainEqual({
      meter: 'posts',
      platform: null,
      window: week,
      used: 1,
      held: 0,
      limit: 5,
    });
    expect(content?.figures.usage.map(({ meter }) => meter)).not.toContain('reports');
  });
});
