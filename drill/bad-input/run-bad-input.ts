import { setTimeout as pause } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import { WEBHOOK_HOSTS } from '@retainer/host/webhooks';
import fc from 'fast-check';

import { deliveries, type Delivery } from './deliveries.ts';
import { fieldOf } from './fields.ts';
import { createKnowledge, type Knowledge } from './known.ts';
import { listOperations } from './operations.ts';
import { requestOf, type Draft, type Request } from './request.ts';
import { refusedRequests, restRequests } from './rest-requests.ts';
import {
  AGENCY,
  CLIENT,
  openService,
  RIVAL,
  WEBHOOK_TOKEN,
  type Answer,
  type Service,
} from './service.ts';
import { trpcRequests } from './trpc-requests.ts';

/** What a drill of bad input does. */
export interface BadInput {
  readonly requests: number;
  readonly seed: number;
  readonly say: (line: string) => void;
}

/** What it came to. */
export interface BadInputResult {
  readonly requests: number;
  /** How often each status was answered, by the way the requests went. */
  readonly statuses: ReadonlyMap<string, number>;
  readonly violations: readonly string[];
  /** Bytes of the heap after each tenth, once what is garbage is gone. */
  readonly heaps: readonly number[];
}

const CHUNK = 250;
/** Making requests takes longer than answering them, and keeps the server waiting: few at a time. */
const PART = 25;
const PARTS = 100;
/** How many violations are told word for word. */
const SHOWN = 20;
/** More than there ever are. */
const CHUNKS = 10_007;
const AT_ONCE = 8;
/** What one time through the chunks sends. */
const WAYS = ['rest', 'trpc', 'refused', 'rest', 'trpc', 'rest', 'webhook', 'refused'] as const;
const GROWTH_BYTES = 48 * 1024 * 1024;

/** Sends so many requests that nobody counts on; says what must not be. */
export async function runBadInput({ requests, seed, say }: BadInput): Promise<BadInputResult> {
  const service = await openService();
  try {
    const drill = startDrill(service, say);
    const heaps: number[] = [];
    for (let sent = 0, chunk = 0; sent < requests; chunk += 1) {
      const count = Math.min(CHUNK, requests - sent);
      await drill.send(WAYS[chunk % WAYS.length] ?? 'rest', {
        seed: seed * CHUNKS + chunk,
        count,
      });
      sent += count;
      if (sent < ((heaps.length + 1) / 10) * requests) continue;
      heaps.push(await heapUsed());
      const megabytes = Math.round((heaps.at(-1) ?? 0) / 1024 / 1024);
      say(`${sent} requests, ${drill.violations.length} violations, ${megabytes} MB of heap`);
    }
    // By the half of a long run all there is to load is loaded; of a short one nothing can be said.
    const [half, end] = [heaps[4], heaps[9]];
    const growth = half === undefined || end === undefined ? 0 : end - half;
    if (growth > GROWTH_BYTES) drill.violations.push(`the heap grew by ${growth} bytes`);
    say(`the database has ${JSON.stringify(await service.counts())}`);
    return { requests, statuses: drill.statuses, violations: drill.violations, heaps };
  } finally {
    await service.close();
  }
}

type Way = (typeof WAYS)[number];

interface Chunk {
  readonly seed: number;
  readonly count: number;
}

