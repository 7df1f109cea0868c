import { describe, expect } from 'vitest';
import * as z from 'zod';

import type { Role } from '../auth/actor.ts';
import type { TokenActor } from '../auth/tokens.ts';
import { isFields, type Fields } from '../fields.ts';
import { listProcedures, type ListedProcedure } from '../rest/procedures.ts';
import { appRouter } from '../router.ts';
import { attempts, inputOf, type Attempt } from './attempts.ts';
import { call, transportsOf, type Answer, type Transport } from './calls.ts';
import { test as base, type RealServer, type Tenant } from './real-server.ts';
import { sampleOf, spotsOf, type Spot } from './schema-values.ts';

// `acme` is sent what must be refused, `wild` what may be taken, and `rival` must notice none of it.
const test = base.extend('tenants', { scope: 'file' }, async ({ server }) => ({
  acme: await server.found('acme'),
  rival: await server.found('rival'),
  wild: await server.found('wild'),
}));

const PROCEDURES = listProcedures(appRouter).filter(({ type }) => type !== 'subscription');

/** Nouns whose inputs have the most places to be wrong: they take about as long as all the others. */
const LARGE = ['hooks', 'serviceTiers', 'clientTier', 'agencies', 'conversions'];

/** The procedures of the large nouns, and the others: two files that run side by side. */
export const [LARGE_NOUNS, OTHER_NOUNS] = [true, false].map((isLarge) =>
  PROCEDURES.filter(({ path }) => LARGE.some((noun) => path.startsWith(`${noun}.`)) === isLarge),
) as [ListedProcedure[], ListedProcedure[]];

const ROLES: readonly Role[] = ['admin', 'agency', 'host', 'client'];

/** Ids that another agency may have. A new field that ends in `Id` must be here or among the host's own. */
const OURS = [
  'clientWorkspaceId',
  'tierId',
  'keyId',
  'overrideId',
  'reservationId',
  'conversionId',
  'timeEntryId',
  'rateId',
  'costId',
  'toolCostId',
  'reportId',
  'annotationId',
  'exportId',
] as const;
const THE_HOSTS = [
  'agencyWorkspaceId',
  'postId',
  'mediaId',
  'campaignId',
  'channelId',
  'externalId',
];

/** Procedures where an unknown client is no mistake: it is registered, or its list is empty. */
const TAKES_ANY_CLIENT = ['clients.upsert', 'audit.list'];

/** What every input says, where it has such a field: without it some hooks ask for nothing. */
function given(tenant: Tenant): Fields {
  return { ...tenant, postId: 'post', platforms: ['linkedin'], publishNow: true };
}

function actorOf(role: Exclude<Role, 'admin'>, tenant: Tenant): TokenActor {
  const { agencyWorkspaceId: agencyId, clientWorkspaceId: clientId } = tenant;
  return role === 'client' ? { role, agencyId, clientId } : { role, agencyId };
}

/** Headers of one who may call the procedure: the agency itself if it may. */
async function headersFor(server: RealServer, procedure: ListedProcedure, tenant: Tenant) {
  const [role = 'admin'] = ['agency', 'host', 'client', 'admin'].filter((one) =>
    procedure.roles.some((mine) => mine === one),
  ) as Role[];
  return role === 'admin' ? server.admin : server.headersOf(actorOf(role, tenant));
}

function complaint(answer: Answer, spot: Spot): string | undefined {
  const path = spot.path.join('.');
  // The agency is judged by the token before anything else is.
  if (path === 'agencyWorkspaceId' && answer.status === 404) return undefined;
  const isNamed = answer.paths.some((one) => one === path || one.startsWith(`${path}.`));
  const isClear = answer.status === 400 || answer.status === 422;
  return isClear && isNamed ? undefined : `${answer.status} ${answer.text.slice(0, 300)}`;
}

/** Sends each procedure what it must refuse, and what it may take but never expects. */
export function describeBadInput(procedures: readonly ListedProcedure[]): void {
  const cases = procedures.map((procedure) => ({ name: procedure.path, procedure }));
  describe.for(cases)('given $name', ({ procedure }) => {
    describeOne(procedure);
  });
}

