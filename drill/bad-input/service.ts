import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { readSettings } from '@retainer/api/env';
import { createLogger } from '@retainer/api/logger';
import { openServer } from '@retainer/api/open-server';
import { startEmbedded } from '@retainer/core';
import { createHookCalls, createTransport } from '@retainer/host';
import {
  createMemoryLog,
  openReceiver,
  WEBHOOK_HOSTS,
  type WebhookReceiver,
} from '@retainer/host/webhooks';
import pg from 'pg';

import { fieldOf } from './fields.ts';
import type { Caller, Request } from './request.ts';

/** Whom the requests are about. */
export const AGENCY = 'wild';
export const CLIENT = 'bakery';
/** A neighbour, who must not notice. */
export const RIVAL = 'rival';
export const WEBHOOK_TOKEN = 'token-of-the-drill';

/** What a request was answered. */
export interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
}

/** The whole service in this process, on a PostgreSQL of its own, with two agencies. */
export interface Service {
  readonly ask: (request: Request) => Promise<Answer>;
  readonly receiver: WebhookReceiver;
  readonly authorizations: Readonly<Partial<Record<Caller, string>>>;
  /** What is in each table; of one agency's rows if it is named. */
  readonly contents: (agencyId?: string) => Promise<ReadonlyMap<string, string>>;
  /** Errors that were logged since this was asked last. */
  readonly takeErrors: () => string[];
  readonly counts: () => Promise<unknown>;
  readonly close: () => Promise<void>;
}

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** Begins it. */
export async function openService(): Promise<Service> {
  const dataDir = await mkdtemp(join(tmpdir(), 'retainer-drill-'));
  // The embedded PostgreSQL may run as another user, who must be able to walk through.
  await chmod(dataDir, 0o755);
  const embedded = await startEmbedded({ dataDir, log: silent });
  const adminToken = randomBytes(24).toString('hex');
  const settings = readSettings({
    DATABASE_URL: embedded.url,
    DATA_DIR: dataDir,
    RETAINER_SECRET: randomBytes(32).toString('hex'),
    RETAINER_ADMIN_TOKEN: adminToken,
    RETAINER_TEST_CLOCK: 'on',
    RATE_LIMIT_PER_MINUTE: '1000000000',
  });
  const errors: string[] = [];
  const logger = createLogger('error', { write: (line) => errors.push(line) });
  const opened = await openServer(settings, { logger, say: () => undefined });
  const { app, settled } = opened;
  const ask = async ({ method, url, headers, payload }: Request): Promise<Answer> => {
    const answer = await app.inject({
      method,
      url,
      headers,
      ...(payload !== undefined && { payload }),
    });
    return {
      status: answer.statusCode,
      contentType: answer.headers['content-type'] ?? '',
      text: answer.body,
    };
  };
  const authorizations = await found(ask, adminToken);
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  const owner = new pg.Pool({ connectionString: embedded.url, max: 2 });
  return {
    ask,
    authorizations,
    receiver: await openWebhooks(url, authorizations.agency ?? ''),
    contents: async (agencyId) => {
      await settled();
      return contentsOf(owner, agencyId);
    },
    takeErrors: () => errors.splice(0),
    counts: async () => (await owner.query(COUNTS)).rows[0] as unknown,
    async close() {
      await app.close();
      await opened.release();
      await owner.end();
      await embedded.stop();
      await rm(dataDir, { recursive: true, force: true, maxRetries: 10 });
    },
  };
}

const COUNTS = `select (select count(*)::int from retainer.hold) as holds,
  (select count(*)::int from retainer.time_entry) as hours, (select count(*)::int from retainer.audit_log) as changes`;

async function openWebhooks(url: string, authorization: string): Promise<WebhookReceiver> {
  const token = authorization.replace('Bearer ', '');
  return openReceiver({
    hooks: createHookCalls(createTransport({ url, token, timeLimitMs: 10_000 })),
    log: createMemoryLog(),
    endpoints: WEBHOOK_HOSTS.map(({ name }) => ({
      host: name,
      token: WEBHOOK_TOKEN,
      owner: { clientWorkspaceId: CLIENT },
    })),
  });
}

async function found(
  ask: Service['ask'],
  adminToken: string,
): Promise<Readonly<Partial<Record<Caller, string>>>> {
  const send = async (
    [method, url]: readonly [Request['method'], string],
    body: object,
    token: string,
  ): Promise<unknown> => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const answer = await ask({ method, url, headers, payload: JSON.stringify(body) });
    if (answer.status !== 200) throw new Error(`${method} ${url}: ${answer.text}`);
    return JSON.parse(answer.text) as unknown;
  };
  const tokens: string[] = [];
  for (const id of [AGENCY, RIVAL]) {
    const facts = { name: id, timeZone: 'Europe/Berlin', currency: 'EUR' };
    await send(['PUT', `/api/agency/${id}`], facts, adminToken);
    for (const role of ['agency', 'host']) {
      const minted = await send(['POST', `/api/agency/${id}/tokens`], { role }, adminToken);
      tokens.push(String(fieldOf(minted, 'token')));
    }
    const token = tokens.at(-2) ?? '';
    await send(
      ['PUT', `/api/agency/${id}/clients/${CLIENT}`],
      { name: `${CLIENT} of ${id}` },
      token,
    );
    await send(['POST', `/api/agency/${id}/service-tiers/default`], {}, token);
    await send(['POST', `/api/clients/${CLIENT}/service-tier/assign`], { tierId: 'gold' }, token);
    const hold = { clientWorkspaceId: CLIENT, key: 'held', meter: 'posts' };
    await send(['POST', '/api/hooks/reserve'], hold, token);
  }
  const [agency = '', host = ''] = tokens;
  const session = await send(['POST', `/api/clients/${CLIENT}/portal-session`], {}, agency);
  return {
    agency: `Bearer ${agency}`,
    host: `Bearer ${host}`,
    client: `Bearer ${String(fieldOf(session, 'token'))}`,
    forged: `Bearer ${agency.slice(0, -4)}AAAA`,
  };
}

async function contentsOf(
  owner: pg.Pool,
  agencyId: string | undefined,
): Promise<ReadonlyMap<string, string>> {
  const { rows: tables } = await owner.query<{ name: string }>(TABLES);
  const parts = tables.map(({ name }) => {
    const where =
      agencyId === undefined
        ? ''
        : `where ${name === 'agency' ? 'id' : 'agency_id'} = '${agencyId}'`;
    return `select '${name}' as name, count(*) || ' ' || coalesce(md5(string_agg(md5(t::text), '' order by t::text)), '')
      as digest from retainer.${name} t ${where}`;
  });
  const { rows } = await owner.query<{ name: string; digest: string }>(parts.join(' union all '));
  return new Map(rows.map(({ name, digest }) => [name, digest]));
}

const TABLES = `select relname as name from pg_class
  where relnamespace = 'retainer'::regnamespace and relkind = 'r' and relname <> 'migration'`;
