import { describe, expect } from 'vitest';

import { pauseClient } from '../billing/pause-client.ts';
import { setPastDue } from '../billing/set-past-due.ts';
import { assign } from '../billing/testing/silver.ts';
import { createClientCost } from '../costs/client-costs/create-client-cost.ts';
import { createTimeEntry } from '../costs/time-entries/create-time-entry.ts';
import { test as base, type Desk } from '../gate/testing/gate-world.ts';
import { getAgencyKPIDashboard } from '../kpi/get-agency-kpi-dashboard.ts';
import { setBudget } from '../plans/budgets/set-budget.ts';
import { archiveClient } from '../tenancy/archive-client.ts';
import { upsertCampaign } from '../value/campaigns/upsert-campaign.ts';
import { createConversion } from '../value/conversions/create-conversion.ts';
import { recordMetrics } from '../value/observations/record-metrics.ts';
import type { AttentionDto } from './attention/attention-dto.ts';
import { needsAttention, type NeedsAttentionInput } from './needs-attention.ts';

/** The Monday before, and a Thursday after ten complete days of March. */
const BEFORE = '2026-03-02T08:00:00Z';
const NOW = '2026-03-12T12:00:00Z';
const CREATED = '2026-03-09T08:00:00Z';

const test = base.extend('attention', async ({ world }) => {
  const read = async (input: NeedsAttentionInput = {}) => needsAttention(world.at(NOW), input);
  const of = async (clientId: string): Promise<AttentionDto[]> =>
    (await read({ limit: 200 })).items.items.filter((one) => one.clientWorkspaceId === clientId);
  return { read, of };
});

/** A client that posts every week, so that nothing but what a test is about needs attention. */
async function keepPosting(desk: Desk): Promise<void> {
  const post = {
    postId: `alive ${desk.clientId}`,
    scheduledAt: '2026-03-10T07:00:00Z',
    platforms: ['x'],
  };
  await desk.tell(CREATED, 'postCreated', post);
  await desk.tell('2026-03-10T07:00:00Z', 'postPublished', { postId: post.postId });
}

describe('given how clients stand with their tiers', () => {
  test('when there is none, a trial, a debt or a pause, then each is told, the worst first', async ({
    world,
    desk,
    attention,
  }) => {
    const { tier } = await desk({ posts: null });
    const tierId = await tier({ posts: 5 });
    const without = await world.client({ name: 'Without' });
    const trial = async (trialEndsAt: string) => {
      const clientWorkspaceId = await world.client({ name: trialEndsAt });
      await assign(world, BEFORE, {
        clientWorkspaceId,
        tierId,
        trialEndsAt: new Date(trialEndsAt),
      });
      return clientWorkspaceId;
    };
    const ended = await trial('2026-03-10T00:00:00Z');
    const ends = await trial('2026-03-15T00:00:00Z');
    await trial('2026-03-30T00:00:00Z');
    const indebted = await world.client();
    await assign(world, BEFORE, { clientWorkspaceId: indebted, tierId });
    await setPastDue(world.at('2026-03-05T00:00:00Z'), {
      clientWorkspaceId: indebted,
      pastDue: true,
    });
    const paused = await world.client();
    await assign(world, BEFORE, { clientWorkspaceId: paused, tierId });
    await pauseClient(world.at('2026-03-11T00:00:00Z'), { clientWorkspaceId: paused });
    const gone = await world.client();
    await archiveClient(world.at(NOW), { clientWorkspaceId: gone });

    const { items, counts } = await attention.read();
    const told = items.items.filter(({ code }) => code !== 'stopped_posting');
    expect(told.map(({ code, clientWorkspaceId }) => [code, clientWorkspaceId])).toEqual([
      ['trial_ended', ended],
      ['past_due', indebted],
      ['no_tier', without],
      ['trial_ends', ends],
      ['paused', paused],
    ]);
    expect(counts).toMatchObject({ urgent: 2, notice: 1 });
    expect(told[0]).toMatchObject({
      severity: 'urgent',
      figure: { value: '2026-03-10', unit: 'date' },
      message: 'The trial ended on 2026-03-10 and nobody pays yet: new posts are denied.',
      lookAt: 'tier',
    });
    expect(told[3]).toMatchObject({
      figure: { value: '2026-03-15' },
      comparedWith: { value: '7' },
    });
  });
});

