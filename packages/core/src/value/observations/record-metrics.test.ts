import * as fc from 'fast-check';
import { describe, expect } from 'vitest';

import { archiveClient } from '../../tenancy/archive-client.ts';
import { test as base, type World } from '../../tenancy/testing/world.ts';
import { asOwner } from '../../testing/index.ts';
import { RecordMetricsInput } from './observation-input.ts';
import { recordMetrics } from './record-metrics.ts';

const NOW = '2026-03-02T12:00:00Z';
const LIKES = { postId: 'p1', platform: 'linkedin', metric: 'likes', kind: 'lifetime' } as const;
const AT = { at: '2026-03-01T09:00:00Z' } as const;

/** `test` with a client in Berlin, whose observations `kept` shows. */
const test = base
  .extend('clientId', ({ world }) => world.client({ timeZone: 'Europe/Berlin' }))
  .extend('kept', ({ database, world, clientId }) => async () => {
    const rows = await asOwner<Kept>(
      database.ownerUrl,
      `select s.subject, s.metric, o.at, o.local_date::text as day, o.value::text as value
       from retainer.observation o join retainer.series s on s.agency_id = o.agency_id and s.id = o.series_id
       where o.agency_id = '${world.agencyId}' and o.client_id = '${clientId}'
       order by s.subject, s.metric, o.at`,
    );
    return rows.map(({ subject, metric, at, day, value }) =>
      [subject, metric, at.toISOString(), day, value].join(' '),
    );
  });

interface Kept {
  readonly subject: string;
  readonly metric: string;
  readonly at: Date;
  readonly day: string;
  readonly value: string;
}

function tell(world: World, clientWorkspaceId: string, observations: readonly object[]) {
  return recordMetrics(
    world.at(NOW),
    RecordMetricsInput.parse({ clientWorkspaceId, observations }),
  );
}

describe('given what a host observed', () => {
  test('when it names metrics and days its own way, then ours are kept', async ({
    world,
    clientId,
    kept,
  }) => {
    const answer = await tell(world, clientId, [
      { ...LIKES, metric: 'Favourites', value: 7, at: '2026-03-01T23:30:00Z' },
      { ...LIKES, metric: 'Unique Impressions', value: '12', date: '2026-03-01' },
      { ...LIKES, metric: 'Mood', kind: 'gauge', value: '0.5', ...AT },
      { channelId: 'c1', platform: 'Twitter', metric: 'x', kind: 'rate', value: 1e-7, ...AT },
    ]);
    expect(answer).toEqual({
      accepted: 4,
      added: 4,
      changed: 0,
      unchanged: 0,
      repeated: 0,
      otherMetrics: ['other:mood', 'other:x'],
    });
    expect(await kept()).toEqual([
      'c1 other:x 2026-03-01T09:00:00.000Z 2026-03-01 0.0000001',
      'p1 likes 2026-03-01T23:30:00.000Z 2026-03-02 7',
      'p1 other:mood 2026-03-01T09:00:00.000Z 2026-03-01 0.5',
      'p1 reach 2026-03-01T22:59:59.999Z 2026-03-01 12',
    ]);
  });

  test('when the same instant comes again, then the value told last stands', async ({
    world,
    clientId,
    kept,
    database,
  }) => {
    const first = [
      { ...LIKES, value: 5, ...AT },
      { ...LIKES, value: 6, date: '2026-03-01' },
      { ...LIKES, value: 8, at: '2026-03-01T10:00:00+01:00' },
    ];
    expect(await tell(world, clientId, first)).toMatchObject({ added: 2, repeated: 1 });
    const queue = () =>
      asOwner(
        database.ownerUrl,
        `select seq from retainer.dirty where agency_id = '${world.agencyId}' and client_id = '${clientId}'`,
      );
    const before = await queue();
    expect(await tell(world, clientId, first.slice(1))).toMatchObject({ added: 0, unchanged: 2 });
    // What changes nothing has nothing recomputed.
    expect(await queue()).toEqual(before);
    const corrected = [
      { ...LIKES, value: 4, date: '2026-03-01' },
      { ...LIKES, value: '8.0', ...AT },
    ];
    expect(await tell(world, clientId, corrected)).toMatchObject({ changed: 1, unchanged: 1 });
    expect(await kept()).toEqual([
      'p1 likes 2026-03-01T09:00:00.000Z 2026-03-01 8',
      'p1 likes 2026-03-01T22:59:59.999Z 2026-03-01 4',
    ]);
  });

  test('when it comes in any order, in any parts and twice, then the same is kept', async ({
    world,
    clientId,
    kept,
  }) => {
    const all = Array.from({ length: 40 }, (_, index) => ({
      ...LIKES,
      postId: `p${index % 3}`,
      platform: index % 2 === 0 ? 'linkedin' : 'instagram',
      value: index,
      at: new Date(Date.parse(AT.at) + index * 3_600_000),
    }));
    await tell(world, clientId, all);
    const expected = await kept();
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(all, { minLength: all.length }),
        fc.array(fc.integer({ min: 1, max: all.length - 1 }), { maxLength: 4 }),
        async (order, cuts) => {
          const other = await world.neighbour();
          const theirs = await other.client({ timeZone: 'Europe/Berlin' });
          const ends = [0, ...cuts.toSorted((a, b) => a - b), all.length];
          const parts = ends.slice(1).map((end, index) => order.slice(ends[index], end));
          for (const part of [...parts, order]) {
            // oxlint-disable-next-line no-await-in-loop -- part after part
            if (part.length > 0) await tell(other, theirs, part);
          }
          const again = await tell(other, theirs, all);
          expect(again).toMatchObject({ added: 0, changed: 0, unchanged: all.length });
        },
      ),
      { numRuns: 10 },
    );
    expect(await kept()).toEqual(expected);
    expect(expected).toHaveLength(all.length);
  });

  test('when many callers tell the same new metrics at once, then each is kept once', async ({
    world,
    clientId,
    kept,
  }) => {
    const all = Array.from({ length: 300 }, (_, index) => ({
      ...LIKES,
      postId: `p${index}`,
      value: index,
      ...AT,
    }));
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, caller) =>
        tell(world, clientId, caller % 2 === 0 ? all : all.toReversed()),
      ),
    );
    expect(answers.reduce((sum, { added }) => sum + added, 0)).toBe(all.length);
    expect(answers.reduce((sum, { unchanged }) => sum + unchanged, 0)).toBe(7 * all.length);
    expect(await kept()).toHaveLength(all.length);
  });
});

