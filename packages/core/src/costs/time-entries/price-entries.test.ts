import * as fc from 'fast-check';
import { describe, expect } from 'vitest';

import { inTransaction, type ServiceContext } from '../../kernel/context.ts';
import { Agency } from '../../tenancy/agency.entity.ts';
import { found, test } from '../../tenancy/testing/world.ts';
import { keepEntry, keepRate, priced } from '../testing/costs-world.ts';
import type { PricedSegment } from './price-entries.ts';

const NOW = '2026-03-20T12:00:00Z';
const HOUR = 3600;

async function set(ctx: ServiceContext, settings: Partial<Agency>): Promise<void> {
  await inTransaction(ctx, async (em) => {
    Object.assign(await em.findOneOrFail(Agency, { id: ctx.agencyId }), settings);
  });
}

function costs(segments: readonly PricedSegment[] | undefined): (bigint | null)[] {
  return (segments ?? []).map(({ costMinor }) => costMinor);
}

describe('given an entry by its date', () => {
  test('when no level has a rate, then it has no cost, and its time is known', async ({
    world,
  }) => {
    const entry = await keepEntry(world.at(NOW), { clientId: await world.client() });
    expect(await priced(world.at(NOW), [entry])).toEqual([
      [
        {
          date: '2026-03-02',
          seconds: HOUR,
          billableSeconds: HOUR,
          minorPerHour: null,
          level: null,
          costMinor: null,
          currency: null,
        },
      ],
    ]);
  });

  test('when several levels have a rate, then the most specific that is not null prices it', async ({
    world,
  }) => {
    const ctx = world.at(NOW);
    const clientId = await world.client();
    const other = await world.client();
    const entry = await keepEntry(ctx, { clientId, campaignId: 'spring', role: 'writer' });
    const levelNow = async () => {
      const [segments] = await priced(ctx, [entry]);
      return segments?.map(({ level, minorPerHour }) => [level, minorPerHour])[0];
    };
    await keepRate(ctx, { rateMinor: 5000n });
    await keepRate(ctx, { level: 'client', clientId: other, rateMinor: 1n });
    await keepRate(ctx, { level: 'person', person: 'bob', rateMinor: 1n });
    await keepRate(ctx, {
      level: 'campaign',
      clientId: other,
      campaignId: 'spring',
      rateMinor: 1n,
    });
    expect(await levelNow()).toEqual(['agency', 5000n]);
    await keepRate(ctx, { level: 'role', role: 'writer', rateMinor: 6000n });
    expect(await levelNow()).toEqual(['role', 6000n]);
    await keepRate(ctx, { level: 'person', person: 'ada', rateMinor: 0n });
    expect(await levelNow()).toEqual(['person', 0n]);
    await keepRate(ctx, { level: 'client', clientId, rateMinor: 8000n });
    expect(await levelNow()).toEqual(['client', 8000n]);
    await keepRate(ctx, { level: 'person_client', person: 'ada', clientId, rateMinor: null });
    expect(await levelNow()).toEqual(['client', 8000n]);
    await keepRate(ctx, { level: 'campaign', clientId, campaignId: 'spring', rateMinor: 9000n });
    expect(await levelNow()).toEqual(['campaign', 9000n]);
    const keys = { person: 'ada', clientId, campaignId: 'spring' };
    await keepRate(ctx, { level: 'person_campaign', ...keys, rateMinor: 11_000n });
    expect(await levelNow()).toEqual(['person_campaign', 11_000n]);
    const own = await keepEntry(ctx, { clientId, rateMinor: 1500n, currency: 'EUR' });
    expect(await priced(ctx, [own])).toMatchObject([
      [{ level: 'entry', minorPerHour: 1500n, costMinor: 1500n, currency: 'EUR' }],
    ]);
  });

  test('when a calculation assumes a rate, then it stands in for the agency’s and for no nearer one', async ({
    world,
  }) => {
    const ctx = world.at(NOW);
    const clientId = await world.client();
    const [ada, bob] = [
      await keepEntry(ctx, { clientId }),
      await keepEntry(ctx, { clientId, person: 'bob' }),
    ];
    await keepRate(ctx, { level: 'person', person: 'ada', rateMinor: 1000n });
    const agencyRate = { amountMinor: 7000n, currency: 'EUR' };
    expect(await priced(ctx, [ada, bob], { agencyRate })).toMatchObject([
      [{ level: 'person', costMinor: 1000n, currency: 'USD' }],
      [{ level: 'agency', costMinor: 7000n, currency: 'EUR' }],
    ]);
  });

  test('when a rate changes, then what lies before the day it changes stays as it was', async ({
    world,
  }) => {
    const ctx = world.at(NOW);
    const clientId = await world.client();
    const entries = [
      await keepEntry(ctx, { clientId, localDate: '2025-03-10', seconds: 2 * HOUR }),
      await keepEntry(ctx, { clientId, localDate: '2025-09-10', seconds: 2 * HOUR }),
      await keepEntry(ctx, { clientId, localDate: '2024-12-31', seconds: 2 * HOUR }),
    ];
    await keepRate(ctx, { rateMinor: 4000n });
    await keepRate(ctx, { fromDate: '2025-09-01', rateMinor: 4500n });
    const all = await priced(ctx, entries);
    expect(all.map(costs)).toEqual([[8000n], [9000n], [null]]);
  });
});