describe('given what clients take of their limits', () => {
  test('when posts are denied, a limit is passed, or one runs out, then each is told beside its limit', async ({
    desk,
    attention,
  }) => {
    const denied = await desk({ posts: 2, ai: 10, library: 3 });
    await keepPosting(denied);
    const ask = (postId: string) => ({ postId, scheduledAt: '2026-03-13T07:00:00Z' });
    await denied.tell(CREATED, 'postCreated', ask('b'));
    await denied.tell(CREATED, 'postCreated', ask('c'));
    await denied.tell(CREATED, 'postCreated', ask('d'));
    await denied.tell(BEFORE, 'postCreated', {
      ...ask('old'),
      scheduledAt: '2026-03-03T07:00:00Z',
    });
    await denied.record(CREATED, { meter: 'ai_generations', quantity: 14, idempotencyKey: 'k' });
    const items = await attention.of(denied.clientId);
    expect(
      items.map(({ code, figure, comparedWith }) => [code, figure?.value, comparedWith?.value]),
    ).toEqual([
      ['posts_denied', '2', '2'],
      ['over_limit', '14', '10'],
    ]);
    expect(items[0]?.message).toBe('2 posts were asked for this week or later, and denied.');
    expect(items[1]).toMatchObject({ meter: 'ai_generations', lookAt: 'limits' });
  });

  test('when a host posts past a limit without asking, then that is told', async ({
    desk,
    attention,
  }) => {
    const unchecked = await desk({ posts: 1 });
    await keepPosting(unchecked);
    const seen = { postId: 'seen', scheduledAt: '2026-03-11T07:00:00Z', observed: true };
    await unchecked.tell(NOW, 'postCreated', seen);
    const items = await attention.of(unchecked.clientId);
    expect(items.map(({ code, figure }) => [code, figure?.value])).toEqual([
      ['over_limit', '2'],
      ['over_limit_unchecked', '1'],
    ]);
  });

  test('when an allowance lasts not as long as its window, or a level not four weeks, then the day is told', async ({
    desk,
    attention,
  }) => {
    const fast = await desk({ posts: 5, storage: 1000 });
    await keepPosting(fast);
    await fast.tell(CREATED, 'postCreated', { postId: 'b', scheduledAt: '2026-03-14T07:00:00Z' });
    await fast.tell(CREATED, 'postCreated', { postId: 'c', scheduledAt: '2026-03-14T07:00:00Z' });
    const store = (at: string, quantity: number) =>
      fast.record(at, { meter: 'storage_bytes', quantity, idempotencyKey: at });
    await store('2026-01-12T08:00:00Z', 400);
    expect((await attention.of(fast.clientId)).map(({ meter }) => meter)).toEqual(['posts']);
    await store(CREATED, 700);
    const items = await attention.of(fast.clientId);
    expect(items.map(({ code, meter, figure }) => [code, meter, figure?.value])).toEqual([
      // Three of five in 84 hours, the last two by Sunday morning; 300 of 1000 bytes in 28 days, as much is left.
      ['runs_out', 'posts', '2026-03-14'],
      ['runs_out', 'storage_bytes', '2026-04-09'],
    ]);
    expect(items[0]).toMatchObject({ comparedWith: { value: '2026-03-16', unit: 'date' } });
    const { insights } = await getAgencyKPIDashboard(fast.world.at(NOW), {});
    expect(insights.runOuts).toMatchObject({
      total: 2,
      items: [{ meter: 'posts' }, { meter: 'storage_bytes' }],
    });
  });

  test('when nothing was published for two weeks on a tier, then since when', async ({
    desk,
    attention,
  }) => {
    const silent = await desk({ posts: 5 });
    expect(await attention.of(silent.clientId)).toMatchObject([
      { code: 'stopped_posting', figure: { value: '70', unit: 'days' } },
    ]);
    const post = { postId: 'a', scheduledAt: '2026-02-26T07:00:00Z', platforms: ['x'] };
    await silent.tell('2026-02-26T06:00:00Z', 'postCreated', post);
    await silent.tell('2026-02-26T07:00:00Z', 'postPublished', { postId: 'a' });
    expect(await attention.of(silent.clientId)).toMatchObject([
      {
        figure: { value: '14' },
        message: 'Nothing was published since 2026-02-26, though the tier would allow it.',
      },
    ]);
    await keepPosting(silent);
    expect(await attention.of(silent.clientId)).toEqual([]);
  });
});

