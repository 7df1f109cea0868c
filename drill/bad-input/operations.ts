import { appRouter } from '@retainer/api';
import { createOpenApiDocument } from '@retainer/api/openapi';

import { fieldOf, isFields, type Fields } from './fields.ts';

/** An operation as the OpenAPI document tells it. */
export interface Operation {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** `/api/clients/{clientWorkspaceId}/service-tier`, say. */
  readonly path: string;
  /** The same over tRPC: `clientTier.get`, say. */
  readonly procedure: string;
  /** Schemas of what stands in the path and behind it. */
  readonly inPath: Fields;
  readonly inQuery: Fields;
  /** The schema of its body, if it takes one. */
  readonly body: unknown;
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** Every operation that REST serves but streams, which have no end. */
export function listOperations(): Operation[] {
  const { paths = {} } = createOpenApiDocument(appRouter);
  return Object.entries(paths).flatMap(([path, item]) =>
    METHODS.flatMap((method): Operation[] => {
      const operation = fieldOf(item, method.toLowerCase());
      return isFields(operation) && !isStream(operation)
        ? [operationOf(method, path, operation)]
        : [];
    }),
  );
}

function isStream(operation: Fields): boolean {
  const ok = fieldOf(fieldOf(operation['responses'], '200'), 'content');
  return isFields(ok) && 'text/event-stream' in ok;
}

function operationOf(method: Operation['method'], path: string, operation: Fields): Operation {
  const content = fieldOf(fieldOf(operation, 'requestBody'), 'content');
  return {
    method,
    path,
    procedure: String(operation['operationId']).replaceAll('-', '.'),
    inPath: parametersOf(operation, 'path'),
    inQuery: parametersOf(operation, 'query'),
    body: fieldOf(fieldOf(content, 'application/json'), 'schema'),
  };
}

function parametersOf({ parameters }: Fields, place: string): Fields {
  if (!Array.isArray(parameters)) return {};
  return Object.fromEntries(
    parameters
      .filter((one: unknown) => fieldOf(one, 'in') === place)
      .map((one: unknown) => [String(fieldOf(one, 'name')), fieldOf(one, 'schema')]),
  );
}
