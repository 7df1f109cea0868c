import { describe, expect } from 'vitest';

import { createClientCost } from '../../costs/client-costs/create-client-cost.ts';
import { createTimeEntry } from '../../costs/time-entries/create-time-entry.ts';
import { createToolCost } from '../../costs/tool-costs/create-tool-cost.ts';
import { sqlSession } from '../../db/sql-session.ts';
import { inTransaction, type ServiceContext } from '../../kernel/context.ts';
import { test, type World } from '../../tenancy/testing/world.ts';
import { createConversion } from '../conversions/create-conversion.ts';
import { calculateValueTracking } from './calculate-value-tracking.ts';
import { getAgencyValueTracking } from './get-agency-value-tracking.ts';
import { getClientValueTracking } from './get-client-value-tracking.ts';

const MARCH = { startDate: '2026-03-01', endDate: '2026-03-31' } as const;

/** Observations of an account by day, as a host tells them. */
async function observe(
  ctx: ServiceContext,
  clientId: string,
  of: { readonly platform: string; readonly date: string; readonly values: Record<string, number> },
): Promise<void> {
  await inTransaction(ctx, async (em) => {
    const sql = sqlSession(em);
    for (const [metric, value] of Object.entries(of.values)) {
      await sql.query(
        `with s as (
           insert into retainer.series (agency_id, client_id, level, subject, platform, metric, kind)
           values (current_setting('retainer.agency'), $1, 'account', $2, $2, $3, 'daily')
           on conflict (agency_id, client_id, level, subject, platform, metric, kind, window_days)
             do update set metric = excluded.metric returning agency_id, id)
         insert into retainer.observation (agency_id, series_id, at, client_id, local_date, value)
         select agency_id, id, ($4::date + 1)::timestamptz - interval '1 ms', $1, $4::date, $5 from s`,
        [clientId, of.platform, metric, of.date, value],
      );
    }
  });
}

/** The worked month: every figure of it from single facts. */
async function workedMonth(world: World): Promise<{ ctx: ServiceContext; clientId: string }> {
  const clientId = await world.client();
  const ctx = world.at('2026-04-02T09:00:00Z');
  const client = { clientWorkspaceId: clientId } as const;
  const work = { ...client, person: 'ana', campaignId: 'spring' } as const;
  for (let day = 1; day <= 22; day += 1) {
    const date = `2026-03-${String(day).padStart(2, '0')}`;
    await createTimeEntry(ctx, { ...work, date, minutes: 75, hourlyRate: 55 });
  }
  await createTimeEntry(ctx, { ...work, date: '2026-03-23', minutes: 330, hourlyRate: '60.00' });
  await createToolCost(ctx, { ...client, name: 'Scheduler', amount: '42.17', ...MARCH });
  await createToolCost(ctx, {
    ...client,
    name: 'Design',
    amount: '21.00',
    startDate: '2026-03-01',
    endDate: '2026-03-31',
  });
  await createClientCost(ctx, 'ad_spend', {
    ...client,
    ...MARCH,
    amount: 1200,
    platform: 'instagram',
  });
  await createConversion(ctx, { ...client, date: '2026-03-05', kind: 'lead', count: 86 });
  await createConversion(ctx, { ...client, date: '2026-03-06', kind: 'conversion', count: 19 });
  const sale = { kind: 'revenue', source: 'shop', attributionModel: 'last_click' } as const;
  await createConversion(ctx, { ...client, ...sale, date: '2026-03-20', amount: '9480.00' });
  const values = { impressions: 100_000, engagements: 4000, clicks: 1200 };
  await observe(ctx, clientId, { platform: 'instagram', date: '2026-03-10', values });
  const rest = { impressions: 84_230, engagements: 3921, clicks: 1014 };
  await observe(ctx, clientId, { platform: 'linkedin', date: '2026-03-31', values: rest });
  return { ctx, clientId };
}

