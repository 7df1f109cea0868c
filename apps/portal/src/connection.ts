import { Failure, failureOf } from './connection/failure.ts';
import { listen, type Listener, type ListenOptions } from './connection/listen.ts';
import { createTokens, type Tokens, type TokenSource } from './connection/tokens.ts';
import type { AnswerOf, InputOf, Procedure } from './connection/wire.ts';

/** Where Retainer is, and where tokens for it come from. */
export interface ConnectionSettings extends TokenSource {
  /** The address Retainer listens on, such as `https://retainer.example.com`. */
  readonly baseUrl: string;
}

/** Calls to one Retainer, with the token of the moment. Every method rejects with a `Failure`. */
export interface Connection {
  /** Reads: `query('clientTier.get', { clientWorkspaceId })`. Instants come as ISO 8601 text. */
  readonly query: Call;
  /** Changes. */
  readonly mutate: Call;
  /** A file, from a path of the REST API. */
  readonly file: (path: string, signal?: AbortSignal) => Promise<Blob>;
  /** Listens at a path of the REST API until the signal ends it. */
  readonly listen: (path: string, listener: Listener, options: ListenOptions) => Promise<void>;
  /** The token of the moment, to see for whom it is. */
  readonly token: () => Promise<string>;
}

/** Calls a procedure. */
export type Call = <TProcedure extends Procedure>(
  procedure: TProcedure,
  input: InputOf<TProcedure>,
  signal?: AbortSignal,
) => Promise<AnswerOf<TProcedure>>;

/** A connection to the Retainer at `baseUrl`; nothing is sent before the first call. */
export function createConnection({ baseUrl, ...source }: ConnectionSettings): Connection {
  const root = baseUrl.replace(/\/+$/, '');
  const tokens = createTokens(source);
  const send = (path: string, init: RequestInit): Promise<Response> =>
    sendWith(tokens, `${root}${path}`, init);
  const call = async (path: string, init: RequestInit): Promise<unknown> => {
    const response = await send(path, init);
    const answer: unknown = await response.json();
    return at(answer, 'result', 'data', 'json');
  };
  return {
    query: async (procedure, input, signal) =>
      asAnswer(
        procedure,
        await call(
          `/trpc/${procedure}?input=${encodeURIComponent(JSON.stringify({ json: input }))}`,
          {
            signal: signal ?? null,
          },
        ),
      ),
    mutate: async (procedure, input, signal) =>
      asAnswer(
        procedure,
        await call(`/trpc/${procedure}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ json: input }),
          signal: signal ?? null,
        }),
      ),
    file: async (path, signal) => (await send(path, { signal: signal ?? null })).blob(),
    listen: (path, listener, options) =>
      listen(
        async (lastEventId, signal) => {
          const headers: HeadersInit = {
            accept: 'text/event-stream',
            ...(lastEventId !== undefined && { 'last-event-id': lastEventId }),
          };
          const { body } = await send(path, { headers, signal, cache: 'no-store' });
          if (!body) throw new Failure('bad_answer', 'The stream has no body.');
          return body;
        },
        listener,
        options,
      ),
    token: tokens.current,
  };
}

/** Sends with a token; a token that is refused is renewed once. */
async function sendWith(tokens: Tokens, url: string, init: RequestInit): Promise<Response> {
  const token = await tokens.current();
  const response = await sendOnce(url, init, token);
  if (response.status !== 401) return good(response);
  const renewed = await tokens.renew(token);
  return good(renewed === undefined ? response : await sendOnce(url, init, renewed));
}

async function sendOnce(url: string, init: RequestInit, token: string): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set('authorization', `Bearer ${token}`);
  try {
    return await fetch(url, { ...init, headers, credentials: 'omit' });
  } catch (error) {
    throw failureOf(error);
  }
}

async function good(response: Response): Promise<Response> {
  if (response.ok) return response;
  const { status, headers } = response;
  const answer: unknown = await response.json().catch(() => undefined);
  const shape = at(answer, 'error', 'json');
  const told = shape === undefined ? answer : at(shape, 'data');
  const retryAfter = Number(headers.get('retry-after'));
  const issues = at(told, 'issues');
  throw new Failure(
    text(at(told, 'code')) ?? 'bad_answer',
    text(at(told, 'detail')) ?? text(at(shape, 'message')) ?? `Retainer answered with ${status}.`,
    {
      status,
      issues: Array.isArray(issues) ? issues : [],
      ...(retryAfter > 0 && { retryAfterMs: retryAfter * 1000 }),
    },
  );
}

function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, name) => Object(inner)[name], value);
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** What a procedure answered is what its type says: the API checks its answers against the same schema. */
function asAnswer<TProcedure extends Procedure>(
  _of: TProcedure,
  json: unknown,
): AnswerOf<TProcedure> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return json as AnswerOf<TProcedure>;
}
