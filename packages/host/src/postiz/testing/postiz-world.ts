import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createHookCalls } from '../../calls/hook-calls.ts';
import { createTransport } from '../../calls/transport.ts';
import type { Retainer } from '../../testing/retainer.ts';
import { createPostizService, type PostizService, type PostizServiceOptions } from '../service.ts';
import { openFileStore } from '../state/file-store.ts';
import { startPostizSim, type PostizSim, type SimOptions } from './sim/sim.ts';

/** A Postiz, a gateway before it, and a Retainer behind that: one agency with one client. */
export interface PostizWorld {
  readonly sim: PostizSim;
  readonly service: PostizService;
  /** Where the gateway listens. */
  readonly url: string;
  readonly clientId: string;
  /** Moves every clock. */
  readonly at: (instant: string) => Promise<void>;
  /** What is used and held of the posts of the week of an instant. */
  readonly posts: (at?: string, clientId?: string) => Promise<Taken>;
  readonly call: (
    method: string,
    path: string,
    body?: object,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<{ readonly status: number; readonly body: unknown }>;
  /** Waits until Retainer was told all that was done. */
  readonly settled: () => Promise<void>;
  readonly poll: () => Promise<void>;
  /** Ends the gateway as a killed process does, and opens another on the same files. */
  readonly restart: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Used and held. */
interface Taken {
  readonly used: number;
  readonly held: number;
}

/** Monday, noon. */
const NOW = '2026-03-02T12:00:00Z';

const SILENT = { info: () => undefined, warn: () => undefined };

/** A create call as the official client makes it. */
export function createBody(
  channels: readonly string[],
  date: string,
  more: { readonly content?: string; readonly id?: string; readonly type?: string } & Readonly<
    Record<string, unknown>
  > = {},
): object {
  const { content = 'Hello', id, ...rest } = more;
  return {
    type: 'schedule',
    date,
    shortLink: true,
    tags: [],
    posts: channels.map((channel) => ({
      integration: { id: channel },
      value: [{ content, image: [], delay: 0, ...(id !== undefined && { id }) }],
    })),
    ...rest,
  };
}

/** Opens a world; its client is customer `cust-1` in Postiz, with the channels `ch-x`, `ch-li` and `ch-fb`. */
export async function openPostizWorld(
  retainer: Retainer,
  agencyId: string,
  more: {
    readonly sim?: Partial<SimOptions>;
    readonly settings?: Partial<PostizServiceOptions['settings']>;
    readonly fetch?: (send: typeof fetch) => typeof fetch;
    readonly timeLimitMs?: number;
    readonly tier?: 'bronze' | 'silver' | 'gold';
  } = {},
): Promise<PostizWorld> {
  await retainer.found(agencyId, more.tier);
  const clientId = 'bakery';
  let now = Date.parse(NOW);
  const sim = await startPostizSim({
    now: NOW,
    customers: [{ id: 'cust-1', name: 'Bakery' }],
    channels: [
      { id: 'ch-x', name: 'Bakery X', identifier: 'x', customerId: 'cust-1' },
      { id: 'ch-li', name: 'Bakery LI', identifier: 'linkedin-page', customerId: 'cust-1' },
      { id: 'ch-fb', name: 'Bakery FB', identifier: 'facebook', customerId: 'cust-1' },
      { id: 'ch-none', name: 'Orphan', identifier: 'x', customerId: undefined },
    ],
    ...more.sim,
  });
  const folder = await mkdtemp(join(tmpdir(), 'retainer-postiz-'));
  const clocked: typeof fetch = (input, init) =>
    retainer.fetchAt(new Date(now).toISOString())(input, init);
  const hooks = createHookCalls(
    createTransport({
      url: retainer.url,
      token: await retainer.hostToken(agencyId),
      fetch: more.fetch?.(clocked) ?? clocked,
      // A busy machine is no Retainer that is away.
      timeLimitMs: 60_000,
    }),
  );
  const closing: (() => Promise<void>)[] = [];
  const open = async (): Promise<{
    service: PostizService;
    url: string;
    life: { isOver: boolean };
  }> => {
    const life = { isOver: false };
    const kept = await openFileStore(folder);
    const service = await createPostizService({
      hooks: { ...hooks, events: (body) => (life.isOver ? never() : hooks.events(body)) },
      postiz: {
        url: sim.url,
        apiPath: '',
        apiKey: sim.apiKey,
        timeLimitMs: more.timeLimitMs ?? 10_000,
      },
      webhookToken: 'hook-token',
      clientOf: ({ id }) => (id === 'cust-1' ? clientId : id),
      settings: {
        billingUrl: 'https://postiz.test/billing',
        onUnavailable: 'allow',
        unassignedChannels: 'agency',
        assistants: 'block',
        timeZoneOf: () => 'Europe/Berlin',
        nameOf: () => 'Bakery',
        clientIdOf: (named) => (named === 'cust-1' ? clientId : named),
        ...more.settings,
      },
      store: { ...kept, write: (changes) => (life.isOver ? never() : kept.write(changes)) },
      pace: { nearMs: 60_000, wideMs: 86_400_000, hintMs: 10 },
      log: SILENT,
      now: () => now,
    });
    closing.push(() => service.gateway.close(0));
    return { service, life, url: await service.gateway.listen({ host: '127.0.0.1', port: 0 }) };
  };
  let { service, url, life } = await open();
  const agency = await retainer.asAgency(agencyId, NOW);
  const poll = async (): Promise<void> => {
    await service.polls.now();
    await service.desk.errands.idle();
  };
  return {
    sim,
    get service() {
      return service;
    },
    get url() {
      return url;
    },
    clientId,
    async at(instant) {
      now = Date.parse(instant);
      await sim.advanceTo(now);
    },
    async posts(at = new Date(now).toISOString(), of = clientId) {
      const path = `/api/clients/${encodeURIComponent(of)}/service-tier?at=${encodeURIComponent(at)}`;
      // The API's own answer, of which the row of posts is read.
      const { usage } = (await agency({ method: 'GET', path })) as {
        usage: { meter: string; platform: string | null; used: number; held: number }[];
      };
      const row = usage.find((one) => one.meter === 'posts' && one.platform === null);
      return { used: row?.used ?? 0, held: row?.held ?? 0 };
    },
    async call(method, path, body, headers = {}) {
      const response = await fetch(`${url}${path}`, {
        method,
        headers: { authorization: sim.apiKey, 'content-type': 'application/json', ...headers },
        ...(body && { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      return {
        status: response.status,
        body: text === '' ? undefined : (JSON.parse(text) as unknown),
      };
    },
    async settled() {
      await service.desk.errands.idle();
    },
    poll,
    async restart() {
      life.isOver = true;
      await service.gateway.close(0);
      ({ service, url, life } = await open());
    },
    async close() {
      await sim.close();
      await Promise.all(closing.map((close) => close()));
      await service.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** What a dead process waits for. */
function never(): Promise<never> {
  return new Promise(() => undefined);
}
