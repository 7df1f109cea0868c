import type { Fate } from '../../testing/network.ts';
import {
  exceptionsOf,
  readCounts,
  readHeld,
  readWeeks,
  type ChaosException,
  type Count,
  type Weeks,
} from './chaos-ledger.ts';
import { CLIENTS, type ChaosClient, type ChaosWorld } from './chaos-world.ts';
import { createBody, type PostizWorld } from './postiz-world.ts';
import type { SimFate } from './sim/sim-clock.ts';

/** What is put through, and with which luck. */
export interface ChaosPlan {
  readonly posts: number;
  readonly seed: number;
}

/** What came of it. */
export interface ChaosResult {
  /** Usage by client and week, as Retainer's API says. */
  readonly used: Weeks;
  /** What is still held though nothing waits, a line for each hold. */
  readonly held: readonly string[];
  /** The counts that the usage is made of. */
  readonly counts: readonly Count[];
  readonly exceptions: readonly ChaosException[];
  readonly denied: number;
  /** How often each thing happened. */
  readonly happened: Readonly<Record<string, number>>;
}

const HOUR_MS = 3_600_000;
const WEEK_MS = 7 * 24 * HOUR_MS;
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

/** One run: the world, its luck, and what was done to each post. */
interface Run extends ChaosWorld {
  readonly random: () => number;
  readonly pick: <T>(all: readonly T[]) => T | undefined;
  readonly note: (content: string, deed: string) => void;
  readonly count: (what: string) => void;
  now: number;
  isAway: boolean;
  isLossy: boolean;
}

/**
 * Schedules posts through the gateway and around it, one by one and many at once, moves and deletes some, while answers
 * are lost, either side is slow, away or restarted, and webhooks come twice, late, in another order or not at all; then
 * lets everything settle and counts.
 */
export async function runChaos(chaos: ChaosWorld, plan: ChaosPlan): Promise<ChaosResult> {
  const { world } = chaos;
  const random = randomFrom(plan.seed);
  const history = new Map<string, string[]>();
  const happened: Record<string, number> = {};
  const run: Run = {
    ...chaos,
    random,
    pick: (all) => all[Math.floor(random() * all.length)],
    note: (content, deed) => void history.set(content, [...(history.get(content) ?? []), deed]),
    count: (what) => void (happened[what] = (happened[what] ?? 0) + 1),
    now: Date.parse('2026-03-02T12:00:00Z'),
    isAway: false,
    isLossy: false,
  };
  const fate = randomFrom(plan.seed + 1);
  world.sim.fates(() => FATES[Math.floor(fate() * FATES.length)] ?? 'publish');
  let denied = 0;
  let restarted: Promise<void> | undefined;
  for (let made = 0; made < plan.posts;) {
    spoil(run, plan.seed + made);
    const batch = Math.min(plan.posts - made, 1 + Math.floor(random() * 8));
    denied += await schedule(run, made, batch);
    made += batch;
    await disturb(run);
    await restartSome(run);
    // However short the run, once for sure.
    if (made >= plan.posts / 2) await (restarted ??= retainerRestarted(run));
    run.now += Math.floor(random() * 6) * HOUR_MS;
    await world.at(iso(run.now));
    await sendOldNews(run);
    if (random() < 0.7) await world.poll().catch(() => run.count('poll failed'));
  }
  await calm(run);
  const used = await readWeeks(chaos, run.now + 5 * WEEK_MS);
  const counts = await readCounts(chaos);
  const historyOf = (postId: string): readonly string[] =>
    history.get(world.sim.state.posts.get(postId)?.content ?? '') ?? [];
  const held = await readHeld(chaos, historyOf);
  return {
    used,
    held,
    counts,
    exceptions: exceptionsOf(chaos, { counts, historyOf }),
    denied,
    happened,
  };
}

/** Decides what goes wrong until the next time. */
function spoil(run: Run, seed: number): void {
  const { world, network, random } = run;
  run.isAway = random() < 0.15;
  run.isLossy = random() < 0.2;
  if (run.isAway) run.count('Retainer away or its answers lost');
  if (run.isLossy) run.count('Postiz slow or its answers lost');
  // Luck of its own: how many requests there are must not change what happens next.
  network.set(run.isAway ? farAway(randomFrom(seed)) : 'arrives');
  world.sim.faults(run.isLossy ? lossy(randomFrom(seed)) : undefined);
  world.sim.webhook(hookOf(run));
}

const FAR: readonly Fate[] = [
  'is lost',
  'is lost',
  'loses its answer',
  'is answered by a proxy',
  'shows a token that is no good',
  'arrives',
];

function farAway(random: () => number): () => Fate {
  return () => FAR[Math.floor(random() * FAR.length)] ?? 'is lost';
}

