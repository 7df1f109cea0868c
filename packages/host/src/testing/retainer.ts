import { openRealServer } from '@retainer/api/testing';
import { test as base } from 'vitest';

import { createTransport, type Transport } from '../calls/transport.ts';

/** The real service on a real PostgreSQL, listening, on a clock of the test's. */
export interface Retainer {
  readonly url: string;
  /** The owner's URL of its database. */
  readonly ownerUrl: string;
  /** Founds an agency in UTC with one client, `bakery`, on a tier from 2026-01-01. */
  readonly found: (agencyId: string, tierId?: 'bronze' | 'silver' | 'gold') => Promise<void>;
  /** Registers another client of that agency, on a tier from 2026-01-01. */
  readonly addClient: (client: AddedClient) => Promise<void>;
  readonly hostToken: (agencyId: string) => Promise<string>;
  /** `fetch` at an instant of the test's clock. */
  readonly fetchAt: (now: string | (() => string)) => typeof fetch;
  /** REST as the agency itself, at this instant. */
  readonly asAgency: (agencyId: string, now?: string) => Promise<Transport>;
  /** Ends the service and starts another on its database, at the same address. */
  readonly restart: () => Promise<void>;
}

/** A client of an agency that was founded before. */
export interface AddedClient {
  readonly agencyId: string;
  readonly clientId: string;
  readonly tierId: string;
}

const NEW_YEAR = '2026-01-01T00:00:00Z';
const NOON = '2026-03-02T12:00:00Z';

/** A test waits for as long as its own limit is; a busy machine is no failure. */
const PATIENCE_MS = 20_000;

/** Starts the real service. */
async function startRetainer(): Promise<Retainer & { readonly close: () => Promise<void> }> {
  const first = await openRealServer();
  const { headersOf, ownerUrl } = first;
  const url = await first.app.listen({ host: '127.0.0.1', port: 0 });
  let server = first;
  const tokenOf = async (role: 'agency' | 'host', agencyId: string) => {
    const { authorization = '' } = await headersOf({ role, agencyId });
    return authorization.replace('Bearer ', '');
  };
  const asAgency = async (agencyId: string, now = NOON) =>
    createTransport({
      url,
      token: await tokenOf('agency', agencyId),
      fetch: fetchAt(now),
      timeLimitMs: PATIENCE_MS,
    });
  const addClient = async ({ agencyId, clientId, tierId }: AddedClient) => {
    const own = await asAgency(agencyId, NEW_YEAR);
    const path = `/api/agency/${agencyId}/clients/${clientId}`;
    await own({ method: 'PUT', path, body: { name: clientId } });
    const assign = `/api/clients/${clientId}/service-tier/assign`;
    await own({ method: 'POST', path: assign, body: { tierId } });
  };
  const admin = createTransport({
    url,
    token: (first.admin['authorization'] ?? '').replace('Bearer ', ''),
    timeLimitMs: PATIENCE_MS,
  });
  return {
    url,
    ownerUrl,
    found: async (agencyId, tierId = 'silver') => {
      const path = `/api/agency/${agencyId}`;
      const agency = { name: agencyId, timeZone: 'UTC', currency: 'USD' };
      await admin({ method: 'PUT', path, body: agency });
      const own = await asAgency(agencyId, NEW_YEAR);
      await own({ method: 'POST', path: `${path}/service-tiers/default`, body: {} });
      await addClient({ agencyId, clientId: 'bakery', tierId });
    },
    addClient,
    hostToken: (agencyId) => tokenOf('host', agencyId),
    fetchAt,
    asAgency,
    async restart() {
      await server.close();
      server = await openRealServer({ DATABASE_URL: ownerUrl });
      await server.app.listen({ host: '127.0.0.1', port: Number(new URL(url).port) });
    },
    close: () => server.close(),
  };
}

/** `test` with the real service, one for each file. */
export const test = base.extend('retainer', { scope: 'file' }, async ({}, { onCleanup }) => {
  const { close, ...retainer } = await startRetainer();
  onCleanup(close);
  return retainer;
});

function fetchAt(now: string | (() => string)): typeof fetch {
  return (input, init) => {
    const headers = new Headers(init?.headers);
    headers.set('x-test-clock', typeof now === 'string' ? now : now());
    return fetch(input, { ...init, headers });
  };
}
