import type { FastifyInstance } from 'fastify';

import { fieldOf } from '../../fields.ts';
import type { ListedProcedure } from '../../rest/procedures.ts';
import { requestOf, type Transport } from '../calls.ts';

/** What came back, as far as a caller can tell one answer from another. */
export interface Exchanged {
  readonly status: number;
  /** Without those that differ from answer to answer by themselves. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** One call of a procedure. */
export interface Cell {
  readonly procedure: ListedProcedure;
  readonly input: unknown;
}

/** Whose call it is. */
export interface From {
  readonly app: FastifyInstance;
  readonly headers: Readonly<Record<string, string>>;
}

const OF_THE_MOMENT = ['date', 'x-request-id', 'connection', 'keep-alive', 'transfer-encoding'];

/** Calls a procedure by itself. Of a stream only its beginning is read. */
export async function exchange(
  { app, headers }: From,
  way: Transport,
  { procedure, input }: Cell,
): Promise<Exchanged> {
  const answer = await app.inject({
    ...requestOf(way, asQuery(procedure), input),
    headers: { ...headers, 'content-type': 'application/json' },
    payloadAsStream: true,
  });
  const isStream = String(answer.headers['content-type']).startsWith('text/event-stream');
  let text = '';
  for await (const part of answer.stream()) {
    text += String(part);
    if (isStream && /event: (?:changed|serialized-error)|^id: /m.test(text)) break;
  }
  return {
    status: isStream ? statusIn(text) : answer.statusCode,
    headers: Object.fromEntries(
      Object.entries(answer.headers)
        .filter(([name]) => !OF_THE_MOMENT.includes(name))
        .map(([name, value]) => [name, String(value)]),
    ),
    text,
  };
}

/** Calls procedures in one request of tRPC's; all queries, or all mutations. */
export async function exchangeBatch(
  { app, headers }: From,
  cells: readonly Cell[],
): Promise<Exchanged[]> {
  const paths = cells.map(({ procedure }) => procedure.path).join(',');
  const inputs = JSON.stringify(
    Object.fromEntries(cells.map(({ input }, index) => [index, { json: input }])),
  );
  const isQuery = cells[0]?.procedure.type === 'query';
  const answer = await app.inject({
    ...(isQuery
      ? { method: 'GET', url: `/trpc/${paths}?batch=1&input=${encodeURIComponent(inputs)}` }
      : { method: 'POST', url: `/trpc/${paths}?batch=1`, payload: inputs }),
    headers: { ...headers, 'content-type': 'application/json' },
  });
  const all: unknown = answer.json();
  if (!Array.isArray(all)) throw new Error(`no batch: ${answer.statusCode} ${answer.body}`);
  return all.map((one: unknown) => ({
    status: Number(
      fieldOf(fieldOf(fieldOf(fieldOf(one, 'error'), 'json'), 'data'), 'httpStatus') ?? 200,
    ),
    headers: {},
    text: JSON.stringify(one),
  }));
}

/** A subscription is asked for like a query. */
function asQuery(procedure: ListedProcedure): ListedProcedure {
  return procedure.type === 'subscription' ? { ...procedure, type: 'query' } : procedure;
}

/** tRPC begins a stream before it refuses it, and says the status in the event. */
function statusIn(text: string): number {
  return Number(/event: serialized-error[\s\S]*"httpStatus":(\d+)/.exec(text)?.[1] ?? 200);
}
