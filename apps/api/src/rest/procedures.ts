import type { AnyTRPCProcedure, AnyTRPCRouter } from '@trpc/server';
import type { OpenApiMeta } from 'trpc-to-openapi';
import type * as z from 'zod';

import type { Role } from '../auth/actor.ts';
import type { ProcedureFacts } from '../trpc.ts';

/** A procedure of the router as the edge sees it. */
export interface ListedProcedure {
  /** `clientTier.get`, say. */
  readonly path: string;
  readonly type: 'query' | 'mutation' | 'subscription';
  readonly roles: readonly Role[];
  readonly bulk: boolean;
  readonly rest: RestRoute | undefined;
  /** Runs it: checks of role and input, then the procedure's own code. */
  readonly call: AnyTRPCProcedure;
  /** The fields of its input, where the input is an object. */
  readonly shape: z.core.$ZodShape;
}

/** Where REST serves a procedure. */
export interface RestRoute {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** `/api/clients/{clientWorkspaceId}/service-tier`, say. */
  readonly path: string;
}

/** Every procedure of `router`, nested ones under their dotted path. */
export function listProcedures(router: AnyTRPCRouter): ListedProcedure[] {
  const procedures: Readonly<Record<string, AnyTRPCProcedure>> = router._def.procedures;
  return Object.entries(procedures).map(([path, procedure]) => listed(path, procedure));
}

function listed(path: string, procedure: AnyTRPCProcedure): ListedProcedure {
  // The root meta type of `trpc.ts`; tRPC keeps it as `unknown`.
  const meta = (procedure._def.meta ?? {}) as OpenApiMeta<ProcedureFacts>;
  const { openapi } = meta;
  return {
    path,
    type: procedure._def.type,
    roles: meta.roles ?? [],
    bulk: meta.bulk ?? false,
    rest: openapi && openapi.enabled !== false ? { method: openapi.method, path: openapi.path } : undefined,
    call: procedure,
    shape: shapeOf(procedure),
  };
}

/** tRPC keeps the input schemas of a procedure on `_def.inputs`; ours are zod's, and one at most. */
function shapeOf(procedure: AnyTRPCProcedure): z.core.$ZodShape {
  const inputs: readonly unknown[] = procedure._def.inputs;
  let schema = inputs[0] as z.core.$ZodType | undefined;
  while (schema && schema._zod.def.type === 'pipe') {
    schema = (schema._zod.def as z.core.$ZodPipeDef).in;
  }
  return schema && schema._zod.def.type === 'object'
    ? (schema._zod.def as z.core.$ZodObjectDef).shape
    : {};
}
