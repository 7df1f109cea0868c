import { describe, expect } from 'vitest';
import * as z from 'zod';

import type { Role } from '../auth/actor.ts';
import type { TokenActor } from '../auth/tokens.ts';
import { isFields, type Fields } from '../fields.ts';
import { listProcedures, type ListedProcedure } from '../rest/procedures.ts';
import { appRouter } from '../router.ts';
import { attempts, inputOf, type Attempt } from './attempts.ts';
import { call, transportsOf, type Answer } from './calls.ts';
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
    for (const { transport, spot, value, input } of covering(eachOneWay(refused))) {
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

/** As often as each place is sent what it does not take, whatever that is. */
const TIMES_A_PLACE = 3;

/**
 * Of what the schemas refuse, as they do in one way wherever it is: each value somewhere, and each place a few values,
 * others than the place before it.
 */
function covering(all: readonly Attempt[]): Attempt[] {
  const places = [...Map.groupBy(all, ({ spot }) => spot.path.join('.')).values()];
  const sent = new Set<unknown>();
  return places.flatMap((ofPlace, index) => {
    const start = (index * TIMES_A_PLACE) % ofPlace.length;
    const turned = [...ofPlace.slice(start), ...ofPlace.slice(0, start)];
    return turned.filter(({ value }, place) => {
      const isNew = !sent.has(value);
      sent.add(value);
      return isNew || place < TIMES_A_PLACE;
    });
  });
}

/** What holds of them all: run it last. */
export function describeAllTogether(): void {
  describe('given all procedures together', () => {
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