/** Makes so many posts, together or one after the other; how many were denied. */
async function schedule(run: Run, first: number, batch: number): Promise<number> {
  const { random } = run;
  const calls = Array.from({ length: batch }, (_, index) => createOne(run, first + index));
  if (random() < 0.5) {
    run.count('posts at once');
    const statuses = await Promise.all(calls.map((call) => call()));
    return statuses.filter((status) => status === 402).length;
  }
  let denied = 0;
  // oxlint-disable-next-line no-await-in-loop -- one after the other is the other half
  for (const call of calls) if ((await call()) === 402) denied += 1;
  return denied;
}

function createOne(run: Run, serial: number): () => Promise<number> {
  const { random, world } = run;
  const content = `n ${serial}`;
  const client = clientFor(random() * 100);
  const most = 1 + Math.floor(random() * client.mostChannels);
  const shift = Math.floor(random() * client.channels.length);
  const channels = client.channels.map(
    (_, index) => client.channels[(index + shift) % client.channels.length] ?? '',
  );
  const date = iso(run.now + random() * 72 * HOUR_MS + 60_000);
  const body = createBody(channels.slice(0, most), date, { content });
  const isBehind = random() < 0.2;
  run.note(content, deedOf(run, 'made', isBehind));
  return () => (isBehind ? around : through)(world, 'POST', '/public/v1/posts', body);
}

function clientFor(percent: number): ChaosClient {
  let left = percent;
  for (const client of CLIENTS) {
    left -= client.share;
    if (left < 0) return client;
  }
  throw new Error('the shares of the clients are not a hundred');
}

function deedOf({ isAway, isLossy }: Run, deed: string, isBehind: boolean): string {
  if (isBehind) return `${deed} behind the gateway`;
  const during = [isAway ? 'Retainer was away' : '', isLossy ? 'Postiz was unanswered' : ''];
  const when = during.filter((one) => one !== '').join(' and ');
  return when === '' ? deed : `${deed} while ${when}`;
}

/** Moves, deletes or drafts some of what waits, through the gateway or around it. */
async function disturb(run: Run): Promise<void> {
  const { random, pick, world } = run;
  const post = pick(
    [...world.sim.state.posts.values()].filter((one) => one.state === 'QUEUE' && !one.deleted),
  );
  if (!post) return;
  const isBehind = random() < 0.5;
  const send = isBehind ? around : through;
  const date = iso(run.now + random() * 96 * HOUR_MS + 60_000);
  const deed = random();
  if (deed >= 0.55) return;
  const what = deed < 0.3 ? 'moved' : deed < 0.45 ? 'deleted' : 'made a draft';
  run.count(what);
  run.note(post.content, deedOf(run, what, isBehind));
  if (deed < 0.3) await send(world, 'PUT', `/posts/${post.id}/date`, { date, action: 'schedule' });
  else if (deed < 0.45) await send(world, 'DELETE', `/public/v1/posts/${post.id}`);
  else await send(world, 'PUT', `/public/v1/posts/${post.id}/status`, { status: 'draft' });
}

async function restartSome(run: Run): Promise<void> {
  const { random, world } = run;
  if (random() < 0.1) {
    run.count('Postiz restarted');
    await world.sim.restart();
  }
  if (random() < 0.1) {
    run.count('gateway killed');
    await world.restart();
  }
  if (random() < 0.01) await retainerRestarted(run);
}

async function retainerRestarted({ count, retainer }: Run): Promise<void> {
  count('Retainer restarted');
  await retainer.restart();
}

/** A webhook of the past, once more and out of its order. */
async function sendOldNews(run: Run): Promise<void> {
  const { random, pick, world } = run;
  if (random() > 0.2) return;
  const old = pick(world.sim.state.published);
  const post = world.sim.state.posts.get(old?.postId ?? '');
  if (!old || !post) return;
  run.count('old webhook');
  const { id, content, publishDate, channelId } = post;
  const integration = { id: channelId, name: '', providerIdentifier: 'x', type: 'social' };
  const item = { id, content, publishDate: iso(publishDate), releaseURL: old.releaseURL };
  const body = [{ ...item, state: 'PUBLISHED', integration }];
  await through(world, 'POST', '/hooks/postiz/hook-token', body);
}

/** Everything is well again: what is due goes out, and a few polls see it. */
async function calm(run: Run): Promise<void> {
  const { world, network } = run;
  network.set('arrives');
  world.sim.faults(undefined);
  world.sim.webhook(undefined);
  const from = run.now;
  for (let hours = 0; hours <= 108; hours += 6) {
    await world.at(iso(from + hours * HOUR_MS));
    await world.service.polls.all();
    await world.settled();
  }
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

function hookOf({ world, random }: Run): Parameters<PostizWorld['sim']['webhook']>[0] {
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
