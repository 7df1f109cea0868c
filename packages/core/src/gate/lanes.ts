import { DomainError } from '@retainer/domain';

import type { Outcome } from './ops.ts';
import type { GateCall } from './run-batch.ts';

/** Runs the calls of one agency in one transaction. */
type Run = (agencyId: string, calls: readonly GateCall[]) => Promise<readonly Outcome[]>;

/** Where calls wait for the batch that takes them. */
export interface Lanes {
  enter(agencyId: string, call: GateCall): Promise<Outcome>;
  drain(): Promise<void>;
  stats(): { batches: number; calls: number; waiting: number };
}

interface Waiting {
  readonly call: GateCall;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (error: unknown) => void;
}

interface Lane {
  readonly agencyId: string;
  readonly queue: Waiting[];
}

const LANES_PER_AGENCY = 3;
const MAX_BATCH = 256;
/** What waits behind so many would be answered when nobody waits for it any more. */
const MOST_WAITING = 10_000;

/**
 * Gathers calls that wait at the same moment. A client always takes the same lane and a lane runs one batch at a
 * time, so a process never waits for its own locks.
 */
export function createLanes(run: Run): Lanes {
  const lanes = new Map<string, Lane>();
  const counts = { batches: 0, calls: 0, waiting: 0 };
  let idle: (() => void)[] = [];

  const serve = async (name: string, lane: Lane): Promise<void> => {
    while (lane.queue.length > 0) {
      const batch = takeBatch(lane.queue);
      counts.batches += 1;
      counts.calls += batch.length;
      counts.waiting -= batch.length;
      await settle(run, lane.agencyId, batch);
      // Callers that the batch woke ask again before the next one leaves.
      if (lane.queue.length > 0) await turn();
    }
    lanes.delete(name);
    if (lanes.size > 0) return;
    for (const resolve of idle) resolve();
    idle = [];
  };

  return {
    enter(agencyId, call) {
      if (counts.waiting >= MOST_WAITING) return Promise.reject(tooMuch());
      counts.waiting += 1;
      const name = `${laneOf(call.clientId)}:${agencyId}`;
      return new Promise((resolve, reject) => {
        const known = lanes.get(name);
        const lane = known ?? { agencyId, queue: [] };
        lane.queue.push({ call, resolve, reject });
        if (known) return;
        lanes.set(name, lane);
        void turn().then(() => serve(name, lane));
      });
    },
    drain: () =>
      lanes.size === 0 ? Promise.resolve() : new Promise((resolve) => idle.push(resolve)),
    stats: () => ({ ...counts }),
  };
}

function tooMuch(): DomainError {
  return new DomainError('unavailable', 'Too much is asked at once. Try again in a moment.');
}

// A request that fails must not fail its batch: alone, each shows whether it was the one.
async function settle(run: Run, agencyId: string, batch: readonly Waiting[]): Promise<void> {
  try {
    const outcomes = await run(
      agencyId,
      batch.map(({ call }) => call),
    );
    batch.forEach(({ resolve, reject }, index) => {
      const outcome = outcomes[index];
      if (outcome) resolve(outcome);
      else reject(new Error('a call was not answered'));
    });
  } catch (error) {
    const isAway = error instanceof DomainError && error.code === 'unavailable';
    if (batch.length === 1 || isAway) {
      for (const { reject } of batch) reject(error);
      return;
    }
    for (const waiting of batch) await settle(run, agencyId, [waiting]);
  }
}

// Two uses of one key are not answered in one batch: the second must see what the first was told.
function takeBatch(queue: Waiting[]): Waiting[] {
  const keys = new Set<string>();
  const batch: Waiting[] = [];
  const left: Waiting[] = [];
  for (const waiting of queue) {
    const { op, clientId } = waiting.call;
    const key =
      'key' in op && op.key !== undefined ? `${clientId.length}:${clientId}${op.key}` : undefined;
    if (batch.length >= MAX_BATCH || (key !== undefined && keys.has(key))) {
      left.push(waiting);
      continue;
    }
    if (key !== undefined) keys.add(key);
    batch.push(waiting);
  }
  queue.splice(0, queue.length, ...left);
  return batch;
}

function laneOf(clientId: string): number {
  let hash = 0;
  for (let index = 0; index < clientId.length; index += 1) {
    hash = (hash * 31 + clientId.charCodeAt(index)) | 0;
  }
  return Math.abs(hash) % LANES_PER_AGENCY;
}

function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