describe('given what clients cost and bring', () => {
  test('when a margin is lost, an ROI falls or a lead costs more, then for the client and its campaign', async ({
    desk,
    attention,
  }) => {
    const one = await desk({ posts: 5, price: '310' });
    await keepPosting(one);
    const { world, clientId: clientWorkspaceId } = one;
    const ctx = world.at(NOW);
    const campaign = { clientWorkspaceId, campaignId: 'spring' };
    await upsertCampaign(ctx, { ...campaign, name: 'Spring' });
    const spend = (date: string, amount: string) =>
      createClientCost(ctx, 'ad_spend', { ...campaign, date, amount });
    const lead = (date: string, count: number) =>
      createConversion(ctx, { ...campaign, kind: 'lead', date, count });
    const revenue = {
      ...campaign,
      kind: 'revenue',
      source: 'shop',
      attributionModel: 'last',
    } as const;
    await spend('2026-02-03', '100');
    await lead('2026-02-03', 10);
    await createConversion(ctx, { ...revenue, date: '2026-02-03', amount: '500' });
    await spend('2026-03-03', '138');
    await lead('2026-03-03', 10);
    await createConversion(ctx, { ...revenue, date: '2026-03-03', amount: '500' });
    const work = { clientWorkspaceId, date: '2026-03-04', minutes: 60, hourlyRate: '165' };
    const march = async () => attention.of(clientWorkspaceId);
    expect(await march()).toMatchObject([
      { code: 'roi_fallen', campaignId: null, lookAt: 'value' },
      { code: 'roi_fallen', campaignId: 'spring', campaignName: 'Spring', lookAt: 'campaign' },
      {
        code: 'cost_per_lead_up',
        campaignId: null,
        figure: { value: '13.80', unit: 'money', currency: 'USD' },
        comparedWith: { value: '10.00' },
        message: 'A lead costs 38.0 % more: 13.80 USD after 10.00 USD.',
      },
      { code: 'cost_per_lead_up', campaignId: 'spring' },
    ]);
    // Eleven days of 31 are charged 110.00.
    await createTimeEntry(ctx, work);
    const [worst] = await march();
    expect(worst).toMatchObject({
      code: 'margin_negative',
      figure: { value: '-50.0000', unit: 'percent' },
      message: 'The margin is -50.0 %: the work cost 165.00 USD, the fee came to 110.00 USD.',
    });
    const { insights } = await getAgencyKPIDashboard(ctx, {});
    expect(insights.margin).toMatchObject({
      fee: { current: { amount: '110.00' } },
      cost: { current: { amount: '165.00' }, trend: 'new', good: false },
      kept: { current: { amount: '-55.00' } },
      marginPercent: {
        current: '-50.0000',
        previous: '100.0000',
        change: '-150.0000',
        good: false,
      },
    });
    expect(insights.needsAttention).toMatchObject({
      counts: { total: 5, urgent: 1, warning: 4 },
      items: [worst, {}, {}, {}, {}],
    });
    const few = await needsAttention(ctx, { startDate: '2026-03-06', endDate: '2026-03-11' });
    expect(few.items.items).toEqual([]);
  });

  test('when a budget is used up, rates are missing, or metrics stop, then that is told, code by code, page by page', async ({
    desk,
    attention,
  }) => {
    const one = await desk({ posts: 5, price: '0' });
    await keepPosting(one);
    const { world, clientId: clientWorkspaceId } = one;
    const ctx = world.at(NOW);
    const month = '2026-03';
    const cost = { clientWorkspaceId, date: '2026-03-03' };
    await setBudget(ctx, { clientWorkspaceId, month, amount: '100' });
    await createClientCost(ctx, 'other', { ...cost, amount: '101' });
    const account = {
      platform: 'x',
      metric: 'impressions',
      kind: 'daily',
      channelId: 'c',
    } as const;
    const observations = [{ ...account, value: 5, date: '2026-03-09' }];
    await recordMetrics(ctx, { clientWorkspaceId, observations });
    const first = await attention.of(clientWorkspaceId);
    expect(first).toMatchObject([
      {
        code: 'budget_over',
        figure: { value: '101.00', unit: 'money' },
        comparedWith: { value: '100.00' },
        message: "101.00 USD of this month's budget of 100.00 USD are used.",
      },
      { code: 'metrics_behind', figure: { value: '2026-03-09' } },
    ]);
    await setBudget(ctx, { clientWorkspaceId, month, hours: 2 });
    await createTimeEntry(ctx, { ...cost, person: 'ada', minutes: 96 });
    await createClientCost(ctx, 'other', { ...cost, amount: { amount: '5', currency: 'JPY' } });
    const { byCode, counts } = await attention.read();
    expect(byCode).toEqual([
      { code: 'budget_warning', count: 1 },
      { code: 'metrics_behind', count: 1 },
      { code: 'missing_rate', count: 1 },
      { code: 'missing_exchange_rate', count: 1 },
    ]);
    expect(counts.total).toBe(4);
    const page = await attention.read({ limit: 3 });
    const rest = await attention.read({ limit: 3, cursor: page.items.nextCursor ?? '' });
    expect(rest.items).toMatchObject({
      items: [{ code: 'missing_exchange_rate' }],
      nextCursor: null,
    });
    const hours = await attention.read({ code: 'budget_warning' });
    expect(hours.items.items).toMatchObject([{ figure: { value: '1.6000', unit: 'hours' } }]);
  });
});
