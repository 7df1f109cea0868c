import type { ServiceContext } from '@retainer/core';
import { DomainError } from '@retainer/domain';
import { initTRPC, TRPCError } from '@trpc/server';
import superjson from 'superjson';
import type { OpenApiMeta } from 'trpc-to-openapi';
import type * as z from 'zod';

import { coreActor, type Actor, type Role } from './auth/actor.ts';
import { isInScope, type ScopedCall } from './auth/scopes.ts';
import type { Context } from './context.ts';
import { refusalOf, toTRPCError } from './errors.ts';
import { fieldOf } from './fields.ts';
import { clientOf, resolveAgency } from './tenant.ts';

/** What a procedure says of itself. `roles` is set by the builders below and by nothing else. */
export interface ProcedureFacts extends Record<string, unknown> {
  readonly roles?: readonly Role[];
  /** Takes bodies of up to 8 MiB; the others 1 MiB. */
  readonly bulk?: boolean;
  /** Answers a file, as `fileOut` has it, of one of these media types: REST sends the file itself. */
  readonly file?: readonly string[];
  /** What each event of a subscription is. */
  readonly event?: z.ZodType;
}

const t = initTRPC
  .context<Context>()
  .meta<OpenApiMeta<ProcedureFacts>>()
  .create({
    transformer: superjson,
    isDev: false,
    errorFormatter: ({ shape, error }) => {
      const { code, status, detail, issues, retryAfterSeconds } = refusalOf(error);
      const data = { code, httpStatus: status, path: shape.data.path, issues };
      return {
        code: shape.code,
        message: detail,
        // A stream that is refused has no header to say so.
        data: retryAfterSeconds === undefined ? data : { ...data, retryAfterSeconds },
      };
    },
    sse: {
      ping: { enabled: true, intervalMs: 15_000 },
      client: { reconnectAfterInactivityMs: 45_000 },
    },
  });

/** Nests procedures and routers. */
export const router = t.router;

/** Makes a caller that runs procedures without a network, for tests. */
export const createCallerFactory = t.createCallerFactory;

/**
 * A procedure for `roles` that acts within one agency: `ctx.agencyId` is the token's own or, for a
 * platform-wide host or the operator, the one the input names as `agencyWorkspaceId`. A client's
 * token also fixes `ctx.clientId`. Unknown errors are masked, refusals mapped, here and once.
 */
export function procedureFor(...roles: readonly [Role, ...Role[]]) {
  return t.procedure.meta({ roles }).use((opts) =>
    mapped(async () => {
      const actor = allowed(opts.ctx.actor, roles, opts);
      const raw = await opts.getRawInput();
      const agencyId = resolveAgency(actor, fieldOf(raw, 'agencyWorkspaceId'));
      const clientId = clientOf(actor, fieldOf(raw, 'clientWorkspaceId'));
      return opts.next({ ctx: { actor, agencyId, clientId } });
    }),
  );
}

/** For the operator, across agencies. */
export const adminProcedure = t.procedure
  .meta({ roles: ['admin'] })
  .use((opts) =>
    mapped(async () => opts.next({ ctx: { actor: allowed(opts.ctx.actor, ['admin'], opts) } })),
  );

/** For an agency's own people and tools. */
export const agencyProcedure = procedureFor('agency');

/** For hosts; an agency may do all that its host may. */
export const hostProcedure = procedureFor('agency', 'host');

/** For the operator or the agency itself. */
export const registrarProcedure = procedureFor('admin', 'agency');

/** What a client may read of itself, and its agency too. */
export const portalProcedure = procedureFor('agency', 'client');

/** Runs `work` and throws whatever went wrong as the tRPC error that carries its status. */
async function mapped<TResult extends { readonly ok: boolean }>(
  work: () => Promise<TResult>,
): Promise<TResult> {
  try {
    const result = await work();
    if ('error' in result && result.error instanceof TRPCError) throw result.error;
    return result;
  } catch (thrown) {
    throw toTRPCError(thrown);
  }
}

/** What a use case runs on, within the call's agency: `clientTier.get` is `getClientTier(serviceOf(ctx), input)`. */
export function serviceOf(ctx: AgencyCall): ServiceContext {
  const { services, actor, agencyId, now } = ctx;
  return services.contextOf({ agencyId, actor: coreActor(actor), now: () => now });
}

/**
 * Makes contexts for work that goes on after the answer: their clocks begin at the request's now, which may be the
 * test clock's, and go on from there.
 */
export function tickingServiceOf(ctx: AgencyCall): () => ServiceContext {
  const { services, actor, agencyId, now } = ctx;
  const ahead = now.getTime() - Date.now();
  const facts = { agencyId, actor: coreActor(actor), now: () => new Date(Date.now() + ahead) };
  return () => services.contextOf(facts);
}

/** The part of a procedure's context that `serviceOf` reads. */
export interface AgencyCall extends Pick<Context, 'services' | 'now'> {
  readonly actor: Actor;
  readonly agencyId: string;
}

function allowed(actor: Actor | undefined, roles: readonly Role[], call: ScopedCall): Actor {
  if (!actor) {
    const message = 'Say who is calling: "Authorization: Bearer <token>".';
    throw new TRPCError({ code: 'UNAUTHORIZED', message });
  }
  if (!roles.includes(actor.role)) {
    const message = `A token of role "${actor.role}" may not do this; it takes ${roles.join(' or ')}.`;
    throw new DomainError('forbidden', message);
  }
  const scopes = 'key' in actor ? actor.key?.scopes : undefined;
  if (scopes && !isInScope(scopes, call)) {
    const message = `The API key's scopes do not include ${call.path}.`;
    throw new DomainError('forbidden', message);
  }
  return actor;
}
