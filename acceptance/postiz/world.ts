import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createHookCalls, createTransport, type HookCalls, type Transport } from '@retainer/host';
import { createPostizService, openFileStore, type PostizService } from '@retainer/host/postiz';
import { startPostizSim, type PostizSim } from '@retainer/host/postiz-sim';

import { isFields, textOf, type Fields } from '../compare.ts';
import type { Target } from '../rest.ts';
import { insideWeek, weekKey } from '../webhook-hosts/week-key.ts';
import { recordHooks, type Recorder } from './recorder.ts';

/** A client of the fixtures: a customer in Postiz, a client in Retainer. */
export interface CaseClient {
  readonly key: string;
  readonly customerId: string;
  readonly timeZone: string;
}

/** What is taken of a client in one week. */
export interface WeekCount {
  readonly client: string;
  readonly week: string;
  readonly used: number;
  readonly held: number;
}

/** One case: an agency on the real API, a Postiz, and a real gateway with its poller before it. */
export interface PostizWorld {
  readonly clients: readonly CaseClient[];
  /** Whose posts these are where nothing else is said. */
  readonly main: CaseClient;
  readonly sim: PostizSim;
  readonly service: PostizService;
  readonly url: string;
  readonly hooks: HookCalls;
  readonly recorder: Recorder;
  readonly agency: Transport;
  readonly agencyId: string;
  readonly clock: { now: number };
  /** What is taken in the weeks around the case; only where something is. */
  readonly counts: () => Promise<readonly WeekCount[]>;
  readonly meter: (meter: string, client?: string) => Promise<number>;
  readonly close: () => Promise<void>;
}

/** Another way for the story to go: what a case says of a fuller week, or of another way to count. */
export interface Variation {
  readonly countBy: 'channel' | 'post';
  /** Weeks of the main client that are used up to its limit. */
  readonly fullWeeks: readonly string[];
}

const FIRST = '2026-01-01T00:00:00Z';
const NOW = '2026-03-01T09:00:00Z';
const WEEK_MS = 7 * 86_400_000;
const WEEKS = [-1, 0, 1, 2, 3, 4];
const SILENT = { info: () => undefined, warn: () => undefined };