describe('given an entry with a start and an end', () => {
  test('when it crosses local midnight, then each day has its own time, rate and cost', async ({
    database,
  }) => {
    const world = await found(database, { timeZone: 'America/New_York' });
    const ctx = world.at(NOW);
    const entry = await keepEntry(ctx, {
      clientId: await world.client(),
      startedAt: new Date('2026-02-01T03:30:00Z'),
      endedAt: new Date('2026-02-01T06:15:00Z'),
    });
    await keepRate(ctx, { rateMinor: 6000n });
    await keepRate(ctx, { fromDate: '2026-02-01', rateMinor: 7000n });
    expect(await priced(ctx, [entry])).toMatchObject([
      [
        { date: '2026-01-31', seconds: 5400, costMinor: 9000n },
        { date: '2026-02-01', seconds: 4500, costMinor: 8750n },
      ],
    ]);

    await set(ctx, { reportingSplitsTime: 'start' });
    expect(await priced(ctx, [entry])).toMatchObject([
      [{ date: '2026-01-31', seconds: 9900, costMinor: 16_500n }],
    ]);
  });

  test('when its days are in several currencies, then each currency is rounded once', async ({
    world,
  }) => {
    const ctx = world.at(NOW);
    const entry = await keepEntry(ctx, {
      clientId: await world.client(),
      startedAt: new Date('2026-02-01T23:59:59Z'),
      endedAt: new Date('2026-02-04T00:00:01Z'),
    });
    await keepRate(ctx, { rateMinor: 5400n });
    await keepRate(ctx, { fromDate: '2026-02-02', rateMinor: 1n, currency: 'EUR' });
    await keepRate(ctx, { fromDate: '2026-02-04', rateMinor: 5400n });
    expect(await priced(ctx, [entry])).toMatchObject([
      [
        { date: '2026-02-01', costMinor: 2n, currency: 'USD' },
        { date: '2026-02-02', costMinor: 24n, currency: 'EUR' },
        { date: '2026-02-03', costMinor: 24n, currency: 'EUR' },
        { date: '2026-02-04', costMinor: 1n, currency: 'USD' },
      ],
    ]);
  });

  test('when one of its days has no rate, then the others keep their cost', async ({ world }) => {
    const ctx = world.at(NOW);
    const entry = await keepEntry(ctx, {
      clientId: await world.client(),
      startedAt: new Date('2026-02-01T23:00:00Z'),
      endedAt: new Date('2026-02-02T01:00:00Z'),
    });
    await keepRate(ctx, { fromDate: '2026-02-02', rateMinor: 7000n });
    const [segments] = await priced(ctx, [entry]);
    expect(costs(segments)).toEqual([null, 7000n]);
  });

  test('when it ended as it began, then it costs nothing, without a rate too', async ({
    world,
  }) => {
    const ctx = world.at(NOW);
    const at = new Date('2026-02-01T23:00:00Z');
    const entry = await keepEntry(ctx, {
      clientId: await world.client(),
      startedAt: at,
      endedAt: at,
    });
    const nothing = { date: '2026-02-01', seconds: 0, costMinor: 0n, currency: 'USD' };
    expect(await priced(ctx, [entry])).toMatchObject([[nothing]]);
  });

  test('when its timer runs, then it has no days yet', async ({ world }) => {
    const ctx = world.at(NOW);
    const startedAt = new Date('2026-02-01T23:00:00Z');
    const entry = await keepEntry(ctx, { clientId: await world.client(), startedAt });
    expect(await priced(ctx, [entry])).toEqual([[]]);
  });
});

