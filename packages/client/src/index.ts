import type { AppRouter } from '@retainer/api';
import {
  createTRPCClient,
  httpBatchLink,
  httpSubscriptionLink,
  splitLink,
  TRPCClientError,
  type TRPCClient,
} from '@trpc/client';
import { EventSource } from 'eventsource';
import superjson from 'superjson';

import { streamFetch } from './stream-fetch.ts';

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

/**
 * A client of the Retainer at `url`. Calls made at the same moment leave together in one request. A subscription that
 * loses its connection comes back by itself, with a fresh token, and hears what it missed.
 */
export function createRetainerClient(options: RetainerClientOptions): RetainerClient {
  const { token, fetch: send = fetch } = options;
  const url = endpointOf(options.url);
  const authorization = async (): Promise<string> =>
    `Bearer ${typeof token === 'function' ? await token() : token}`;
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: ({ type }) => type === 'subscription',
        true: httpSubscriptionLink({
          url,
          transformer: superjson,
          // Unlike a browser's own, this one sends headers: no token is ever part of an address.
          EventSource,
          eventSourceOptions: { fetch: streamFetch(send, authorization) },
        }),
        false: httpBatchLink({
          url,
          transformer: superjson,
          maxItems: MAX_BATCH,
          headers: async () => ({ authorization: await authorization() }),
          // tRPC leaves undefined where fetch has null.
          fetch: (input, init) =>
            send(input, { ...init, body: init?.body ?? null, signal: init?.signal ?? null }),
        }),
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
