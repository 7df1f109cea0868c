import { randomBytes } from 'node:crypto';

import { createHookCalls, createTransport, type HookCalls, type Transport } from '@retainer/host';

import { isFields, textOf, type Fields } from '../compare.ts';
import type { Target } from '../rest.ts';
import { insideWeek, weekKey } from './week-key.ts';

/** A client of the case's agency. */
export interface CaseClient {
  readonly id: string;
  readonly timeZone: string;
}

/** What is taken of a client in one week; by platform too. */
export interface WeekCount {
  readonly clientId: string;
  readonly week: string;
  readonly platform: string | null;
  readonly used: number;
  readonly held: number;
}

/** The agency of one case, with its clients on tiers that count by channel. */
export interface WebhookWorld {
  /** The client that posts are of, where nothing else is said. */
  readonly main: CaseClient;
  readonly clients: readonly CaseClient[];
  /** The hooks at this moment of the case's clock. */
  readonly hooks: HookCalls;
  readonly clock: { now: number };
  /** Everything that is taken, in every week around the case. */
  readonly counts: () => Promise<readonly WeekCount[]>;
}

const FIRST = '2026-01-01T00:00:00Z';
const NOW = '2026-03-01T09:00:00Z';
const WEEK_MS = 7 * 86_400_000;
const PLATFORMS = ['x', 'facebook', 'linkedin', 'instagram', 'tiktok', 'youtube', 'threads'];
const PLATFORM_ROWS = [
  ...PLATFORMS,
  'bluesky',
  'mastodon',
  'pinterest',
  'google-business',
  'other:unnamed',
];

/** Registers the agency of a case and its clients, those that the payloads name by their host's ids among them. */
export async function openWebhookWorld(
  target: Target,
  of: { readonly fixtures: Fields; readonly found: Fields; readonly accounts: readonly string[] },
): Promise<WebhookWorld> {
  const given = isFields(of.found['given']) ? of.found['given'] : {};
  const agencyId = `${textOf(of.found['id']).slice(0, 64)}-${randomBytes(6).toString('hex')}`;
  const admin = createTransport({ url: target.url, token: target.adminToken, timeLimitMs: 60_000 });
  const path = `/api/agency/${agencyId}`;
  const agency = { name: agencyId, timeZone: 'UTC', currency: 'USD' };
  await admin({ method: 'PUT', path, body: agency });
  const own = await transportAs('agency', { target, admin, path }, () => FIRST);
  const rows = listedClients(of.fixtures);
  const main = rows.find((row) => row.key === (given['client'] ?? 'acme')) ?? rows[0];
  if (main === undefined) throw new Error('the fixtures have no client');
  const limit = limitIn(given) ?? main.postsPerWeek;
  // Nobody else takes part, so nobody else is registered.
  const all = [main.key, ...of.accounts].map((key) => ({ ...main, key, postsPerWeek: limit }));
  for (const row of all) {
    // oxlint-disable-next-line no-await-in-loop -- few, and in order
    await registerClient(own, path, row);
  }
  const clock = { now: Date.parse(textOf(of.found['clock'] ?? NOW)) };
  const at = (): string => new Date(clock.now).toISOString();
  const hooks = createHookCalls(await transportAs('host', { target, admin, path }, at));
  const clients = all.map(({ key, timeZone }) => ({ id: key, timeZone }));
  const reading = await transportAs('agency', { target, admin, path }, at);
  const world = { clients, clock, hooks, main: { id: main.key, timeZone: main.timeZone } };
  await useUp(world, given);
  return { ...world, counts: () => countsOf(reading, clients, clock.now) };
}

interface ClientRow {
  readonly key: string;
  readonly timeZone: string;
  readonly postsPerWeek: unknown;
}

function listedClients(fixtures: Fields): ClientRow[] {
  const { clients } = fixtures;
  if (!Array.isArray(clients)) throw new Error('fixtures.clients must be a list');
  return clients.filter(isFields).map((client) => ({
    key: textOf(client['key']),
    timeZone: textOf(client['timezone']),
    postsPerWeek: client['postsPerWeek'],
  }));
}

function limitIn(given: Fields): unknown {
  const { limit } = given;
  return isFields(limit) ? limit['postsPerWeek'] : undefined;
}

async function registerClient(own: Transport, agency: string, row: ClientRow): Promise<void> {
  const client = `${agency}/clients/${encodeURIComponent(row.key)}`;
  await own({ method: 'PUT', path: client, body: { name: row.key, timeZone: row.timeZone } });
  const key = `tier-${row.key}`.replaceAll(/[^\w-]/gu, '-').slice(0, 64);
  const perPlatform = Object.fromEntries(PLATFORM_ROWS.map((platform) => [platform, null]));
  const features = {
    postsPerWeek: row.postsPerWeek,
    platforms: { max: null, allowed: 'all', perPlatform },
  };
  const pricing = { monthly: { amount: '100.00', currency: 'USD' } };
  const body = { name: key, key, pricing, features, countBy: 'channel' };
  await own({ method: 'POST', path: `${agency}/service-tiers`, body });
  const assign = `/api/clients/${encodeURIComponent(row.key)}/service-tier/assign`;
  await own({ method: 'POST', path: assign, body: { tierId: key } });
}

async function transportAs(
  role: 'agency' | 'host',
  of: { readonly target: Target; readonly admin: Transport; readonly path: string },
  at: () => string,
): Promise<Transport> {
  const { target, admin, path } = of;
  const minted = await admin({ method: 'POST', path: `${path}/tokens`, body: { role } });
  const token = isFields(minted) ? textOf(minted['token']) : '';
  return createTransport({
    url: target.url,
    token,
    timeLimitMs: 60_000,
    fetch: (input, init) => {
      const headers = new Headers(init?.headers);
      headers.set('x-test-clock', at());
      return fetch(input, { ...init, headers });
    },
  });
}

/** What the case says was used before, week by week. */
async function useUp(
  { main, hooks }: Pick<WebhookWorld, 'main' | 'hooks'>,
  given: Fields,
): Promise<void> {
  const { used } = given;
  for (const [week, quantity] of isFields(used) ? Object.entries(used) : []) {
    for (let index = 0; index < Number(quantity); index += 1) {
      const scheduledAt = new Date(insideWeek(week)).toISOString();
      const postId = `used-${week}-${index}`;
      // oxlint-disable-next-line no-await-in-loop -- few, and in order
      await hooks.postPublished({ clientWorkspaceId: main.id, postId, scheduledAt });
    }
  }
}

async function countsOf(
  reading: Transport,
  clients: readonly CaseClient[],
  now: number,
): Promise<WeekCount[]> {
  const weeks = Array.from({ length: 6 }, (_, index) => now + (index - 1) * WEEK_MS);
  const lists = clients.flatMap(({ id, timeZone }) =>
    weeks.map(async (at) => {
      const instant = new Date(at).toISOString();
      const path = `/api/clients/${encodeURIComponent(id)}/service-tier?at=${instant}`;
      const tier = await reading({ method: 'GET', path });
      const usage: unknown = isFields(tier) ? tier['usage'] : [];
      const rows = Array.isArray(usage) ? usage.filter(isFields) : [];
      return rows
        .filter((row) => row['meter'] === 'posts')
        .map((row) => ({
          clientId: id,
          week: weekKey(at, timeZone),
          platform: row['platform'] === null ? null : textOf(row['platform']),
          used: Number(row['used']),
          held: Number(row['held']),
        }));
    }),
  );
  return (await Promise.all(lists)).flat();
}
