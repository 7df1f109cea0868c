import { tmpdir } from 'node:os';

import { cloneDatabase } from '@retainer/core/testing';
import type { FastifyInstance } from 'fastify';
import { test as base } from 'vitest';

import { createTokens, type TokenActor } from '../auth/tokens.ts';
import { createLogger } from '../edge/logger.ts';
import { readSettings } from '../env.ts';
import { fieldOf } from '../fields.ts';
import { openServer } from '../open-server.ts';
import { watchContents, type ReadContents } from './contents.ts';

/** When everything happens in these tests. */
const NOW = '2026-03-02T12:00:00Z';

const CLOCK = { 'x-test-clock': NOW };

const SECRET = 'a secret of the tests, long enough to sign with';
const ADMIN_TOKEN = 'operator-token-of-the-tests-0123456789';

/** The whole service on a PostgreSQL of its own, with the agencies that a test founds. */
export interface RealServer {
  readonly app: FastifyInstance;
  /** The owner's URL of its database, to look behind the service. */
  readonly ownerUrl: string;
  /** The header that says when it is. */
  readonly clock: Record<string, string>;
  /** The operator's headers. */
  readonly admin: Record<string, string>;
  /** Headers with a token of this actor's: a good one, an expired one or a forged one. */
  readonly headersOf: (
    actor: TokenActor,
    kind?: 'expired' | 'forged',
  ) => Promise<Record<string, string>>;
  /** An agency with one of everything, or one more client of it with the same. Whatever has a name says whose it is. */
  readonly found: (agencyId: string, clientWorkspaceId?: string) => Promise<Tenant>;
  /** Says of every table what is in it once nothing is under way. */
  readonly contents: ReadContents;
  /** What the service logged since this was asked last: errors alone, unless a `LOG_LEVEL` was told. */
  readonly takeErrors: () => string[];
}

/** An agency with one of everything that has an id. */
export interface Tenant {
  readonly agencyWorkspaceId: string;
  readonly clientWorkspaceId: string;
  readonly tierId: string;
  readonly keyId: string;
  readonly overrideId: string;
  readonly reservationId: string;
  readonly conversionId: string;
  readonly timeEntryId: string;
  readonly rateId: string;
  /** Of ad spend; other costs have `otherCostId`. */
  readonly costId: string;
  readonly otherCostId: string;
  readonly toolCostId: string;
  readonly exportId: string;
  readonly reportId: string;
  readonly annotationId: string;
}

/** `test` with the whole service, one for each file. */
export const test = base.extend('server', { scope: 'file' }, async ({}, { onCleanup }) => {
  const { close, ...server } = await openRealServer();
  onCleanup(close);
  return server;
});

/** Opens the whole service on a database of its own, or that of `DATABASE_URL`, with more settings if they are told. */
export async function openRealServer(
  more: Readonly<Record<string, string>> = {},
): Promise<RealServer & { readonly close: () => Promise<void> }> {
  const ownerUrl = more['DATABASE_URL'] ?? (await cloneDatabase());
  const settings = readSettings({
    DATABASE_URL: ownerUrl,
    DATA_DIR: tmpdir(),
    RETAINER_SECRET: SECRET,
    RETAINER_ADMIN_TOKEN: ADMIN_TOKEN,
    RETAINER_TEST_CLOCK: 'on',
    ...more,
  });
  const errors: string[] = [];
  const logger = createLogger(more['LOG_LEVEL'] ?? 'error', { write: (line) => errors.push(line) });
  const { app, settled, release } = await openServer(settings, { logger, say: () => undefined });
  const admin = headers(ADMIN_TOKEN);
  // From the first question on: a service that is opened again on its database must not be watched twice.
  let watched: Promise<ReadContents> | undefined;
  return {
    app,
    ownerUrl,
    clock: CLOCK,
    admin,
    headersOf,
    takeErrors: () => errors.splice(0),
    found: async (agencyId, clientWorkspaceId = `client of ${agencyId}`) => {
      const tenant = await found(app, { agencyId, clientWorkspaceId, admin });
      await settled();
      return tenant;
    },
    contents: async (agencies) => {
      await settled();
      watched ??= watchContents(ownerUrl);
      return (await watched)(agencies);
    },
    close: async () => {
      await app.close();
      await release();
    },
  };
}

