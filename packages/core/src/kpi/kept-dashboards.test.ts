import { describe, expect } from 'vitest';

import { createAnnotation } from '../annotations/create-annotation.ts';
import { grantOverride } from '../billing/grant-override.ts';
import { setPastDue } from '../billing/set-past-due.ts';
import { assign } from '../billing/testing/silver.ts';
import { setExchangeRates } from '../costs/exchange-rates/set-exchange-rates.ts';
import { createTimeEntry } from '../costs/time-entries/create-time-entry.ts';
import { test as base } from '../gate/testing/gate-world.ts';
import { inTransaction, type ServiceContext } from '../kernel/context.ts';
import { setBudget } from '../plans/budgets/set-budget.ts';
import { setTarget } from '../plans/targets/set-target.ts';
import { upsertAgency } from '../tenancy/upsert-agency.ts';
import { upsertClient } from '../tenancy/upsert-client.ts';
import { archiveCampaign } from '../value/campaigns/archive-campaign.ts';
import { upsertCampaign } from '../value/campaigns/upsert-campaign.ts';
import { recordMetrics } from '../value/observations/record-metrics.ts';
import { getAgencyKPIDashboard } from './get-agency-kpi-dashboard.ts';

const NOW = '2026-03-12T12:00:00Z';
const LATER = '2026-03-12T12:00:45Z';

const test = base.extend('look', async ({ world }) => {
  return async (at = NOW) =>
    getAgencyKPIDashboard({ ...world.at(at), byRealClock: true }, { compareTo: 'previous_year' });
});

describe('given a dashboard that was read', () => {
  test('when nothing changed since, then it is answered as it was, and again after a minute', async ({
    look,
    desk,
  }) => {
    const { world } = await desk({ posts: 2 });
    const first = await look();
    expect(await look(LATER)).toBe(first);
    const other = await getAgencyKPIDashboard(
      { ...world.at(NOW), byRealClock: true },
      { comparePeriod: false },
    );
    expect(other.comparison).toBeNull();
    const minute = await look('2026-03-12T12:01:00Z');
    expect(minute).toEqual({ ...first, asOf: new Date('2026-03-12T12:01:00Z') });
  });

  test('when a clock is told, or a transaction is open, then nothing is kept', async ({
    look,
    desk,
  }) => {
    const { world } = await desk({ posts: 2 });
    const kept = await look();
    const told = await getAgencyKPIDashboard(world.at(NOW), { compareTo: 'previous_year' });
    expect(told).not.toBe(kept);
    const ctx: ServiceContext = { ...world.at(NOW), byRealClock: true };
    await inTransaction(ctx, async () => {
      const within = await getAgencyKPIDashboard(ctx, { compareTo: 'previous_year' });
      expect(within).not.toBe(kept);
      expect(within).toEqual(kept);
    });
  });

  test('when anything that it rests on is changed, then it is read anew', async ({
    look,
    desk,
    world,
  }) => {
    const { tell, record, clientId: clientWorkspaceId, tier } = await desk({ posts: 1, ai: 1 });
    const ctx = world.at(NOW);
    const other = await world.client();
    const tierId = await tier({ posts: 3 });
    const one = { clientWorkspaceId };
    const post = (postId: string, more: object = {}) =>
      tell(NOW, 'postCreated', { postId, scheduledAt: '2026-03-13T07:00:00Z', ...more });
    const settings = { name: 'North', timeZone: 'UTC', currency: 'USD' };
    const account = {
      platform: 'x',
      metric: 'impressions',
      kind: 'daily',
      channelId: 'c',
    } as const;
    const changes: Readonly<Record<string, () => Promise<unknown>>> = {
      draft: () => post('draft', { status: 'draft' }),
      hold: () => post('a'),
      denial: () => post('b'),
      observed: () => post('c', { observed: true }),
      release: () => tell(NOW, 'postDeleted', { postId: 'a' }),
      usage: () => record(NOW, { meter: 'ai_generations', quantity: 2, idempotencyKey: 'k' }),
      time: () => createTimeEntry(ctx, { ...one, date: '2026-03-02', minutes: 60 }),
      metrics: () =>
        recordMetrics(ctx, {
          ...one,
          observations: [{ ...account, value: 5, date: '2026-03-02' }],
        }),
      campaign: () => upsertCampaign(ctx, { ...one, campaignId: 'spring', name: 'Spring' }),
      'campaign that ended': () => archiveCampaign(ctx, { ...one, campaignId: 'spring' }),
      name: () => upsertClient(ctx, { ...one, name: 'Another' }),
      tier: () => tier({ posts: 9, price: '1' }),
      assignment: () => assign(world, NOW, { clientWorkspaceId: other, tierId }),
      override: () => grantOverride(ctx, { ...one, meter: 'posts', delta: 1 }),
      debt: () => setPastDue(ctx, { ...one, pastDue: true }),
      budget: () => setBudget(ctx, { ...one, month: '2026-03', hours: 1 }),
      goal: () =>
        setTarget(ctx, { metric: 'posts', month: '2026-03', value: 5, direction: 'more' }),
      annotation: () => createAnnotation(ctx, { startDate: '2026-03-02', title: 'Opened' }),
      setting: () => upsertAgency(ctx, { ...settings, stablePercent: '9' }),
      rate: () =>
        setExchangeRates(ctx, {
          base: 'EUR',
          rates: [{ date: '2026-03-02', quote: 'USD', rate: '1.1' }],
        }),
    };
    // In a caller's own transaction nothing is remembered, nor anything used that was.
    const fromNothing = () => {
      const own = world.at(LATER);
      return inTransaction(own, () => getAgencyKPIDashboard(own, { compareTo: 'previous_year' }));
    };
    let before = await look();
    for (const [what, change] of Object.entries(changes)) {
      /* oxlint-disable no-await-in-loop -- in this order */
      expect([what, await look(LATER)]).toEqual([what, before]);
      await change();
      const after = await look(LATER);
      expect([what, after === before]).toEqual([what, false]);
      expect([what, after]).toEqual([what, await fromNothing()]);
      before = after;
      /* oxlint-enable no-await-in-loop */
    }
  }, 60_000);

  test('when many ask at once after a change, then all hear of it', async ({
    look,
    desk,
    world,
  }) => {
    const { clientId: clientWorkspaceId } = await desk({ posts: 2 });
    await look();
    const noted = await createAnnotation(world.at(NOW), {
      clientWorkspaceId,
      startDate: '2026-03-02',
      title: 'Opened',
    });
    const all = await Promise.all(Array.from({ length: 6 }, () => look()));
    expect(all.map(({ annotations }) => annotations.map(({ id }) => id))).toEqual(
      all.map(() => [noted.id]),
    );
  });

  test('when many ask for different days at once, then each hears of its own', async ({
    desk,
    world,
  }) => {
    await desk({ posts: 2 });
    const days = Array.from(
      { length: 28 },
      (_, day) => `2026-02-${String(day + 1).padStart(2, '0')}`,
    );
    const all = await Promise.all(
      days.map((day) =>
        getAgencyKPIDashboard(
          { ...world.at(NOW), byRealClock: true },
          { startDate: day, endDate: day },
        ),
      ),
    );
    expect(all.map(({ period }) => period.startDate)).toEqual(days);
  });
});
