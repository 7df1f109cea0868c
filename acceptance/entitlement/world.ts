import { randomBytes } from 'node:crypto';

import type { AcceptanceCase, RawCaseFile } from '../case-file.ts';
import { isFields, textOf, type Fields } from '../compare.ts';
import { connect, sendOrThrow, type Call, type Reply, type Send, type Target } from '../rest.ts';
import {
  fieldsAt,
  intervalOf,
  localDate,
  named,
  priceOf,
  requireKnown,
  termsBody,
} from './words.ts';

/** A tier of the case file's catalog as it was registered. */
export interface WorldTier {
  readonly id: string;
  readonly price: string;
  /** The catalog entry of its newest version. */
  readonly terms: Fields;
}

/** The agency of one case, and the tokens that speak for it. */
export interface World {
  readonly target: Target;
  readonly send: Send;
  readonly agencyId: string;
  readonly agencyToken: string;
  readonly hostToken: string;
  /** By the key that the case file gives them. */
  readonly tiers: Map<string, WorldTier>;
  readonly clients: ReadonlyMap<string, WorldClient>;
}

/** A client as the case starts with it. */
export interface WorldClient {
  readonly id: string;
  readonly timeZone: string;
  readonly assignment: Fields | undefined;
}

const ZONE = 'UTC';
const CLIENT_FIELDS = ['id', 'name', 'timezone', 'weekStartsOn', 'assignment'];
const ASSIGNMENT_FIELDS = [
  'tier',
  'version',
  'start',
  'billingAnchor',
  'anchor',
  'everyMonths',
  'trialEnd',
];

/** Registers the case's own agency with the catalog's tiers, its clients and what they are assigned. */
export async function openWorld(
  target: Target,
  file: RawCaseFile,
  found: AcceptanceCase,
): Promise<{ readonly world: World; close(): void }> {
  const clients = readClients(found.given);
  const connection = connect(target);
  const start = earliestInstant(found);
  try {
    const agency = await registerAgency(target, connection.send, { found, start });
    const world: World = { ...agency, clients: new Map(clients.map((one) => [one.id, one])) };
    await registerCatalog(world, file.content, start);
    for (const client of clients) {
      await registerClient(world, client, start);
      if (client.assignment) await assignFirst(world, client, client.assignment);
    }
    return { world, close: () => connection.close() };
  } catch (cause) {
    connection.close();
    throw cause;
  }
}

/** A call by the agency itself. */
export function asAgency(world: World, call: Omit<Call, 'token'>): Call {
  return { ...call, token: world.agencyToken };
}

/** The path of a client's service tier. */
export function tierPath(clientId: string, rest = ''): string {
  return `/api/clients/${encodeURIComponent(clientId)}/service-tier${rest}`;
}

/** The path of an agency's own things. */
function agencyPath(world: Pick<World, 'agencyId'>, rest = ''): string {
  return `/api/agency/${encodeURIComponent(world.agencyId)}${rest}`;
}

/** What registers a client; sent again with another time zone, it changes the zone. */
export function clientCall(
  world: World,
  client: { readonly id: string; readonly timeZone: unknown },
  at: string,
): Call {
  return asAgency(world, {
    method: 'PUT',
    path: agencyPath(world, `/clients/${encodeURIComponent(client.id)}`),
    at,
    body: { name: `Client ${client.id}`, timeZone: client.timeZone },
  });
}

/** The body that assigns a tier: its id, and the start date where the anchor is not the day of the start. */
export function assignBody(
  world: World,
  client: WorldClient,
  wish: Fields & { readonly start: string },
): Fields {
  const anchor = wish['billingAnchor'] ?? wish['anchor'];
  const isOwnDay = anchor === undefined || anchor === localDate(wish.start, client.timeZone);
  return {
    tierId: requireTier(world, wish['tier']).id,
    ...named('version', wish['version']),
    ...named('interval', intervalOf(wish['everyMonths'])),
    ...named('startDate', isOwnDay ? undefined : anchor),
    ...named('trialEndsAt', wish['trialEnd']),
  };
}

/** The tier that a case names. */
export function requireTier(world: World, key: unknown): WorldTier {
  const tier = world.tiers.get(textOf(key));
  if (tier === undefined) throw new Error(`the catalog has no tier ${textOf(key)}`);
  return tier;
}

