import { DomainError } from '@retainer/domain';
import { TRPCError } from '@trpc/server';
import type { FastifyInstance, FastifyRequest } from 'fastify';

import type { Authenticate, Authentication } from '../auth/authenticate.ts';
import type { Context, Credential, MintToken, Services } from '../context.ts';
import type { StreamPlaces } from '../live/stream-places.ts';
import { instantOf } from '../schemas.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** What the request showed; set before any route of the API runs. */
    authentication: Authentication;
  }
}

/** What every request's context is made of. */
export interface RequestContextOptions {
  readonly services: Services;
  readonly mintToken: MintToken;
  readonly authenticate: Authenticate;
  readonly places: StreamPlaces;
  /** With the test clock on, `X-Test-Clock` sets now; otherwise the header means nothing. */
  readonly testClock: boolean;
}

/** Judges the caller of every route in this scope, once, before the body is read. */
export function addAuthentication(app: FastifyInstance, authenticate: Authenticate): void {
  app.decorateRequest('authentication');
  app.addHook('onRequest', (request, _reply, done) => {
    const judged = authenticate(request.headers.authorization);
    if (!(judged instanceof Promise)) {
      request.authentication = judged;
      done();
      return;
    }
    judged.then((authentication) => {
      request.authentication = authentication;
      done();
    }, done);
  });
}

/** What a request shows of its caller, and what that was found to be. */
export interface Shown {
  readonly authorization: string | undefined;
  readonly authentication: Authentication;
}

/** The context of a request whose caller is `shown`. Throws for a bad token or a bad test clock. */
export function contextFor(
  options: RequestContextOptions,
  request: FastifyRequest,
  shown: Shown = {
    authorization: request.headers.authorization,
    authentication: request.authentication,
  },
): Context {
  const { authentication } = shown;
  if (authentication.kind === 'rejected') {
    throw new TRPCError({ code: 'UNAUTHORIZED', message: authentication.reason });
  }
  if (authentication.kind === 'failed') throw authentication.cause;
  return {
    services: options.services,
    mintToken: options.mintToken,
    actor: authentication.kind === 'actor' ? authentication.actor : undefined,
    streams: { credential: credentialOf(options, shown), places: options.places },
    now: options.testClock ? testNow(request) : new Date(),
    requestId: request.id,
  };
}

function credentialOf(
  { authenticate }: RequestContextOptions,
  { authorization, authentication }: Shown,
): Credential {
  return {
    expiresAtMs: 'expiresAtMs' in authentication ? authentication.expiresAtMs : undefined,
    // Where it cannot be judged now, it stays what it was.
    isStillGood: async () => (await authenticate(authorization)).kind !== 'rejected',
  };
}

function testNow(request: FastifyRequest): Date {
  const header = request.headers['x-test-clock'];
  if (header === undefined) return new Date();
  const now = typeof header === 'string' ? instantOf(header) : undefined;
  if (now) return now;
  const message = 'must be an instant with its offset, such as 2026-03-01T09:00:00Z';
  throw new DomainError('invalid_input', `X-Test-Clock: ${message}`, {
    issues: [{ path: 'X-Test-Clock', message }],
  });
}
