import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';

import { describe, expect, onTestFinished, test } from 'vitest';

import { readCaseFile, readCases, type RawCaseFile } from '../case-file.ts';
import type { Fields } from '../compare.ts';
import type { Target } from '../rest.ts';
import { adapterFor, runCases, type Verdict } from '../run-cases.ts';
import { entitlementAdapter } from './entitlement.ts';

const CASES = new URL('../cases/', import.meta.url);
const AT = '2026-03-02T09:00:00Z';

interface Seen {
  readonly call: string;
  readonly token: string;
  readonly clock: string | undefined;
  readonly body: Fields;
  readonly port: number | undefined;
}

/** An API that notes every request, takes every registration, and answers the rest from a script. */
async function scriptedApi(
  answers: Readonly<Record<string, Fields>>,
): Promise<{ readonly target: Target; readonly seen: readonly Seen[] }> {
  const seen: Seen[] = [];
  const server = createServer((request, reply) => {
    void bodyOf(request).then((body) => {
      const call = `${request.method} ${decodeURIComponent(request.url ?? '')}`;
      const { authorization = '', 'x-test-clock': clock } = request.headers;
      const token = authorization.replace('Bearer ', '');
      const port = request.socket.remotePort;
      seen.push({ call, token, clock: clock?.toString(), body, port });
      const [, { status = 200, ...answer } = registered(call, body)] =
        Object.entries(answers).find(([start]) => call.startsWith(start)) ?? [];
      reply.writeHead(Number(status), { 'content-type': 'application/json' });
      reply.end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  onTestFinished(() => server.close().closeAllConnections());
  // A server that listens on a port has an address of this shape.
  const { port } = server.address() as AddressInfo;
  return { target: { url: `http://127.0.0.1:${port}`, adminToken: 'admin-token' }, seen };
}

function registered(call: string, body: Fields): Fields {
  if (call.endsWith('/tokens')) return { token: `${String(body['role'])}-token` };
  if (call.endsWith('/service-tiers')) return { id: `id-of-${String(body['name'])}`, version: 1 };
  return {};
}

async function bodyOf(request: IncomingMessage): Promise<Fields> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  return (text === '' ? {} : JSON.parse(text)) as Fields;
}

const BRONZE = { versions: { 1: { posts: 3, platforms: ['facebook'], storage_mb: 500 } } };
const ASSIGNMENT = { tier: 'bronze', start: '2026-01-01T00:00:00Z', billingAnchor: '2026-01-01' };

/** A case of one client on Bronze. */
function fileOf(
  steps: readonly (readonly [Fields, Fields])[],
  assignment: Fields = ASSIGNMENT,
): RawCaseFile {
  // oxlint-disable-next-line unicorn/no-thenable -- a word of the format
  const rows = steps.map(([when, then]) => ({ when: { client: 'c1', at: AT, ...when }, then }));
  const given = { clients: [{ id: 'c1', timezone: 'Asia/Kolkata', assignment }] };
  const cases = [{ id: 'ENT-1', title: 'a case', given, steps: rows }];
  const content = {
    title: entitlementAdapter.title,
    catalog: { tiers: { bronze: BRONZE } },
    cases,
  };
  return { path: 'cases.json', content };
}

async function verdictOf(file: RawCaseFile, target: Target): Promise<Verdict | undefined> {
  const [verdict] = await runCases({ target, adapter: entitlementAdapter, file, atOnce: 1 });
  return verdict;
}

const WINDOW = { start: '2026-03-02T00:00:00.000Z', end: '2026-03-09T00:00:00.000Z' };
const POSTS = {
  meter: 'posts',
  platform: null,
  window: WINDOW,
  used: 0,
  held: 3,
  limit: 3,
  remaining: 0,
  over: 0,
};

describe('given the case files of the project', () => {
  test.each(['entitlement.json', 'entitlement-more.json'])(
    'when %s is read, then every operation and field is known and no id comes twice',
    async (name) => {
      const file = await readCaseFile(fileURLToPath(new URL(name, CASES)));
      expect(adapterFor(file, [entitlementAdapter])).toBe(entitlementAdapter);
      const cases = readCases(file);
      const unknown = cases.flatMap(({ id, steps }) =>
        steps.flatMap(({ when, expected }) => {
          const known = entitlementAdapter.fieldsOf(when.op) ?? [];
          return Object.keys(expected)
            .filter((field) => !known.includes(field))
            .map((field) => `${id} ${when.op} ${field}`);
        }),
      );
      expect(unknown).toEqual([]);
      expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length);
    },
  );

  test('when the published cases are counted, then none is missing', async () => {
    const file = await readCaseFile(fileURLToPath(new URL('entitlement.json', CASES)));
    expect(readCases(file)).toHaveLength(67);
  });

  test('when the file is of another kind, then this adapter leaves it alone', () => {
    expect(entitlementAdapter.reads({ name: 'value-cases', cases: [] })).toBe(false);
    expect(entitlementAdapter.reads({ meta: { title: 'Host payload cases' } })).toBe(false);
    expect(entitlementAdapter.reads({ title: 'More', operations: { reserve: 'x' } })).toBe(true);
  });
});

describe('given a case of one client', () => {
  test('when its world is registered, then each call has its role, its clock and its body', async () => {
    const { target, seen } = await scriptedApi({ 'POST /api/operations': { expired: 2 } });
    const verdict = await verdictOf(fileOf([[{ op: 'sweep' }, { expired: 2 }]]), target);
    expect(verdict?.outcome).toBe('passed');
    expect(seen.map(({ token, clock }) => `${token} ${clock}`)).toEqual([
      'admin-token 2026-01-01T00:00:00Z',
      'admin-token undefined',
      'admin-token undefined',
      'agency-token 2026-01-01T00:00:00Z',
      'agency-token 2026-01-01T00:00:00Z',
      'agency-token 2026-01-01T00:00:00Z',
      `admin-token ${AT}`,
    ]);
    expect(seen[3]?.body).toMatchObject({
      name: 'bronze',
      features: {
        postsPerWeek: 3,
        platforms: { max: null, allowed: ['facebook'], perPlatform: {} },
        reports: { level: 'basic', cadence: 'monthly' },
      },
      limits: { storageBytes: 500_000_000 },
    });
    expect(seen[4]?.body).toEqual({ name: 'Client c1', timeZone: 'Asia/Kolkata' });
    expect(seen[5]?.body).toEqual({ tierId: 'id-of-bronze' });
  });

  test('when the anchor is another day than the start, then it is sent as the start date', async () => {
    const { target, seen } = await scriptedApi({ 'POST /api/operations': { expired: 0 } });
    const quarterly = { ...ASSIGNMENT, start: '2025-12-31T18:30:00Z', everyMonths: 3 };
    await verdictOf(fileOf([[{ op: 'sweep' }, {}]], quarterly), target);
    await verdictOf(
      fileOf([[{ op: 'sweep' }, {}]], { ...quarterly, billingAnchor: '2025-12-31' }),
      target,
    );
    const assigned = seen.filter(({ call }) => call.endsWith('/assign')).map(({ body }) => body);
    expect(assigned).toEqual([
      { tierId: 'id-of-bronze', interval: 'quarterly' },
      { tierId: 'id-of-bronze', interval: 'quarterly', startDate: '2025-12-31' },
    ]);
  });

  test('when a reserve is denied, then the first reason and the row it counted answer', async () => {
    const reason = { ...POSTS, code: 'limit_reached', asked: 1, resetsAt: WINDOW.end };
    const { target } = await scriptedApi({
      'POST /api/hooks/reserve': {
        decision: 'deny',
        replayed: false,
        reasons: [reason],
        usage: [POSTS],
      },
    });
    const expected = {
      decision: 'denied',
      reason: 'limit_reached',
      limit: 3,
      used: 0,
      reserved: 3,
      remaining: 0,
      periodStart: '2026-03-02T00:00:00Z',
      periodEnd: '2026-03-09T00:00:00Z',
      scope: null,
      replay: false,
    };
    const file = fileOf([[{ op: 'reserve', key: 'p4', feature: 'posts' }, expected]]);
    expect((await verdictOf(file, target))?.outcome).toBe('passed');
    const wrong = fileOf([
      [
        { op: 'reserve', key: 'p4' },
        { ...expected, decision: 'held', limit: 4 },
      ],
    ]);
    expect(await verdictOf(wrong, target)).toMatchObject({
      outcome: 'failed',
      step: 1,
      mismatches: [
        { field: 'decision', expected: '"held"', got: '"denied"' },
        { field: 'limit', expected: '4', got: '3' },
      ],
    });
  });

  test('when a request is refused, then it is an error with its code', async () => {
    const { target } = await scriptedApi({
      'POST /api/hooks/reserve': { status: 422, code: 'scheduled_in_past' },
      'POST /api/clients/c1/service-tier/uncancel': { status: 422, code: 'already_ended' },
    });
    const file = fileOf([
      [
        { op: 'reserve', key: 'p1' },
        { decision: 'error', reason: 'scheduled_in_past' },
      ],
      [{ op: 'uncancel' }, { status: 'rejected', reason: 'already_ended' }],
    ]);
    expect((await verdictOf(file, target))?.outcome).toBe('passed');
  });

  test('when the caller is refused, then it is no answer to the case', async () => {
    const { target } = await scriptedApi({ 'POST /api/hooks': { status: 403, code: 'forbidden' } });
    const file = fileOf([[{ op: 'reserve', key: 'p1' }, { decision: 'error' }]]);
    expect((await verdictOf(file, target))?.outcome).toBe('failed');
  });

  test('when a level is set, then megabytes go out and come back as bytes do', async () => {
    const row = { meter: 'storage_bytes', platform: null, window: null, held: 0, over: 0 };
    const usage = [{ ...row, used: 480_000_000, limit: 500_000_000, remaining: 20_000_000 }];
    const { target, seen } = await scriptedApi({
      'PUT /api/clients/c1/service-tier/usage': {
        decision: 'warn',
        replayed: false,
        reasons: [],
        usage,
      },
    });
    const expected = { decision: 'allowed', current: 480, limit: 500, remaining: 20, over: 0 };
    const file = fileOf([[{ op: 'setGauge', feature: 'storage_mb', value: 480 }, expected]]);
    expect((await verdictOf(file, target))?.outcome).toBe('passed');
    expect(seen.at(-1)?.body).toMatchObject({ meter: 'storage_bytes', quantity: 480_000_000 });
  });

  test('when a step asks for an option nobody maps, then the case fails', async () => {
    const { target } = await scriptedApi({});
    const file = fileOf([[{ op: 'reserve', key: 'p1', colour: 'red' }, {}]]);
    expect(await verdictOf(file, target)).toMatchObject({
      outcome: 'failed',
      mismatches: [{ field: 'answer', got: expect.stringContaining('colour') }],
    });
  });
});

describe('given operations that run at once', () => {
  const commit = { op: 'commit', client: 'c1', key: 'p1', at: '2026-03-01T00:00:00Z' };

  test('when five settle one hold, then each has its own connection and the outer clock', async () => {
    const { target, seen } = await scriptedApi({
      'POST /api/hooks/commit': { status: 200, replayed: true },
    });
    const ops = Array.from({ length: 5 }, () => commit);
    const file = fileOf([
      [
        { op: 'parallel', ops },
        { replayed: 5, committed: 0 },
      ],
    ]);
    expect((await verdictOf(file, target))?.outcome).toBe('passed');
    const commits = seen.filter(({ call }) => call.endsWith('/commit'));
    expect(new Set(commits.map(({ port }) => port)).size).toBe(5);
    expect(new Set(commits.map(({ clock }) => clock))).toEqual(new Set([AT]));
  });

  test('when outcomes differ, then replays are replays and refusals are tallied by word and reason', async () => {
    const { target } = await scriptedApi({
      'POST /api/hooks/release': { replayed: false, status: 200 },
      'POST /api/hooks/reserve': {
        decision: 'deny',
        reasons: [{ code: 'limit_reached' }],
        replayed: false,
      },
      'POST /api/operations/sweep': { expired: 3 },
    });
    const ops = [{ op: 'reserve', key: 'a' }, { op: 'reserve', key: 'b' }, { op: 'sweep' }];
    const file = fileOf([
      [
        { op: 'parallel', ops },
        { denied: 2, limit_reached: 2, expired: 3, held: 0 },
      ],
    ]);
    expect((await verdictOf(file, target))?.outcome).toBe('passed');
    const unknown = fileOf([[{ op: 'parallel', ops }, { lost: 0 }]]);
    expect((await verdictOf(unknown, target))?.outcome).toBe('failed');
  });
});