describe('given an observation that cannot be', () => {
  test.for([
    { why: 'half a like', input: { ...LIKES, value: 1.5, ...AT }, path: 'value' },
    { why: 'less than none', input: { ...LIKES, value: -1, ...AT }, path: 'value' },
    { why: 'of nothing', input: { ...LIKES, postId: undefined, value: 1, ...AT }, path: 'postId' },
    {
      why: 'of a post and a channel',
      input: { ...LIKES, channelId: 'c', value: 1, ...AT },
      path: 'postId',
    },
    { why: 'at no time', input: { ...LIKES, value: 1 }, path: 'at' },
    { why: 'at two times', input: { ...LIKES, value: 1, ...AT, date: '2026-03-01' }, path: 'at' },
    {
      why: 'a running total of a window',
      input: { ...LIKES, value: 1, ...AT, windowDays: 28 },
      path: 'windowDays',
    },
  ])(
    'when it is $why, then its field is named and nothing is kept',
    async ({ input, path }, { world, clientId, kept }) => {
      const told = tell(world, clientId, [{ ...LIKES, value: 1, ...AT }, input]);
      await expect(told).rejects.toMatchObject({
        code: 'invalid_input',
        issues: [{ path: `observations.1.${path}` }],
      });
      expect(await kept()).toEqual([]);
    },
  );

  test('when every one of many is wrong, then the first twenty are named', async ({
    world,
    clientId,
  }) => {
    const all = Array.from({ length: 100 }, () => ({ ...LIKES, value: 0.5, ...AT }));
    const error: unknown = await tell(world, clientId, all).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ issues: { length: 20 } });
  });
});

describe('given a client that is not there', () => {
  test('when it is another agency’s or archived, then nothing is kept', async ({
    world,
    clientId,
    kept,
  }) => {
    const one = [{ ...LIKES, value: 1, ...AT }];
    const neighbour = await world.neighbour();
    await expect(tell(neighbour, clientId, one)).rejects.toMatchObject({ code: 'not_found' });
    await archiveClient(world.at(NOW), { clientWorkspaceId: clientId });
    await expect(tell(world, clientId, one)).rejects.toMatchObject({ code: 'conflict' });
    expect(await kept()).toEqual([]);
  });
});