describe('given an agency that rounds billable time', () => {
  test('when each entry is rounded, then its days share it, and its cost stays exact', async ({
    world,
  }) => {
    const ctx = world.at(NOW);
    const clientId = await world.client();
    await set(ctx, { timeRounding: 'up', timeRoundingMinutes: 15, timeRoundingPer: 'entry' });
    await keepRate(ctx, { rateMinor: 3600n });
    const entries = [
      await keepEntry(ctx, { clientId, seconds: 6480 }),
      await keepEntry(ctx, { clientId, seconds: 6480, billable: false }),
      await keepEntry(ctx, {
        clientId,
        startedAt: new Date('2026-02-01T23:55:00Z'),
        endedAt: new Date('2026-02-02T00:05:00Z'),
      }),
    ];
    expect(await priced(ctx, entries)).toMatchObject([
      [{ billableSeconds: 7200, costMinor: 6480n }],
      [{ billableSeconds: 0, costMinor: 6480n }],
      [
        { seconds: 300, billableSeconds: 450, costMinor: 300n },
        { seconds: 300, billableSeconds: 450, costMinor: 300n },
      ],
    ]);
  });

  test('when a client’s day is rounded, then its entries share it, whichever of them are asked for', async ({
    world,
  }) => {
    const ctx = world.at(NOW);
    const clientId = await world.client();
    await set(ctx, { timeRounding: 'up', timeRoundingMinutes: 30, timeRoundingPer: 'client_day' });
    const first = await keepEntry(ctx, { clientId, seconds: 300 });
    const second = await keepEntry(ctx, {
      clientId,
      startedAt: new Date('2026-03-02T10:00:00Z'),
      endedAt: new Date('2026-03-02T10:05:00Z'),
    });
    await keepEntry(ctx, { clientId, seconds: 9000, deletedAt: new Date(NOW) });
    await keepEntry(ctx, { clientId, seconds: 9000, billable: false });
    await keepEntry(ctx, { clientId, seconds: 9000, localDate: '2026-03-03' });
    await keepEntry(ctx, { clientId: await world.client(), seconds: 9000 });
    const half = [{ seconds: 300, billableSeconds: 900 }];
    expect(await priced(ctx, [first, second])).toMatchObject([half, half]);
    expect(await priced(ctx, [first])).toMatchObject([half]);
    expect(await priced(ctx, [second])).toMatchObject([half]);
  });
});

test('given any entries, when they are priced, then no second is lost and costs do not depend on who is priced beside', async ({
  world,
}) => {
  const ctx = world.at(NOW);
  const clientId = await world.client({ timeZone: 'Europe/Berlin' });
  await keepRate(ctx, { rateMinor: 9999n });
  await keepRate(ctx, { fromDate: '2026-03-29', rateMinor: 7777n });
  const start = fc.integer({ min: Date.parse('2026-03-27'), max: Date.parse('2026-03-31') });
  const anySpan = fc.tuple(start, fc.integer({ min: 0, max: 200_000 }));
  await fc.assert(
    fc.asyncProperty(fc.array(anySpan, { minLength: 1, maxLength: 4 }), async (spans) => {
      const entries = [];
      for (const [from, seconds] of spans) {
        const startedAt = new Date(Math.floor(from / 1000) * 1000);
        const endedAt = new Date(startedAt.getTime() + seconds * 1000);
        // oxlint-disable-next-line no-await-in-loop -- one connection after the other
        entries.push(await keepEntry(ctx, { clientId, startedAt, endedAt }));
      }
      const together = await priced(ctx, entries);
      const sums = together.map((days) => days.reduce((sum, { seconds }) => sum + seconds, 0));
      expect(sums).toEqual(spans.map(([, seconds]) => seconds));
      const [alone] = await priced(ctx, entries.slice(0, 1));
      expect(alone).toEqual(together[0]);
    }),
    { numRuns: 10 },
  );
});