const MINTERS = {
  good: createTokens(SECRET),
  expired: createTokens(SECRET, () => new Date('2020-01-01T00:00:00Z')),
  forged: createTokens(`${SECRET}, but another`),
};

async function headersOf(
  actor: TokenActor,
  kind: keyof typeof MINTERS = 'good',
): Promise<Record<string, string>> {
  return headers((await MINTERS[kind].mint(actor, 3600)).token);
}

function headers(token: string): Record<string, string> {
  return { authorization: `Bearer ${token}`, ...CLOCK };
}

interface Founding {
  readonly agencyId: string;
  readonly clientWorkspaceId: string;
  readonly admin: Record<string, string>;
}

async function found(
  app: FastifyInstance,
  { agencyId, clientWorkspaceId, admin }: Founding,
): Promise<Tenant> {
  const agency = await headersOf({ role: 'agency', agencyId });
  const send = async (
    method: 'PUT' | 'POST',
    url: string,
    payload: object = {},
    as = agency,
  ): Promise<unknown> => {
    const answer = await app.inject({ method, url, payload, headers: as });
    if (answer.statusCode === 200) return answer.json();
    throw new Error(`${method} ${url}: ${answer.statusCode} ${answer.body}`);
  };
  const ofAgency = `/api/agency/${encodeURIComponent(agencyId)}`;
  const client = `/api/clients/${encodeURIComponent(clientWorkspaceId)}`;
  const ofClient = `${client}/service-tier`;
  await send('PUT', ofAgency, { name: agencyId, timeZone: 'UTC', currency: 'USD' }, admin);
  await send('PUT', `${ofAgency}/clients/${encodeURIComponent(clientWorkspaceId)}`, {
    name: `${clientWorkspaceId}, of ${agencyId}`,
  });
  await send('POST', `${ofAgency}/service-tiers/default`);
  const assigned = await send('POST', `${ofClient}/assign`, { tierId: 'silver' });
  const promised = await send('POST', `${ofClient}/override`, { meter: 'posts', delta: 1 });
  const key = await send('POST', `${ofAgency}/api-keys`, {
    name: `Key of ${agencyId}`,
    role: 'host',
  });
  const held = await send('POST', '/api/hooks/reserve', {
    clientWorkspaceId,
    key: 'held',
    meter: 'posts',
  });
  const lead = await send('POST', `${client}/conversions`, { kind: 'lead', date: '2026-03-02' });
  const entry = { date: '2026-03-02', minutes: 30, person: `Somebody of ${agencyId}` };
  const spent = await send('POST', `${client}/time-entries`, entry);
  const coming = { level: 'agency', fromDate: '2099-01-01', hourlyRate: 1 };
  const rate = await send('PUT', `${ofAgency}/rates`, coming);
  const paid = await send('POST', `${client}/ad-spend`, { date: '2026-03-02', amount: 1 });
  const other = await send('POST', `${client}/other-costs`, { date: '2026-03-02', amount: 1 });
  const tool = { name: `Tool of ${agencyId}`, amount: 1, startDate: '2026-03-02' };
  const begun = await send('POST', `${ofAgency}/kpi-dashboard/exports`, { format: 'csv' });
  const february = { startDate: '2026-02-01', endDate: '2026-02-28' };
  const told = await send('POST', `${client}/reports`, february);
  const bought = await send('POST', `${ofAgency}/tool-costs`, tool);
  const event = { startDate: '2026-03-02', title: `Opened by ${agencyId}` };
  const noted = await send('POST', `${ofAgency}/annotations`, event);
  const idOf = (answer: unknown, name: string) => String(fieldOf(answer, name));
  return {
    agencyWorkspaceId: agencyId,
    clientWorkspaceId,
    tierId: idOf(fieldOf(assigned, 'tier'), 'id'),
    keyId: idOf(key, 'id'),
    overrideId: idOf(fieldOf(promised, 'override'), 'id'),
    reservationId: idOf(held, 'reservationId'),
    conversionId: idOf(lead, 'id'),
    timeEntryId: idOf(spent, 'id'),
    rateId: idOf(rate, 'id'),
    costId: idOf(paid, 'id'),
    otherCostId: idOf(other, 'id'),
    toolCostId: idOf(bought, 'id'),
    exportId: idOf(begun, 'exportId'),
    reportId: idOf(fieldOf(told, 'report'), 'id'),
    annotationId: idOf(noted, 'id'),
  };
}
