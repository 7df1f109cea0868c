import type { AppRouter } from '@retainer/api';
import { createTRPCClient, httpBatchLink, TRPCClientError, type TRPCClient } from '@trpc/client';
import superjson from 'superjson';

/** Typed calls to one Retainer: `client.clientTier.get.query({ clientWorkspaceId })`. */
export type RetainerClient = TRPCClient<AppRouter>;

/** Where Retainer is, and who is calling. */
export interface RetainerClientOptions {
  /** The address Retainer listens on, such as `http://127.0.0.1:4400`. */
  readonly url: string | URL;
  /** A token or an API key; as a function, it is asked before each request and may fetch a fresh one. */
  readonly token: string | (() => string | Promise<string>);
  /** Instead of the global `fetch`. */
  readonly fetch?: typeof fetch;
}

/** The most calls that leave in one request; the server takes no more. */
const MAX_BATCH = 100;

/** A client of the Retainer at `url`. Calls made at the same moment leave together in one request. */
export function createRetainerClient(options: RetainerClientOptions): RetainerClient {
  const { token, fetch: send = fetch } = options;
  return createTRPCClient<AppRouter>({
    links: [
      httpBatchLink({
        url: endpointOf(options.url),
        transformer: superjson,
        maxItems: MAX_BATCH,
        headers: async () => ({
          authorization: `Bearer ${typeof token === 'function' ? await token() : token}`,
        }),
        // tRPC leaves undefined where fetch has null.
        fetch: (input, init) =>
          send(input, { ...init, body: init?.body ?? null, signal: init?.signal ?? null }),
      }),
    ],
  });
}

/** A refusal by Retainer: `data.code` is stable, `data.issues` names the fields that were wrong. */
export type RetainerError = TRPCClientError<AppRouter> & {
  readonly data: NonNullable<TRPCClientError<AppRouter>['data']>;
};

/** Whether `error` is an answer of Retainer's, as opposed to, say, a network that is down. */
export function isRetainerError(error: unknown): error is RetainerError {
  return error instanceof TRPCClientError && typeof error.data?.code === 'string';
}

function endpointOf(url: string | URL): string {
  return `${String(url).replace(/\/+$/, '')}/trpc`;
}