function describeOne(procedure: ListedProcedure): void {
  const ways = transportsOf(procedure);

  test('when the least it needs is put together, then its schema takes it', ({ tenants }) => {
    const sample = sampleOf(inputOf(procedure), given(tenants.acme));
    expect(z.safeParse(inputOf(procedure), sample)).toMatchObject({ success: true });
  });

  test('when a value is not what it should be, then it is named and nothing changes', async ({
    server,
    tenants,
  }) => {
    const headers = await headersFor(server, procedure, tenants.acme);
    const before = await server.contents();
    const wrong: unknown[] = [];
    const refused = attempts(procedure, given(tenants.acme)).filter(({ isTaken }) => !isTaken);
    for (const { transport, spot, value, input } of eachOneWay(refused)) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other, to tell them apart
      const answer = await call(server.app, [transport, procedure], { input, headers });
      const found = complaint(answer, spot);
      if (found !== undefined) wrong.push({ transport, path: spot.path.join('.'), value, found });
    }
    expect(wrong).toEqual([]);
    expect(await server.contents()).toEqual(before);
  });

  test('when a field is unknown, at any depth, then it is named', async ({ server, tenants }) => {
    const headers = await headersFor(server, procedure, tenants.acme);
    const before = await server.contents();
    const places = spotsOf(inputOf(procedure), given(tenants.acme)).map(
      ({ path, put, schema }) => ({
        path: path.join('.'),
        put,
        sample: sampleOf(schema, given(tenants.acme)),
      }),
    );
    const top = {
      path: '',
      put: (value: unknown) => value,
      sample: sampleOf(inputOf(procedure), given(tenants.acme)),
    };
    for (const transport of ways) {
      for (const { path, put, sample } of [top, ...places]) {
        if (!isFields(sample) || path.endsWith('perPlatform')) continue;
        const input = put({ ...sample, surprise: 'x' });
        // oxlint-disable-next-line no-await-in-loop -- one after the other, to tell them apart
        const answer = await call(server.app, [transport, procedure], { input, headers });
        expect(answer).toMatchObject({ status: 400, code: 'invalid_input' });
        expect(answer.paths).toContain(path === '' ? 'surprise' : `${path}.surprise`);
      }
    }
    expect(await server.contents()).toEqual(before);
  });

  test('when a strange value is one it takes, then it is answered, and no other agency notices', async ({
    server,
    tenants,
  }) => {
    const headers = await headersFor(server, procedure, tenants.wild);
    const others = ['acme', 'rival'];
    const before = await server.contents(others);
    const broken: unknown[] = [];
    const taken = attempts(procedure, given(tenants.wild)).filter(({ isTaken }) => isTaken);
    for (const { transport, spot, value, input } of eachOneWay(taken)) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other, to tell them apart
      const answer = await call(server.app, [transport, procedure], { input, headers });
      const { status, text } = answer;
      if (status >= 500) broken.push({ transport, path: spot.path.join('.'), value, status, text });
    }
    expect({ broken, errors: server.takeErrors() }).toEqual({ broken: [], errors: [] });
    expect(await server.contents(others)).toEqual(before);
  });

  test('when the caller is nobody, expired, forged or of another role, then it is refused', async ({
    server,
    tenants,
  }) => {
    const { acme } = tenants;
    const input = sampleOf(inputOf(procedure), given(acme));
    const before = await server.contents();
    const statusOf = async (way: Transport, headers: Record<string, string>) => {
      const { status, code } = await call(server.app, [way, procedure], { input, headers });
      return [status, code];
    };
    const agency = actorOf('agency', acme);
    for (const way of ways) {
      /* oxlint-disable no-await-in-loop -- one after the other, to tell them apart */
      expect(await statusOf(way, {})).toEqual([401, 'unauthenticated']);
      const expired = await server.headersOf(agency, 'expired');
      expect(await statusOf(way, expired)).toEqual([401, 'unauthenticated']);
      const forged = await server.headersOf(agency, 'forged');
      expect(await statusOf(way, forged)).toEqual([401, 'unauthenticated']);
      for (const role of ROLES.filter((one) => !procedure.roles.includes(one))) {
        const headers =
          role === 'admin' ? server.admin : await server.headersOf(actorOf(role, acme));
        expect([role, ...(await statusOf(way, headers))]).toEqual([role, 403, 'forbidden']);
      }
      /* oxlint-enable no-await-in-loop */
    }
    expect(await server.contents()).toEqual(before);
  });

  test('when an id is another agency’s, then it is as unknown as one that nobody has', async ({
    server,
    tenants,
  }) => {
    const { acme, rival } = tenants;
    const headers = await headersFor(server, procedure, acme);
    const before = await server.contents();
    for (const name of OURS.filter((one) => one in procedure.shape)) {
      if (name === 'clientWorkspaceId' && TAKES_ANY_CLIENT.includes(procedure.path)) continue;
      for (const way of ways) {
        const ask = (value: string) =>
          call(server.app, [way, procedure], {
            input: sampleOf(inputOf(procedure), { ...given(acme), [name]: value }),
            headers,
          });
        // oxlint-disable-next-line no-await-in-loop -- one after the other, to tell them apart
        const theirs = await ask(rival[name]);
        // oxlint-disable-next-line no-await-in-loop -- one after the other, to tell them apart
        const nobodys = await ask(UNKNOWN[name]);
        expect(theirs).toMatchObject({ status: 404, code: 'not_found' });
        expect(theirs.text.replaceAll(rival[name], '')).toBe(
          nobodys.text.replaceAll(UNKNOWN[name], ''),
        );
      }
    }
    expect(await server.contents()).toEqual(before);
  });
}