function startDrill(service: Service, say: BadInput['say']) {
  const operations = listOperations();
  const drafts: Readonly<Record<Exclude<Way, 'webhook'>, fc.Arbitrary<Draft>>> = {
    rest: restRequests(operations),
    trpc: trpcRequests(operations),
    refused: refusedRequests(operations),
  };
  const deliveriesOfAll = deliveries(WEBHOOK_HOSTS.map(({ name }) => name));
  const knowledge = createKnowledge({ agencyWorkspaceId: AGENCY, clientWorkspaceId: CLIENT });
  knowledge.learn({ agencyWorkspaceId: RIVAL, clientWorkspaceId: 'gym' });
  const statuses = new Map<string, number>();
  const violations: string[] = [];
  const violated = (what: string): void => {
    violations.push(what);
    if (violations.length <= SHOWN) say(`VIOLATION ${what}`);
  };
  const count = (name: string): void => {
    statuses.set(name, (statuses.get(name) ?? 0) + 1);
  };
  const sendOne = async (way: Exclude<Way, 'webhook'>, draft: Draft): Promise<void> => {
    const request = requestOf(draft, knowledge, service.authorizations);
    const answer = await answerTo(service, request);
    count(`${way} ${answer.status}`);
    const wrong = wrongWith(way, answer, knowledge);
    if (wrong !== undefined)
      violated(`${wrong}\n  ${show(request)}\n  ${answer.text.slice(0, 400)}`);
  };
  const deliver = async (delivery: Delivery): Promise<void> => {
    const status = await deliveredTo(service, delivery).catch(String);
    count(`webhook ${status}`);
    if (!WEBHOOK_STATUSES.has(status))
      violated(`a delivery: ${status} ${delivery.host} ${delivery.body}`);
  };
  return {
    statuses,
    violations,
    async send(way: Way, { seed, count: numRuns }: Chunk): Promise<void> {
      const before = await stateOf(service, way);
      for (let part = 0; part * PART < numRuns; part += 1) {
        const some = { seed: seed * PARTS + part, numRuns: Math.min(PART, numRuns - part * PART) };
        await (way === 'webhook'
          ? inTurn(fc.sample(deliveriesOfAll, some), deliver)
          : inTurn(fc.sample(drafts[way], some), (draft) => sendOne(way, draft)));
      }
      for (const error of service.takeErrors()) {
        if (!LATE.test(error)) violated(`logged: ${error.slice(0, 1_500)}`);
      }
      for (const name of await changesSince(service, way, before)) {
        violated(`${way} requests of seed ${seed} changed ${name}`);
      }
      if (Reflect.ownKeys(Object.prototype).length !== OWN_KEYS)
        violated('every object was changed');
    },
  };
}

/** How a connection is called that could not be had in time. */
const LATE =
  /Connection terminated due to connection timeout|timeout exceeded when trying to connect/u;

const OWN_KEYS = Reflect.ownKeys(Object.prototype).length;
const WEBHOOK_STATUSES = new Set([200, 202, 204, 401, 404, 413].map(String));

/** What nobody may notice: of requests that are refused all there is, of others all that is a neighbour's. */
async function stateOf(service: Service, way: Way): Promise<ReadonlyMap<string, string>> {
  return service.contents(way === 'refused' ? undefined : RIVAL);
}

async function changesSince(
  service: Service,
  way: Way,
  before: ReadonlyMap<string, string>,
): Promise<string[]> {
  const after = await stateOf(service, way);
  return [...after].filter(([name, digest]) => before.get(name) !== digest).map(([name]) => name);
}

async function inTurn<T>(all: readonly T[], send: (one: T) => Promise<void>): Promise<void> {
  const left = all.toReversed();
  const work = async (): Promise<void> => {
    for (let one = left.pop(); one !== undefined; one = left.pop()) await send(one);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

async function deliveredTo({ receiver }: Service, delivery: Delivery): Promise<string> {
  const token = delivery.isKnown ? WEBHOOK_TOKEN : 'token-of-nobody';
  const { status } = await receiver.receive({
    path: `/hooks/${delivery.host}/${token}`,
    headers: { 'content-type': 'application/json', 'x-signature': delivery.header },
    body: Buffer.from(delivery.body),
  });
  return String(status);
}

const ATTEMPTS = 5;
const AGAIN_MS = 1_000;

/** On a machine that is too busy a connection may be late, once; what the request itself does wrong it does again. */
async function answerTo(service: Service, request: Request): Promise<Answer> {
  let answer = await service.ask(request);
  for (let attempt = 1; isUnavailable(answer) && attempt < ATTEMPTS; attempt += 1) {
    await pause(AGAIN_MS);
    answer = await service.ask(request);
  }
  return answer;
}

function isUnavailable({ status, text }: Answer): boolean {
  return status === 503 || /"httpStatus":503/u.test(text);
}

function wrongWith(way: Way, answer: Answer, knowledge: Knowledge): string | undefined {
  const { status, contentType, text } = answer;
  if (status >= 500) return `${status} was answered`;
  if (way === 'refused' && status < 400) return `${status} was answered to what must be refused`;
  if (!contentType.includes('json')) {
    return status < 300 ? undefined : `${status} was answered as ${contentType}`;
  }
  // A batch has a status of its own for each call.
  if (way === 'trpc') return /"httpStatus":5\d\d/u.test(text) ? 'a call failed' : undefined;
  const body: unknown = JSON.parse(text);
  if (status === 200) knowledge.learn(body);
  else if (typeof fieldOf(body, 'code') !== 'string') return 'no problem was answered';
  return undefined;
}

function show({ method, url, payload }: Request): string {
  return `${method} ${url.slice(0, 300)} ${(payload ?? '').slice(0, 600)}`;
}

async function heapUsed(): Promise<number> {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  for (let turn = 0; turn < 3; turn += 1) {
    if (typeof collect === 'function') collect();
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
  return process.memoryUsage().heapUsed;
}