/** Opens the world of a case. */
export async function openPostizWorld(
  target: Target,
  of: { readonly file: Fields; readonly found: Fields; readonly variation: Variation },
): Promise<PostizWorld> {
  const fixtures = fieldsAt(of.file, 'fixtures');
  const given = fieldsAt(of.found, 'given');
  const clients = clientsIn(fixtures);
  const main =
    clients.find(({ key }) => key === (given['client'] ?? clients[0]?.key)) ?? clients[0];
  if (main === undefined) throw new Error('the fixtures have no client');
  const clock = { now: Date.parse(textOf(of.found['clock'] ?? NOW)) };
  const at = (): string => new Date(clock.now).toISOString();
  const agencyId = `${textOf(of.found['id']).slice(0, 64)}-${randomBytes(6).toString('hex')}`;
  const admin = createTransport({ url: target.url, token: target.adminToken, timeLimitMs: 60_000 });
  const path = `/api/agency/${encodeURIComponent(agencyId)}`;
  await admin({ method: 'PUT', path, body: agencyBody(agencyId, given) });
  const first = await transportAs('agency', { target, admin, path }, () => FIRST);
  for (const client of clients) {
    const terms = termsOf(fixtures, { client, given, isMain: client === main });
    // oxlint-disable-next-line no-await-in-loop -- few, and in order
    await register(first, path, { client, terms: { ...terms, countBy: of.variation.countBy } });
  }
  const hooks = createHookCalls(await transportAs('host', { target, admin, path }, at));
  const agency = await transportAs('agency', { target, admin, path }, at);
  const sim = await openSim(fixtures, given, clock.now);
  const recorder = recordHooks(hooks);
  const folder = await mkdtemp(join(tmpdir(), 'retainer-postiz-case-'));
  const service = await openService({
    sim,
    recorder,
    clients,
    given,
    folder,
    now: () => clock.now,
  });
  const url = await service.gateway.listen({ host: '127.0.0.1', port: 0 });
  return {
    clients,
    main,
    sim,
    service,
    url,
    hooks,
    recorder,
    agency,
    agencyId,
    clock,
    counts: () => countsOf(agency, clients, clock.now),
    meter: (meter, client = main.key) => meterOf(agency, client, meter),
    async close() {
      await service.gateway.close();
      await service.close();
      await sim.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Uses up a week of a client as if its posts had been published. */
export async function useWeek(
  world: Pick<PostizWorld, 'hooks'>,
  client: string,
  of: { readonly week: string; readonly posts: number },
): Promise<void> {
  const scheduledAt = new Date(insideWeek(of.week)).toISOString();
  const events = Array.from({ length: of.posts }, (_, index) => ({
    type: 'postPublished' as const,
    clientWorkspaceId: client,
    postId: `used-${of.week}-${index}`,
    scheduledAt,
    platforms: ['x'],
  }));
  if (events.length > 0) await world.hooks.events({ events });
}

/** The object at a name; empty where there is none. */
export function fieldsAt(from: Fields, name: string): Fields {
  const value = from[name];
  return isFields(value) ? value : {};
}

/** The objects in the list at a name. */
export function listAt(from: Fields, name: string): readonly Fields[] {
  const value = from[name];
  return Array.isArray(value) ? value.filter(isFields) : [];
}

function clientsIn(fixtures: Fields): CaseClient[] {
  return listAt(fixtures, 'clients').map((client) => ({
    key: textOf(client['key']),
    customerId: textOf(client['postizCustomerId']),
    timeZone: textOf(client['timezone']),
  }));
}

function agencyBody(agencyId: string, given: Fields): Fields & object {
  const rule = given['unassigned'] ?? given['unassignedChannels'] ?? given['unassignedPolicy'];
  const unassigned = rule === undefined ? {} : { unassignedChannels: rule };
  return { name: agencyId, timeZone: 'UTC', currency: 'USD', ...unassigned };
}

function termsOf(
  fixtures: Fields,
  of: { readonly client: CaseClient; readonly given: Fields; readonly isMain: boolean },
): Fields {
  const fixture = listAt(fixtures, 'clients').find((one) => one['key'] === of.client.key) ?? {};
  const limits = of.isMain ? fieldsAt(of.given, 'limit') : {};
  const all = of.isMain ? of.given : {};
  return {
    postsPerWeek: limits['postsPerWeek'] ?? fixture['postsPerWeek'],
    storageBytes: limits['storageBytes'] ?? all['limitBytes'] ?? null,
    libraryItems: limits['libraryItems'] ?? all['limitItems'] ?? null,
  };
}

async function register(
  own: Transport,
  agency: string,
  of: { readonly client: CaseClient; readonly terms: Fields },
): Promise<void> {
  const { key, timeZone } = of.client;
  const path = `${agency}/clients/${encodeURIComponent(key)}`;
  await own({ method: 'PUT', path, body: { name: key, timeZone } });
  const { postsPerWeek, storageBytes, libraryItems, countBy } = of.terms;
  const tier = {
    name: `Tier of ${key}`,
    key: `tier-${key}`,
    pricing: { monthly: { amount: '100.00', currency: 'USD' } },
    features: { postsPerWeek, platforms: { max: null, allowed: 'all', perPlatform: {} } },
    limits: { storageBytes, contentLibraryItems: libraryItems },
    countBy,
  };
  await own({ method: 'POST', path: `${agency}/service-tiers`, body: tier });
  const assign = `/api/clients/${encodeURIComponent(key)}/service-tier/assign`;
  await own({ method: 'POST', path: assign, body: { tierId: `tier-${key}` } });
}

async function transportAs(
  role: 'agency' | 'host',
  of: { readonly target: Target; readonly admin: Transport; readonly path: string },
  at: () => string,
): Promise<Transport> {
  const minted = await of.admin({ method: 'POST', path: `${of.path}/tokens`, body: { role } });
  return createTransport({
    url: of.target.url,
    token: isFields(minted) ? textOf(minted['token']) : '',
    timeLimitMs: 60_000,
    fetch: (input, init) => {
      const headers = new Headers(init?.headers);
      headers.set('x-test-clock', at());
      return fetch(input, { ...init, headers });
    },
  });
}

async function openSim(fixtures: Fields, given: Fields, now: number): Promise<PostizSim> {
  const channels = listAt(fixtures, 'GET /public/v1/integrations').map((row) => ({
    id: textOf(row['id']),
    name: textOf(row['name']),
    identifier: textOf(row['identifier']),
    disabled: row['disabled'] === true,
    customerId: isFields(row['customer']) ? textOf(row['customer']['id']) : undefined,
  }));
  const perHour = Number(given['apiLimit'] ?? given['API_LIMIT'] ?? Infinity);
  return startPostizSim({
    now: new Date(now).toISOString(),
    // Nothing goes out by itself: a case says what Postiz answers.
    fates: () => 'stuck',
    postsPerHour: perHour,
    customers: listAt(fixtures, 'GET /public/v1/groups').map((row) => ({
      id: textOf(row['id']),
      name: textOf(row['name']),
    })),
    channels,
  });
}

async function openService(of: {
  readonly sim: PostizSim;
  readonly recorder: Recorder;
  readonly clients: readonly CaseClient[];
  readonly given: Fields;
  readonly folder: string;
  readonly now: () => number;
}): Promise<PostizService> {
  const { sim, clients, given } = of;
  const keyOf = (named: string): string | undefined =>
    clients.find(({ key, customerId }) => key === named || customerId === named)?.key;
  const service = await createPostizService({
    hooks: of.recorder.hooks,
    postiz: { url: sim.url, apiPath: '', apiKey: sim.apiKey, timeLimitMs: 5_000 },
    webhookToken: 'token-of-the-case',
    clientOf: ({ id }) => keyOf(id) ?? null,
    settings: {
      billingUrl: 'https://postiz.example/billing',
      onUnavailable: given['onUnavailable'] === 'deny' ? 'deny' : 'allow',
      unassignedChannels: 'agency',
      assistants: given['assistants'] === 'adopt' ? 'adopt' : 'block',
      timeZoneOf: (id) => clients.find(({ key }) => key === id)?.timeZone,
      nameOf: (id) => id,
      clientIdOf: keyOf,
    },
    store: await openFileStore(of.folder),
    pace: { nearMs: 86_400_000, wideMs: 86_400_000, hintMs: 60_000 },
    log: SILENT,
    now: of.now,
  });
  await service.desk.channels.refresh();
  return service;
}

async function countsOf(
  agency: Transport,
  clients: readonly CaseClient[],
  now: number,
): Promise<WeekCount[]> {
  const counts: WeekCount[] = [];
  for (const { key, timeZone } of clients) {
    const asked = WEEKS.map(async (index): Promise<WeekCount> => {
      const at = now + index * WEEK_MS;
      const row = (await usageAt(agency, key, at)).find((one) => one['meter'] === 'posts');
      const [used, held] = [Number(row?.['used'] ?? 0), Number(row?.['held'] ?? 0)];
      return { client: key, week: weekKey(at, timeZone), used, held };
    });
    // oxlint-disable-next-line no-await-in-loop -- gentle: cases run side by side
    counts.push(...(await Promise.all(asked)));
  }
  return counts.filter(({ used, held }) => used + held > 0);
}

async function meterOf(agency: Transport, client: string, meter: string): Promise<number> {
  const row = (await usageAt(agency, client)).find((one) => one['meter'] === meter);
  return Number(row?.['used'] ?? 0);
}

async function usageAt(agency: Transport, client: string, at?: number): Promise<readonly Fields[]> {
  const query = at === undefined ? '' : `?at=${new Date(at).toISOString()}`;
  const path = `/api/clients/${encodeURIComponent(client)}/service-tier${query}`;
  const tier = await agency({ method: 'GET', path });
  return isFields(tier) ? listAt(tier, 'usage').filter((row) => row['platform'] === null) : [];
}
