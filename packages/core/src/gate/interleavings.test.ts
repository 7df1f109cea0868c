import { DomainError } from '@retainer/domain';
import * as fc from 'fast-check';
import { describe, expect } from 'vitest';

import { openDatabase } from '../db/connect.ts';
import { tellHook } from '../hooks/tell-hook.ts';
import { silentLog } from '../testing/index.ts';
import { findDrift } from '../usage/sweep.ts';
import { createGate, type Gate } from './gate.ts';
import { hookCall, NOW, test, type Desk } from './testing/gate-world.ts';
import { hookContext, readHolds, sumReceipts, type TakenHold } from './testing/ledger.ts';
import { step, totals, type Event, type Model } from './testing/model.ts';

const LIMIT = 3;
const HOUR = 3_600_000;
const PLATFORMS: Readonly<Record<string, string>> = { c1: 'x', c2: 'linkedin', c3: 'x' };

const post = fc.constantFrom('p1', 'p2', 'p3', 'p4');
const key = fc.constantFrom('k1', 'k2', 'k3');
const channels = fc.subarray(['c1', 'c2', 'c3'], { minLength: 1 });
const inDays = fc.constantFrom(0, 1, 6, 8, 15);

const anyEvent: fc.Arbitrary<Event> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ type: fc.constant('schedule'), post, channels, inDays }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('publish'), post, channels }) },
  {
    weight: 3,
    arbitrary: fc.record({ type: fc.constant('fail'), post, channels, final: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constantFrom('draft', 'delete'), post }) },
  {
    weight: 3,
    arbitrary: key.map((name): Event => ({
      type: 'reserve',
      key: name,
      quantity: name === 'k1' ? 2 : 1,
    })),
  },
  { weight: 3, arbitrary: fc.record({ type: fc.constantFrom('commit', 'release'), key }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('move'), key, inDays }) },
  { weight: 2, arbitrary: fc.constant<Event>({ type: 'sweep' }) },
);

/** Events that happen at the same moment, after some hours. */
const anyMoment = fc.record({
  after: fc.constantFrom(0, 0, 1, 3, 30, 80),
  events: fc.array(anyEvent, { minLength: 1, maxLength: 4 }),
});

const linear = test.extend('otherGate', async ({ database }, { onCleanup }): Promise<Gate> => {
  const other = await openDatabase({ url: database.ownerUrl, log: silentLog });
  onCleanup(() => other.close());
  return createGate(other.gatePool);
});

describe('given any events of any posts and keys, some of them at the same moment in two processes', () => {
  linear(
    'when they are told, then the counters are what some order of them makes of a simple gate',
    async ({ desk, database, otherGate }) => {
      await fc.assert(
        fc.asyncProperty(fc.array(anyMoment, { minLength: 5, maxLength: 25 }), async (moments) => {
          const client = await desk({ posts: LIMIT });
          const pool = database.gatePool;
          const whose = { agencyId: client.world.agencyId, clientId: client.clientId };
          let now = Date.parse(NOW);
          let possible: readonly Model[] = [{ limit: LIMIT, now, posts: {}, keys: {} }];
          for (const { after, events } of moments) {
            now += after * HOUR;
            const at = new Date(now).toISOString();
            const gates = [client.gate, otherGate];
            const denied = await Promise.all(
              events.map((event, index) =>
                tellEvent(client, gates[index % 2] ?? otherGate, at, event),
              ),
            );
            const seen = await takenByWeek(client);
            const orders = permutations(
              events.map((event, index) => ({ event, denied: denied[index] })),
            );
            possible = possible.flatMap((model) =>
              orders.flatMap((order) => explains({ ...model, now }, order, seen)),
            );
            possible = unique(possible);
            expect(
              possible.length,
              `${at} ${JSON.stringify(events)} ${JSON.stringify(seen)}`,
            ).toBeGreaterThan(0);
          }
          const taken = (await client.counters()).filter((row) => row.used + row.held > 0);
          expect(taken).toEqual(
            (await sumReceipts(pool, whose)).filter((row) => row.used + row.held > 0),
          );
          expect(await findDrift(pool, whose.agencyId)).toEqual([]);
          expect(mostAsked(await readHolds(pool, whose))).toBeLessThanOrEqual(LIMIT);
        }),
        { numRuns: 40, endOnFailure: false },
      );
    },
    120_000,
  );
});

