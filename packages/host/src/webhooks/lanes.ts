import { isUndecided } from '../calls/hook-error.ts';
import { UnreadPostError } from './confirm-post.ts';
import type { DeliveryMemory } from './delivery-memory.ts';
import type { KnownEndpoint } from './endpoint.ts';
import type { DeliveryLog, LoggedDelivery } from './log/delivery-log.ts';
import type { Tally } from './tally.ts';
import { tellDelivery, type TellingContext } from './tell-delivery.ts';

/** Deliveries that are kept and not yet told, in order for each endpoint. */
export interface Lanes {
  /** Puts a delivery at the end of its endpoint's lane and starts to work on it; resolves when work there rests. */
  readonly enter: (delivery: LoggedDelivery) => Promise<void>;
  /** Works on every lane again, those that had to stop as well. */
  readonly drain: () => Promise<void>;
  /** What is not told yet. */
  readonly pending: () => readonly LoggedDelivery[];
}

/** What lanes work with. */
export interface LanesContext extends TellingContext {
  readonly endpoints: ReadonlyMap<string, KnownEndpoint>;
  readonly log: DeliveryLog;
  readonly memory: DeliveryMemory;
  readonly tally: Tally;
}

interface Lane {
  readonly queue: LoggedDelivery[];
  /** Resolves with whether the lane was worked off. */
  working: Promise<boolean> | undefined;
  /** Before then nobody tries again: what failed just now fails now. */
  restsUntil: number;
}

const REST_MS = 2000;
// A host that cannot be asked for so long is not there any more.
const PATIENCE_MS = 24 * 3_600_000;

/** Lanes in which one delivery after the other is told; one that cannot be told now holds up its own lane alone. */
export function createLanes(ctx: LanesContext, pending: readonly LoggedDelivery[]): Lanes {
  const lanes = new Map<string, Lane>();
  const laneOf = (endpoint: string): Lane => {
    const lane = lanes.get(endpoint) ?? { queue: [], working: undefined, restsUntil: 0 };
    lanes.set(endpoint, lane);
    return lane;
  };
  for (const delivery of pending) laneOf(delivery.endpoint).queue.push(delivery);

  const work = async (lane: Lane): Promise<void> => {
    while (lane.queue.length > 0) {
      lane.working ??= workOff(ctx, lane).finally(() => {
        lane.working = undefined;
      });
      // Who comes while work is just ending must not wait for the next drain.
      // oxlint-disable-next-line no-await-in-loop -- until the lane is empty, or has to rest
      if (!(await lane.working)) return;
    }
  };
  return {
    enter: async (delivery) => {
      const lane = laneOf(delivery.endpoint);
      lane.queue.push(delivery);
      if (ctx.now() >= lane.restsUntil) await work(lane);
    },
    drain: async () => {
      await Promise.all([...lanes.values()].map((lane) => work(lane)));
    },
    pending: () => [...lanes.values()].flatMap(({ queue }) => queue),
  };
}

async function workOff(ctx: LanesContext, lane: Lane): Promise<boolean> {
  for (let delivery = lane.queue[0]; delivery; delivery = lane.queue[0]) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other is the point
    const isDone = await tellOne(ctx, delivery);
    if (!isDone) {
      lane.restsUntil = ctx.now() + REST_MS;
      return false;
    }
    lane.queue.shift();
  }
  return true;
}

async function tellOne(ctx: LanesContext, delivery: LoggedDelivery): Promise<boolean> {
  const { id, receivedAt } = delivery;
  const endpoint = ctx.endpoints.get(delivery.endpoint);
  const at = ctx.now();
  const nothing = { kind: 'told', id, at, eventIds: [], known: {} } as const;
  if (endpoint === undefined) {
    await ctx.log.append(nothing);
    return true;
  }
  try {
    const outcome = await tellDelivery(ctx, endpoint, delivery);
    const told = { kind: 'told', id, at, ...outcome } as const;
    await ctx.log.append(told);
    ctx.memory.learn(told);
    ctx.tally.count('told');
    return true;
  } catch (error) {
    if (isWorthAnotherTry(error) && at - receivedAt < PATIENCE_MS) return false;
    ctx.tally.note({
      flag: 'given_up',
      host: endpoint.host,
      endpoint: endpoint.key,
      postId: delivery.posts[0]?.postId,
      detail: error instanceof Error ? error.message : String(error),
    });
    await ctx.log.append(nothing);
    return true;
  }
}

/**
 * Retainer that is away or does not know us yet will answer later, and so may a host, and a disk may have room again.
 * What Retainer refused it will refuse again, and what we cannot do now we never can.
 */
function isWorthAnotherTry(error: unknown): boolean {
  if (isUndecided(error)) return true;
  const isOfTheSystem = error instanceof Error && 'syscall' in error;
  return error instanceof UnreadPostError || isOfTheSystem;
}
