import { setTimeout as pause } from 'node:timers/promises';

import { createRetainerClient } from '@retainer/client';
import { createGate, openLive, type Gate } from '@retainer/core';

import { postJson, startApi, type ApiProcess } from '../api-process.ts';
import { anyClient, reserveOf } from '../hook/contenders.ts';
import { createWorld, type World } from '../hook/world.ts';
import { underLoad } from '../load.ts';
import { median, rounded, say, table, type BenchResult } from '../report.ts';
import { openStreams, type Stream } from './streams.ts';

const STREAMS = 500;
const CALLERS = 64;
/** Longer than a stream keeps silent after it spoke. */
const APART_MS = 1_100;
const BETWEEN_MS = 50;

/** How soon do 500 open dashboards hear of a hook, alone and in the middle of others; and what does the gate pay for it? */
export async function benchLive(args: readonly string[]): Promise<BenchResult> {
  const quick = args.includes('--quick');
  const world = await createWorld(say);
  const api = await startApi(world.url, world.agencyId);
  try {
    const token = await tokenOf(world, api);
    const open = () => openStreams(`${api.url}${pathOf(world)}`, token, STREAMS);
    const streams = await open();
    say(`${streams.length} dashboards are listening`);
    await alone(world, api, { streams, hooks: 3 });
    const single = await alone(world, api, { streams, hooks: quick ? 5 : 20 });
    const steady = await inTheMiddle(world, api, { streams, hooks: quick ? 40 : 200 });
    for (const stream of streams) stream.close();
    const cost = await gateCost(world, open, { seconds: quick ? 1 : 3, rounds: quick ? 1 : 5 });
    show({ single, steady, cost });
    return result({ single, steady, cost });
  } finally {
    await api.close();
    await world.close();
  }
}

function pathOf({ agencyId }: World): string {
  return `/api/agency/${agencyId}/kpi-dashboard/live`;
}

async function tokenOf({ agencyId }: World, { url, adminToken }: ApiProcess): Promise<string> {
  const admin = createRetainerClient({ url, token: adminToken });
  const wanted = { agencyWorkspaceId: agencyId, role: 'agency' } as const;
  return (await admin.tokens.mint.mutate(wanted)).token;
}

interface Trial {
  readonly streams: readonly Stream[];
  readonly hooks: number;
}

/** Milliseconds from a hook's answer to each event about it, when nothing else happens. */
async function alone(world: World, api: ApiProcess, { streams, hooks }: Trial): Promise<number[]> {
  const delays: number[] = [];
  for (let hook = 0; hook < hooks; hook += 1) {
    await pause(APART_MS + Math.random() * 200);
    delays.push(...(await delaysOf(world, api, { streams, hook })));
  }
  return delays;
}

/** The same with other hooks before and after, so that streams have just spoken. */
async function inTheMiddle(
  world: World,
  api: ApiProcess,
  { streams, hooks }: Trial,
): Promise<number[]> {
  const trials: Promise<number[]>[] = [];
  for (let hook = 0; hook < hooks; hook += 1) {
    trials.push(delaysOf(world, api, { streams, hook: 500 + hook }));
    await pause(Math.random() * 2 * BETWEEN_MS);
  }
  return (await Promise.all(trials)).flat();
}

async function delaysOf(
  world: World,
  api: ApiProcess,
  { streams, hook }: { readonly streams: readonly Stream[]; readonly hook: number },
): Promise<number[]> {
  const clientWorkspaceId = world.clientIds[hook % world.clientIds.length] ?? '';
  const { key, meter, quantity, platforms, scheduledAt } = reserveOf(world);
  const scheduled = new Date(scheduledAt).toISOString();
  const body = { clientWorkspaceId, key, meter, quantity, platforms, scheduledAt: scheduled };
  const sentMs = performance.now();
  await postJson(api, '/api/hooks/reserve', JSON.stringify(body));
  const answeredMs = performance.now();
  const events = await Promise.all(
    streams.map((stream) => stream.about(clientWorkspaceId, sentMs)),
  );
  return events.map(({ atMs }) => Math.max(0, atMs - answeredMs));
}

/** Reserves a second of the gate. */
interface GateCost {
  /** Nobody is told of them. */
  readonly untold: number;
  /** They are told, and nobody listens. */
  readonly told: number;
  /** They are told, and all dashboards are. */
  readonly heard: number;
}

/** In turns: a machine whose speed drifts is the same for all. */
async function gateCost(
  world: World,
  open: () => Promise<readonly Stream[]>,
  { seconds, rounds }: { readonly seconds: number; readonly rounds: number },
): Promise<GateCost> {
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const live = await openLive({ url: world.url, log, now: () => new Date() });
  const { gatePool } = world.database;
  const silent = createGate(gatePool);
  const telling = createGate(gatePool, { changed: live.changed });
  const measured = { untold: [] as number[], told: [] as number[], heard: [] as number[] };
  const measure = async (gate: Gate): Promise<number> => {
    const reserve = () => gate.submit(world.agencyId, anyClient(world), reserveOf(world));
    return (await underLoad(CALLERS, seconds, reserve)).perSecond;
  };
  for (let round = 0; round <= rounds; round += 1) {
    const untold = await measure(silent);
    const told = await measure(telling);
    const streams = await open();
    const heard = await measure(telling);
    for (const stream of streams) stream.close();
    // The first round warms up.
    if (round === 0) continue;
    measured.untold.push(untold);
    measured.told.push(told);
    measured.heard.push(heard);
  }
  await live.close();
  const { untold, told, heard } = measured;
  return { untold: median(untold), told: median(told), heard: median(heard) };
}

interface Outcome {
  readonly single: readonly number[];
  readonly steady: readonly number[];
  readonly cost: GateCost;
}

function show({ single, steady, cost }: Outcome): void {
  const row = (name: string, delays: readonly number[]): string[] => [
    name,
    ...[0.5, 0.95, 1].map((share) => at(delays, share).toFixed(0)),
  ];
  say('');
  table(
    [`hook to event, ${STREAMS} streams`, 'p50 ms', 'p95 ms', 'max ms'],
    [row('one hook alone', single), row('20 hooks a second', steady)],
  );
  say('');
  table(
    [`reserves, ${CALLERS} callers, 1000 clients`, 'per second'],
    [
      ['nobody is told', cost.untold.toFixed(0)],
      ['all is told', cost.told.toFixed(0)],
      [`all is told, ${STREAMS} streams hear it`, cost.heard.toFixed(0)],
    ],
  );
  say('');
}

function result({ single, steady, cost }: Outcome): BenchResult {
  return {
    bench: 'live',
    figures: {
      streams: STREAMS,
      p50_ms: rounded(at(single, 0.5)),
      p95_ms: rounded(at(single, 0.95)),
      max_ms: rounded(at(single, 1)),
      steady_p50_ms: rounded(at(steady, 0.5)),
      steady_p95_ms: rounded(at(steady, 0.95)),
      reserves_untold_per_second: rounded(cost.untold),
      reserves_told_per_second: rounded(cost.told),
      reserves_heard_per_second: rounded(cost.heard),
    },
    ratios: {
      told_vs_untold: rounded(cost.told / cost.untold),
      heard_vs_untold: rounded(cost.heard / cost.untold),
    },
  };
}

function at(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