// Both ways lead to one schema and one use case: what can be sent either way goes one of them, in turn.
function eachOneWay(all: readonly Attempt[]): Attempt[] {
  const ways = new Map<string, Attempt[]>();
  for (const attempt of all) {
    const name = `${attempt.spot.path.join('.')} ${JSON.stringify(attempt.value)}`;
    ways.set(name, [...(ways.get(name) ?? []), attempt]);
  }
  return [...ways.values()].flatMap((same, index) => same[index % same.length] ?? []);
}

const UNKNOWN: Readonly<Record<(typeof OURS)[number], string>> = {
  clientWorkspaceId: 'nobody',
  tierId: '5f0c4b53-6b8e-4d2f-9a51-0d4b1de0a001',
  keyId: '5f0c4b53-6b8e-4d2f-9a51-0d4b1de0a002',
  overrideId: '5f0c4b53-6b8e-4d2f-9a51-0d4b1de0a003',
  reservationId: '5f0c4b53-6b8e-4d2f-9a51-0d4b1de0a004',
  conversionId: '5f0c4b53-6b8e-4d2f-9a51-0d4b1de0a005',
  timeEntryId: '5f0c4b53-6b8e-4d2f-9a51-0d4b1de0a006',
  rateId: '5f0c4b53-6b8e-4d2f-9a51-0d4b1de0a007',
  costId: '5f0c4b53-6b8e-4d2f-9a51-0d4b1de0a008',
  toolCostId: '5f0c4b53-6b8e-4d2f-9a51-0d4b1de0a009',
  reportId: '5f0c4b53-6b8e-4d2f-9a51-0d4b1de0a012',
  annotationId: '5f0c4b53-6b8e-4d2f-9a51-0d4b1de0a013',
  exportId: '5f0c4b53-6b8e-4d2f-9a51-0d4b1de0a014',
};

/** What holds of them all: run it last. */
export function describeAllTogether(): void {
  describe('given all procedures together', () => {
    test('when one takes an id, then we know whose it is', () => {
      const known: readonly string[] = [...OURS, ...THE_HOSTS];
      const names = PROCEDURES.flatMap((procedure) =>
        spotsOf(inputOf(procedure), {}).map(({ path }) => path.at(-1) ?? ''),
      );
      const unknown = new Set(names.filter((name) => name.endsWith('Id') && !known.includes(name)));
      expect([...unknown]).toEqual([]);
    });

    test('when an agency is not the token’s, then it is not found', async ({ server, tenants }) => {
      for (const procedure of PROCEDURES.filter(({ roles }) => roles.includes('agency'))) {
        const named = { ...given(tenants.acme), agencyWorkspaceId: 'rival' };
        const input = sampleOf(inputOf(procedure), named);
        for (const way of transportsOf(procedure)) {
          // oxlint-disable-next-line no-await-in-loop -- one after the other, to tell them apart
          const headers = await server.headersOf(actorOf('agency', tenants.acme));
          // oxlint-disable-next-line no-await-in-loop -- one after the other, to tell them apart
          const { status, code } = await call(server.app, [way, procedure], { input, headers });
          expect([procedure.path, way, status, code]).toEqual([
            procedure.path,
            way,
            404,
            'not_found',
          ]);
        }
      }
    });

    test('when all of it is over, then every counter is what its ledger says', async ({
      server,
    }) => {
      const answer = await server.app.inject({
        url: '/api/operations/drift',
        headers: server.admin,
      });
      expect(answer.json()).toEqual({ drift: [] });
    });

    test('when events come in a batch, then another agency’s client is unknown one by one', async ({
      server,
      tenants,
    }) => {
      const { clientWorkspaceId } = tenants.rival;
      const events = [{ type: 'commit', clientWorkspaceId, key: 'held' }];
      const headers = await server.headersOf(actorOf('agency', tenants.acme));
      const answer = await server.app.inject({
        method: 'POST',
        url: '/api/hooks/events',
        payload: { events },
        headers,
      });
      expect(answer.json()).toMatchObject({
        results: [{ ok: false, error: { code: 'not_found' } }],
      });
    });
  });
}