async function registerAgency(
  target: Target,
  send: Send,
  of: { readonly found: AcceptanceCase; readonly start: string },
): Promise<Omit<World, 'clients'>> {
  const agencyId = `${of.found.id.slice(0, 64)}-${randomBytes(6).toString('hex')}`;
  const asAdmin = { token: target.adminToken };
  const path = agencyPath({ agencyId });
  const body = {
    name: `Agency of ${of.found.id}`,
    timeZone: ZONE,
    currency: 'USD',
    ...named('weekStartsOn', weekStart(of.found.given)),
  };
  await sendOrThrow(send, { ...asAdmin, method: 'PUT', path, at: of.start, body });
  const mint = async (role: string): Promise<string> => {
    const call: Call = { ...asAdmin, method: 'POST', path: `${path}/tokens`, body: { role } };
    return textOf((await sendOrThrow(send, call))['token']);
  };
  const agencyToken = await mint('agency');
  return { target, send, agencyId, agencyToken, hostToken: await mint('host'), tiers: new Map() };
}

async function registerCatalog(world: World, content: Fields, at: string): Promise<void> {
  const tiers = fieldsAt(fieldsAt(content, 'catalog'), 'tiers');
  for (const key of Object.keys(tiers)) {
    const versions = Object.entries(fieldsAt(fieldsAt(tiers, key), 'versions'));
    const inOrder = versions.toSorted(([a], [b]) => Number(a) - Number(b));
    for (const [, terms] of inOrder) {
      if (!isFields(terms)) throw new Error(`catalog.tiers.${key}: a version must be an object`);
      const { status, body } = await publishTerms(world, { key, terms, at });
      if (status >= 400) throw new Error(`tier ${key}: answered ${status} ${JSON.stringify(body)}`);
    }
  }
}

/** Publishes terms as the next version of a tier, or as a new tier when the agency has none of that name. */
export async function publishTerms(
  world: World,
  wish: { readonly key: string; readonly terms: Fields; readonly at: string },
): Promise<Reply> {
  const known = world.tiers.get(wish.key);
  const price = known?.price ?? priceOf(wish.terms);
  const tiersPath = agencyPath(world, '/service-tiers');
  const reply = await world.send(
    asAgency(world, {
      method: 'POST',
      path: known ? `${tiersPath}/${known.id}/versions` : tiersPath,
      at: wish.at,
      body: {
        ...(known ? { mode: 'replace' } : { name: wish.key, key: wish.key }),
        ...termsBody(wish.terms, price),
      },
    }),
  );
  if (reply.status < 400) {
    world.tiers.set(wish.key, { id: textOf(reply.body['id']), price, terms: wish.terms });
  }
  return reply;
}

async function registerClient(world: World, client: WorldClient, at: string): Promise<void> {
  await sendOrThrow(world.send, clientCall(world, client, at));
}

async function assignFirst(world: World, client: WorldClient, assignment: Fields): Promise<void> {
  requireKnown('assignment', assignment, ASSIGNMENT_FIELDS);
  const start = assignment['start'];
  if (typeof start !== 'string') throw new Error('assignment.start must be an instant');
  await sendOrThrow(
    world.send,
    asAgency(world, {
      method: 'POST',
      path: tierPath(client.id, '/assign'),
      at: start,
      body: assignBody(world, client, { ...assignment, start }),
    }),
  );
}

function readClients(given: Fields): readonly WorldClient[] {
  requireKnown('given', given, ['clients']);
  const clients: unknown = given['clients'] ?? [];
  if (!Array.isArray(clients)) throw new Error('given.clients must be a list');
  return clients.map((client: unknown) => {
    if (!isFields(client)) throw new Error('given.clients: a client must be an object');
    requireKnown('given.clients', client, CLIENT_FIELDS);
    const { id, timezone = ZONE, assignment } = client;
    return {
      id: textOf(id),
      timeZone: textOf(timezone),
      assignment: isFields(assignment) ? assignment : undefined,
    };
  });
}

function weekStart(given: Fields): unknown {
  const clients: unknown = given['clients'];
  if (!Array.isArray(clients)) return undefined;
  return clients.filter(isFields).find((client) => client['weekStartsOn'])?.['weekStartsOn'];
}

/** The first instant a case speaks of: its agency, its tiers and its clients are there since then. */
function earliestInstant(found: AcceptanceCase): string {
  const starts = readClients(found.given).map((client) => client.assignment?.['start']);
  const steps = found.steps.map((step) => step.when['at']);
  const instants = [...starts, ...steps]
    .filter((value) => typeof value === 'string')
    .toSorted((a, b) => Date.parse(a) - Date.parse(b));
  const [first] = instants;
  if (first === undefined) throw new Error('a case must say when its steps happen');
  return first;
}
