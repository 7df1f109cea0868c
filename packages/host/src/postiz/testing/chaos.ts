import { createBody, type PostizWorld } from './postiz-world.ts';
import type { SimFate } from './sim/sim-clock.ts';

/** What is put through, and with which luck. */
export interface ChaosPlan {
  readonly posts: number;
  readonly seed: number;
  /** Says whether Retainer can be had. */
  readonly setAway: (isAway: boolean) => void;
}

/** What came of it: usage by week as Retainer has it, beside what the sim knows went out. */
export interface ChaosResult {
  readonly counted: Readonly<Record<string, number>>;
  readonly published: Readonly<Record<string, number>>;
  /** Posts that went out without Postiz ever learning it: nobody can count them. */
  readonly unseen: number;
  readonly denied: number;
}

const HOUR_MS = 3_600_000;
const WEEK_MS = 7 * 24 * HOUR_MS;
/** A Monday. */
const FIRST = Date.parse('2026-03-02T00:00:00Z');
const CHANNELS = ['ch-x', 'ch-li', 'ch-fb'];
const FATES: readonly SimFate[] = [
  'publish',
  'publish',
  'publish',
  'publish',
  'publish',
  'fail',
  'retry',
  'reply_fails',
  'missing',
  'unconfirmed',
];

/**
 * Schedules posts through the gateway and around it, moves and deletes some, while answers are lost, either side is
 * away or restarted, and webhooks come twice or not at all; then lets everything settle and counts.
 */
export async function runChaos(world: PostizWorld, plan: ChaosPlan): Promise<ChaosResult> {
  const random = randomFrom(plan.seed);
  const pick = <T>(all: readonly T[]): T | undefined => all[Math.floor(random() * all.length)];
  world.sim.fates(() => pick(FATES) ?? 'publish');
  let now = Date.parse('2026-03-02T12:00:00Z');
  let denied = 0;
  for (let made = 0; made < plan.posts;) {
    plan.setAway(random() < 0.15);
    world.sim.faults(random() < 0.2 ? lossy(random) : undefined);
    world.sim.webhook(hookOf(world, random));
    const batch = Math.min(plan.posts - made, 1 + Math.floor(random() * 8));
    for (let index = 0; index < batch; index += 1) {
      const body = createBody([pick(CHANNELS) ?? ''], iso(now + random() * 72 * HOUR_MS + 60_000), {
        content: `n ${made + index}`,
      });
      if (random() < 0.2) await behind(world, body);
      else if ((await through(world, 'POST', '/public/v1/posts', body)) === 402) denied += 1;
    }
    made += batch;
    await disturb(world, { random, pick, now });
    if (random() < 0.1) await world.sim.restart();
    if (random() < 0.1) await world.restart();
    now += Math.floor(random() * 6) * HOUR_MS;
    await world.at(iso(now));
    if (random() < 0.7) await world.poll().catch(() => undefined);
  }
  await calm(world, plan, now);
  const last = now + 5 * WEEK_MS;
  return { ...(await tally(world, last)), denied };
}

/** Everything is well again: what is due goes out, and a few polls see it. */
async function calm(world: PostizWorld, plan: ChaosPlan, from: number): Promise<void> {
  plan.setAway(false);
  world.sim.faults(undefined);
  world.sim.webhook(undefined);
  for (let hours = 0; hours <= 84; hours += 6) {
    await world.at(iso(from + hours * HOUR_MS));
    await world.service.polls.all();
    await world.settled();
  }
}

async function tally(world: PostizWorld, last: number): Promise<Omit<ChaosResult, 'denied'>> {
  const counted: Record<string, number> = {};
  for (let week = FIRST; week < last; week += WEEK_MS) {
    const { used } = await world.posts(iso(week));
    if (used > 0) counted[iso(week).slice(0, 10)] = used;
  }
  const published: Record<string, number> = {};
  for (const { slot, known } of world.sim.state.published) {
    if (!known) continue;
    const week = iso(FIRST + Math.floor((slot - FIRST) / WEEK_MS) * WEEK_MS).slice(0, 10);
    published[week] = (published[week] ?? 0) + 1;
  }
  const unseen = world.sim.state.published.filter(({ known }) => !known).length;
  return { counted, published, unseen };
}

/** Moves, deletes or drafts some of what waits, through the gateway or around it. */
async function disturb(
  world: PostizWorld,
  of: {
    readonly random: () => number;
    readonly pick: <T>(all: readonly T[]) => T | undefined;
    readonly now: number;
  },
): Promise<void> {
  const { random, pick, now } = of;
  const post = pick(
    [...world.sim.state.posts.values()].filter((one) => one.state === 'QUEUE' && !one.deleted),
  );
  if (!post) return;
  const send = random() < 0.5 ? through : around;
  const date = iso(now + random() * 96 * HOUR_MS + 60_000);
  const deed = random();
  if (deed < 0.3) await send(world, 'PUT', `/posts/${post.id}/date`, { date, action: 'schedule' });
  else if (deed < 0.45) await send(world, 'DELETE', `/public/v1/posts/${post.id}`);
  else if (deed < 0.55)
    await send(world, 'PUT', `/public/v1/posts/${post.id}/status`, { status: 'draft' });
}

async function through(
  world: PostizWorld,
  method: string,
  path: string,
  body?: object,
): Promise<number> {
  try {
    return (await world.call(method, path, body)).status;
  } catch {
    return 0;
  }
}

async function around(
  world: PostizWorld,
  method: string,
  path: string,
  body?: object,
): Promise<number> {
  const headers = { authorization: world.sim.apiKey, 'content-type': 'application/json' };
  try {
    const init = { method, headers, ...(body && { body: JSON.stringify(body) }) };
    return (await fetch(`${world.sim.url}${path}`, init)).status;
  } catch {
    return 0;
  }
}

function behind(world: PostizWorld, body: object): Promise<number> {
  return around(world, 'POST', '/public/v1/posts', body);
}

function lossy(
  random: () => number,
): () => 'lost' | 'unanswered' | { delayMs: number } | undefined {
  return () => {
    const luck = random();
    if (luck < 0.3) return 'lost';
    if (luck < 0.6) return 'unanswered';
    return luck < 0.7 ? { delayMs: 5 } : undefined;
  };
}

function hookOf(
  world: PostizWorld,
  random: () => number,
): Parameters<PostizWorld['sim']['webhook']>[0] {
  const luck = random();
  if (luck < 0.3) return undefined;
  const url = `${world.url}/hooks/postiz/hook-token`;
  return { url, mode: luck < 0.6 ? 'fixed' : luck < 0.9 ? 'empty' : 'test' };
}

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
