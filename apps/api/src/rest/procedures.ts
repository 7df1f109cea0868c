import type { AnyTRPCProcedure, AnyTRPCRouter } from '@trpc/server';
import type { OpenApiMeta } from 'trpc-to-openapi';
import * as z from 'zod';

import type { Role } from '../auth/actor.ts';
import { isFields } from '../fields.ts';
import type { ProcedureFacts } from '../trpc.ts';

/** A procedure of the router as the edge sees it. */
export interface ListedProcedure {
  /** `clientTier.get`, say. */
  readonly path: string;
  readonly type: 'query' | 'mutation' | 'subscription';
  readonly roles: readonly Role[];
  readonly bulk: boolean;
  /** The media types of the file that it answers; none where it answers JSON. */
  readonly file: readonly string[] | undefined;
  readonly rest: RestRoute | undefined;
  /** Runs it: checks of role and input, then the procedure's own code. */
  readonly call: AnyTRPCProcedure;
  /** The fields of its input, where the input is an object. */
  readonly shape: z.core.$ZodShape;
  /** What the document says of it. */
  readonly summary: string;
  readonly tags: readonly string[];
  /** What each event is, where it is a subscription. */
  readonly event: z.ZodType | undefined;
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
  const meta = isMeta(procedure._def.meta) ? procedure._def.meta : {};
  const { openapi } = meta;
  return {
    path,
    type: procedure._def.type,
    roles: meta.roles ?? [],
    bulk: meta.bulk ?? false,
    file: meta.file,
    rest:
      openapi && openapi.enabled !== false
        ? { method: openapi.method, path: openapi.path }
        : undefined,
    call: procedure,
    shape: shapeOf(procedure),
    summary: openapi?.summary ?? '',
    tags: openapi?.tags ?? [],
    event: meta.event,
  };
}

/** tRPC keeps meta as `unknown`; what is there has the meta type of `trpc.ts`, which the builders hold to. */
function isMeta(meta: unknown): meta is OpenApiMeta<ProcedureFacts> {
  return isFields(meta);
}

/** tRPC keeps the input schemas of a procedure on `_def.inputs`; ours have one at most. */
function shapeOf(procedure: AnyTRPCProcedure): z.core.$ZodShape {
  let schema: unknown = procedure._def.inputs[0];
  while (schema instanceof z.core.$ZodPipe) schema = schema._zod.def.in;
  return schema instanceof z.core.$ZodObject ? schema._zod.def.shape : {};
}