describe('given the worked month, told fact by fact', () => {
  test('when it is calculated, then every figure is the one that was worked out by hand', async ({
    world,
  }) => {
    const { ctx, clientId } = await workedMonth(world);
    const tracking = await calculateValueTracking(ctx, { clientWorkspaceId: clientId, ...MARCH });
    expect(tracking).toMatchObject({
      clientWorkspaceId: clientId,
      currency: 'USD',
      stale: false,
      cost: {
        timeSpentMinutes: 1980,
        time: { amount: '1842.50', currency: 'USD' },
        tools: { amount: '63.17' },
        adSpend: { amount: '1200.00' },
        other: { amount: '0.00' },
        total: { amount: '3105.67' },
      },
      value: {
        impressions: 184_230,
        engagement: 7921,
        clicks: 2214,
        leads: 86,
        conversions: 19,
        reach: null,
        revenue: { amount: '9480.00' },
        total: { amount: '9480.00' },
      },
      efficiency: {
        roiPercent: { value: '205.2481', reason: null },
        roas: { value: '7.900000', reason: null },
        costPerThousandImpressions: { value: { amount: '16.86', exact: '1685.756934' } },
        costPerLead: { value: { amount: '36.11', exact: '3611.244186' } },
        costPerConversion: { value: { amount: '163.46', exact: '16345.631579' } },
        costPerClick: { value: { amount: '0.54', exact: '54.200542' } },
        engagementRatePercent: { value: '4.2995', reason: null },
        valuePerHour: { value: { amount: '287.27', exact: '28727.272727' } },
        timeEfficiency: { value: null, reason: 'zero_denominator' },
      },
    });
    const agency = await getAgencyValueTracking(ctx, MARCH);
    expect(agency.totals).toMatchObject({
      cost: { total: { amount: '3105.67' } },
      efficiency: { roiPercent: { value: '205.2481' } },
      coverage: { clients: 1, withValue: 1 },
    });
  });

  test('when it is broken down, then each breakdown sums to the total', async ({ world }) => {
    const { ctx, clientId } = await workedMonth(world);
    const { current } = await getClientValueTracking(ctx, {
      clientWorkspaceId: clientId,
      ...MARCH,
    });
    for (const rows of Object.values(current.breakdowns)) {
      const cents = rows.map((row) => Math.round(Number(row.cost.total.amount) * 100));
      expect(cents.reduce((sum, one) => sum + one, 0)).toBe(310_567);
    }
    expect(current.breakdowns.platform.map((row) => [row.key, row.cost.total.amount])).toEqual([
      ['unattributed', '1905.67'],
      ['instagram', '1200.00'],
      ['linkedin', '0.00'],
    ]);
    expect(current.breakdowns.day).toHaveLength(31);
  });

  test('when a fact changes, then what is kept says that it is stale, and calculated again is right', async ({
    world,
  }) => {
    const { ctx, clientId } = await workedMonth(world);
    const period = { clientWorkspaceId: clientId, ...MARCH };
    const first = await calculateValueTracking(ctx, { ...period, leadValue: 10 });
    expect(first.value.total.amount).toBe('10340.00');
    await createTimeEntry(ctx, {
      ...ofClient(clientId),
      date: '2026-03-31',
      minutes: 60,
      hourlyRate: 10,
    });
    const read = await getClientValueTracking(ctx, period);
    expect(read.current.cost.total.amount).toBe('3115.67');
    expect(read.stored.items).toMatchObject([
      { id: first.id, stale: true, cost: { total: { amount: '3105.67' } } },
    ]);
    const again = await calculateValueTracking(ctx, period);
    expect(again).toMatchObject({
      id: first.id,
      stale: false,
      cost: { total: { amount: '3115.67' } },
    });
    const last = await getClientValueTracking(ctx, period);
    expect(last.stored.items).toMatchObject([{ id: first.id, stale: false }]);
  });

  test('when the cost without a key is spread, then the rows bear it and the sum stays', async ({
    world,
  }) => {
    const { ctx, clientId } = await workedMonth(world);
    const tracking = await calculateValueTracking(ctx, {
      clientWorkspaceId: clientId,
      ...MARCH,
      spreadCostBy: 'impressions',
    });
    expect(tracking.breakdowns.platform.map((row) => [row.key, row.cost.total.amount])).toEqual([
      ['unattributed', '0.00'],
      ['instagram', '2234.40'],
      ['linkedin', '871.27'],
    ]);
  });
});

describe('given entries that only the agency’s rate prices', () => {
  test('when another rate is assumed, then it prices them in this calculation alone', async ({
    world,
  }) => {
    const clientId = await world.client();
    const ctx = world.at('2026-04-02T09:00:00Z');
    const entry = { ...ofClient(clientId), date: '2026-03-10', minutes: 50 };
    await createTimeEntry(ctx, entry);
    await createTimeEntry(ctx, { ...entry, hourlyRate: 20, minutes: 60 });
    const period = { clientWorkspaceId: clientId, ...MARCH };
    const { current } = await getClientValueTracking(ctx, period);
    expect(current.cost.time).toEqual({
      amount: null,
      currency: 'USD',
      reason: 'missing_rate',
      knownAmount: '20.00',
    });
    const assumed = await calculateValueTracking(ctx, {
      ...period,
      hourlyRate: 100,
      conversionValue: 50,
    });
    expect(assumed.cost.time.amount).toBe('103.33');
    expect(assumed.inputs.hourlyRate).toEqual({ amount: '100.00', currency: 'USD' });
    expect(assumed.breakdowns.day.map((row) => row.cost.total.amount)).toEqual(['103.33']);
    expect((await getClientValueTracking(ctx, period)).current.cost.time.amount).toBeNull();
  });
});

function ofClient(clientWorkspaceId: string): { clientWorkspaceId: string; person: string } {
  return { clientWorkspaceId, person: 'ana' };
}