interface Told {
  readonly event: Event;
  readonly denied: boolean | undefined;
}

// The model that comes out if this order of events was the one, and nothing if it cannot have been.
function explains(
  model: Model,
  order: readonly Told[],
  seen: Readonly<Record<string, string>>,
): Model[] {
  let state = model;
  for (const { event, denied } of order) {
    const next = step(state, event);
    if (denied !== undefined && denied !== next.denied) return [];
    state = next.model;
  }
  const sums = [...totals(state)].filter(([, { used, held }]) => used + held > 0);
  const expected = Object.fromEntries(
    sums.map(([week, { used, held }]) => [week, `${used}+${held}`]),
  );
  return sameRecord(expected, seen) ? [state] : [];
}

async function tellEvent(
  client: Desk,
  gate: Gate,
  at: string,
  event: Event,
): Promise<boolean | undefined> {
  if (event.type === 'sweep') {
    await client.sweep(at);
    return undefined;
  }
  const context = hookContext(client.world, gate, at);
  const answer = await tellHook(context, callOf(client.clientId, Date.parse(at), event)).catch(
    refusedMove,
  );
  return answer && 'decision' in answer ? answer.decision === 'deny' : undefined;
}

function refusedMove(error: unknown): undefined {
  if (!(error instanceof DomainError) || error.code !== 'not_held') throw error;
}

function callOf(clientWorkspaceId: string, now: number, event: Exclude<Event, { type: 'sweep' }>) {
  const time = (days: number) => new Date(now + days * 24 * HOUR).toISOString();
  const named = (ids: readonly string[]) => ids.map((id) => ({ id, platform: PLATFORMS[id] }));
  switch (event.type) {
    case 'schedule': {
      const body = {
        postId: event.post,
        channels: named(event.channels),
        scheduledAt: time(event.inDays),
      };
      return hookCall('postCreated', { clientWorkspaceId, ...body, status: 'scheduled' });
    }
    case 'draft':
      return hookCall('postUpdated', {
        clientWorkspaceId,
        postId: event.post,
        status: 'draft',
        scheduledAt: time(1),
      });
    case 'publish':
      return hookCall('postPublished', {
        clientWorkspaceId,
        postId: event.post,
        channels: named(event.channels),
      });
    case 'fail': {
      const { post: postId, final } = event;
      return hookCall('postFailed', {
        clientWorkspaceId,
        postId,
        final,
        channels: named(event.channels),
      });
    }
    case 'delete':
      return hookCall('postDeleted', { clientWorkspaceId, postId: event.post });
    case 'reserve':
      return hookCall('reserve', {
        clientWorkspaceId,
        key: event.key,
        meter: 'posts',
        quantity: event.quantity,
      });
    case 'move':
      return hookCall('move', {
        clientWorkspaceId,
        key: event.key,
        scheduledAt: time(event.inDays),
      });
    case 'commit':
    case 'release':
      return hookCall(event.type, { clientWorkspaceId, key: event.key });
  }
}

async function takenByWeek(client: Desk): Promise<Record<string, string>> {
  const rows = (await client.counters()).filter(
    (row) => row.platform === '' && row.used + row.held > 0,
  );
  return Object.fromEntries(rows.map((row) => [row.start, `${row.used}+${row.held}`]));
}

// The most that a week holds of what was asked for, without what nobody asked or came late.
function mostAsked(holds: readonly TakenHold[]): number {
  const weeks = new Map<string, number>();
  for (const hold of holds) {
    if (hold.flags.some((flag) => flag === 'unchecked' || flag === 'late')) continue;
    weeks.set(hold.week, (weeks.get(hold.week) ?? 0) + hold.taken);
  }
  return Math.max(0, ...weeks.values());
}

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length < 2) return [[...items]];
  return items.flatMap((item, index) =>
    permutations(items.toSpliced(index, 1)).map((rest) => [item, ...rest]),
  );
}

function unique(models: readonly Model[]): Model[] {
  return [...new Map(models.map((model) => [canonical(model), model])).values()];
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_name, part: unknown) =>
    part && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

function sameRecord(
  a: Readonly<Record<string, string>>,
  b: Readonly<Record<string, string>>,
): boolean {
  return canonical(a) === canonical(b);
}
