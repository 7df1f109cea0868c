import type { AnyTRPCRouter } from '@trpc/server';
import type { OpenAPIObject } from 'trpc-to-openapi';
import type * as z from 'zod';
import { createSchema } from 'zod-openapi';

import { listProcedures, type ListedProcedure } from './rest/procedures.ts';

type Paths = NonNullable<OpenAPIObject['paths']>;
type Operation = NonNullable<Paths[string]['get']>;
type Parameter = NonNullable<Operation['parameters']>[number];
type Schema = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>[string];

/** The paths of the streams that REST serves, which the library does not describe. */
export function streamPaths(router: AnyTRPCRouter): Paths {
  const paths: Paths = {};
  for (const procedure of listProcedures(router)) {
    const { rest, event } = procedure;
    if (rest && event) paths[rest.path] = { get: operationOf(procedure, event) };
  }
  return paths;
}

function operationOf(procedure: ListedProcedure, event: z.ZodType): Operation {
  return {
    operationId: procedure.path.replaceAll('.', '-'),
    summary: procedure.summary,
    description: DESCRIPTION,
    tags: [...procedure.tags],
    security: [{ bearer: [] }],
    parameters: [
      ...Object.entries(procedure.shape).map((field) => parameterOf(procedure, field)),
      {
        name: 'Last-Event-ID',
        in: 'header',
        description: 'What browsers send in place of `lastEventId`, over which it wins.',
        schema: { type: 'string' },
      },
    ],
    responses: {
      '200': {
        description: 'Events, until the connection ends',
        content: { 'text/event-stream': { schema: eventsSchema(event), example: EXAMPLE } },
      },
    },
  };
}

const DESCRIPTION = `A stream of server-sent events, at most one a second. Each says that something changed and not what: read again what you show.

The first event comes at once, unless \`Last-Event-ID\` is known and nothing changed since. Comments keep the connection alive. The stream ends with its token; come back with the id of the last event.`;

const EXAMPLE = `retry: 2000

id: 42
event: changed
data: {"version":42,"at":"2026-03-02T12:00:00.000Z"}

: keep-alive

`;

function parameterOf(
  { rest }: ListedProcedure,
  [name, field]: readonly [string, z.core.$ZodType],
): Parameter {
  const isInPath = rest?.path.includes(`{${name}}`) ?? false;
  const { schema } = createSchema(field, { io: 'input', openapiVersion: '3.1.0' });
  return { name, in: isInPath ? 'path' : 'query', ...(isInPath && { required: true }), schema };
}

function eventsSchema(event: z.ZodType): Schema {
  const { schema: contentSchema } = createSchema(event, { io: 'output', openapiVersion: '3.1.0' });
  const written = { type: 'string', contentMediaType: 'application/json', contentSchema } as const;
  return {
    type: 'array',
    items: {
      type: 'object',
      required: ['id', 'event', 'data'],
      properties: {
        id: { type: 'string', description: 'The version; what to come back with.' },
        event: { const: 'changed' },
        data: written,
      },
    },
  };
}
