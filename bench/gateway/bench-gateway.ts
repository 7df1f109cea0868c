import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { Agent, request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startApi, type ApiProcess } from '../api-process.ts';
import { createWorld, type World } from '../hook/world.ts';
import { underLoad, type Load } from '../load.ts';
import { median, rounded, say, table, type BenchResult } from '../report.ts';
import { parentOf, readCpu, type Watched } from './cpu.ts';
import { startProcess, type ServerProcess } from './processes.ts';

const CUSTOMERS = 100;
const CALLERS = [1, 16, 64] as const;
const MOST_CALLERS = 64;
const SETTLING_MS = 1500;
const API_KEY = 'sim-api-key';

/** One way to Postiz. */
interface Way {
  readonly name: 'sim alone' | 'bare proxy' | 'gateway';
  readonly create: (caller: number) => Promise<void>;
  readonly read: () => Promise<void>;
}

type What = 'create' | 'read';

/** What does the gateway cost a create call, and what a request that it only passes on, beside a proxy that does nothing? */
export async function benchGateway(args: readonly string[]): Promise<BenchResult> {
  const quick = args.includes('--quick');
  const plan = quick ? { seconds: 1, rounds: 1 } : { seconds: 3, rounds: 3 };
  const world = await createWorld(say);
  const api = await startApi(world.url, world.agencyId, { NODE_ENV: 'production' });
  const folder = await mkdtemp(join(tmpdir(), 'retainer-bench-gateway-'));
  const started: ServerProcess[] = [];
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  try {
    const sim = await startProcess(new URL('sim-process.ts', import.meta.url), [String(CUSTOMERS)]);
    started.push(sim);
    const proxy = await startProcess(new URL('proxy-process.ts', import.meta.url), [sim.url]);
    started.push(proxy);
    const gateway = await startGateway({ world, api, sim, folder });
    started.push(gateway);
    const ways = [
      wayTo('sim alone', sim.url, agent),
      wayTo('bare proxy', proxy.url, agent),
      wayTo('gateway', gateway.url, agent),
    ];
    say('warming up');
    for (const way of ways) await underLoad(16, quick ? 1 : 3, way.create);
    const measured = await measure(ways, plan);
    show(measured);
    const { rows } = await world.owner.query<{ pid: number }>('select pg_backend_pid() as pid');
    const costs = await measureCosts(ways, plan.seconds * plan.rounds, {
      caller: { pid: process.pid },
      postiz: { pid: sim.pid },
      proxy: { pid: proxy.pid },
      gateway: { pid: gateway.pid },
      retainer: { pid: api.pid },
      postgresql: { pid: await parentOf(rows[0]?.pid ?? 0), isParent: true },
    });
    return result(measured, costs);
  } finally {
    agent.destroy();
    for (const server of started.toReversed()) await server.close();
    await api.close();
    await world.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** The command as it is installed, with a config file as `init` writes it. */
async function startGateway(of: {
  readonly world: World;
  readonly api: ApiProcess;
  readonly sim: ServerProcess;
  readonly folder: string;
}): Promise<ServerProcess> {
  const path = join(of.folder, 'retainer-postiz.json');
  const config = {
    postiz: { url: of.sim.url, apiPath: '/api', apiKey: API_KEY },
    retainer: {
      url: of.api.url,
      token: of.api.token,
      agencyWorkspaceId: of.world.agencyId,
      timeLimitMs: 10_000,
    },
    listen: { host: '127.0.0.1', port: 0 },
    dataDir: join(of.folder, 'data'),
    pollSeconds: 3600,
  };
  await writeFile(path, JSON.stringify(config));
  const main = new URL('../../packages/host/src/postiz/cli/main.ts', import.meta.url);
  return startProcess(main, ['start', '--config', path]);
}

function wayTo(name: Way['name'], url: string, agent: Agent): Way {
  const target = new URL(url);
  const send = (method: string, path: string, body?: string): Promise<void> => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const headers = {
      authorization: API_KEY,
      ...(body !== undefined && {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
      }),
    };
    const options = { agent, hostname: target.hostname, port: target.port, method, path, headers };
    const sent = httpRequest(options, (reply) => {
      reply.on('error', reject);
      reply.on('end', () => {
        if ((reply.statusCode ?? 500) < 300) resolve();
        else reject(new Error(`${name} answered ${reply.statusCode}`));
      });
      reply.resume();
    });
    sent.on('error', reject);
    sent.end(body);
    return promise;
  };
  return {
    name,
    create: () => send('POST', '/api/public/v1/posts', createBody()),
    read: () => send('GET', '/api/public/v1/is-connected'),
  };
}

let made = 0;

function createBody(): string {
  made += 1;
  return JSON.stringify({
    type: 'schedule',
    date: new Date(Date.now() + 86_400_000).toISOString(),
    shortLink: true,
    tags: [],
    posts: [
      {
        integration: { id: `channel-of-client-${made % CUSTOMERS}` },
        value: [{ content: `Hello ${made}`, image: [], delay: 0 }],
      },
    ],
  });
}

type Measured = ReadonlyMap<string, readonly Load[]>;

// In turns, round by round: a machine whose speed drifts is the same for all.
async function measure(
  ways: readonly Way[],
  plan: { readonly seconds: number; readonly rounds: number },
): Promise<Measured> {
  const measured = new Map<string, Load[]>();
  const calls = ways.flatMap(({ name, create, read }) => [
    { key: `create ${name}`, call: create },
    { key: `read ${name}`, call: read },
  ]);
  for (const callers of CALLERS) {
    for (let round = 0; round < plan.rounds; round += 1) {
      for (const { key, call } of calls) {
        const load = await underLoad(callers, plan.seconds, call);
        measured.set(key, [...(measured.get(key) ?? []), load]);
      }
    }
    say(`measured ${callers} callers`);
  }
  return measured;
}

/** Where the time goes: what a create call costs each process, in microseconds of processor time. */
async function measureCosts(
  ways: readonly Way[],
  seconds: number,
  watched: Watched,
): Promise<Readonly<Record<string, number>>> {
  const costs: Record<string, number> = {};
  const rows: string[][] = [];
  for (const { name, create } of ways.slice(1)) {
    const before = await readCpu(watched);
    const { perSecond } = await underLoad(MOST_CALLERS, seconds, create);
    // What is told afterwards belongs to it.
    await new Promise((resolve) => setTimeout(resolve, SETTLING_MS));
    const after = await readCpu(watched);
    const each = Object.keys(watched).map((process) => {
      const micros = (after[process] ?? 0) - (before[process] ?? 0);
      return [process, rounded(micros / (perSecond * seconds))] as const;
    });
    rows.push([name, ...each.map(([, micros]) => micros.toFixed(0))]);
    for (const [process, micros] of each) {
      costs[`create_${name.replaceAll(' ', '_')}_cpu_us_${process}`] = micros;
    }
  }
  table(['µs of processor a create call', ...Object.keys(watched)], rows);
  say('');
  return costs;
}

function middle(measured: Measured, key: string, callers: number): Load {
  const loads = (measured.get(key) ?? []).filter((load) => load.callers === callers);
  return {
    callers,
    perSecond: median(loads.map((load) => load.perSecond)),
    p50Ms: median(loads.map((load) => load.p50Ms)),
    p99Ms: median(loads.map((load) => load.p99Ms)),
  };
}

function show(measured: Measured): void {
  const rows = [...measured.keys()].flatMap((key) =>
    CALLERS.map((callers) => {
      const { perSecond, p50Ms, p99Ms } = middle(measured, key, callers);
      return [key, String(callers), perSecond.toFixed(0), p50Ms.toFixed(2), p99Ms.toFixed(2)];
    }),
  );
  say('');
  table(['requests', 'callers', 'per second', 'p50 ms', 'p99 ms'], rows);
  say('');
}

function result(measured: Measured, costs: Readonly<Record<string, number>>): BenchResult {
  const figures: Record<string, number> = { ...costs };
  for (const key of measured.keys()) {
    for (const callers of CALLERS) {
      const load = middle(measured, key, callers);
      const name = `${key.replaceAll(' ', '_')}_${callers}`;
      figures[`${name}_per_second`] = rounded(load.perSecond);
      figures[`${name}_p50_ms`] = rounded(load.p50Ms);
      figures[`${name}_p99_ms`] = rounded(load.p99Ms);
    }
  }
  const ratio = (what: What, callers: number): number =>
    rounded(
      middle(measured, `${what} gateway`, callers).perSecond /
        middle(measured, `${what} bare proxy`, callers).perSecond,
    );
  const added = (at: 'p50Ms' | 'p99Ms'): number =>
    rounded(
      middle(measured, 'create gateway', 1)[at] - middle(measured, 'create sim alone', 1)[at],
    );
  figures['create_added_p50_ms'] = added('p50Ms');
  figures['create_added_p99_ms'] = added('p99Ms');
  return {
    bench: 'gateway',
    figures,
    ratios: {
      throughput_vs_proxy: ratio('create', MOST_CALLERS),
      passed_on_vs_proxy: ratio('read', MOST_CALLERS),
    },
  };
}
