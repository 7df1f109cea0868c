import { generateOpenApiDocument, type OpenAPIObject, type OpenApiRouter } from 'trpc-to-openapi';

import { streamPaths } from './openapi-streams.ts';
import { listProcedures } from './rest/procedures.ts';

type Schema = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>[string];

const METHOD_NAMES = {
  GET: 'get',
  PUT: 'put',
  POST: 'post',
  DELETE: 'delete',
  PATCH: 'patch',
} as const;
const METHODS = ['get', 'put', 'post', 'delete', 'patch'] as const;

/** The API's version, as the document tells it. */
const API_VERSION = '0.1.0';

const DESCRIPTION = `Retainer decides what a client's service tier allows, holds capacity for what is scheduled and counts what is published.

Send a token with every call: \`Authorization: Bearer <token>\`. Instants are ISO 8601 with an offset, dates are \`YYYY-MM-DD\`, money is a decimal string in major units with its currency. Every error is an RFC 9457 problem whose \`code\` is stable.`;

const PROBLEM_SCHEMA = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'detail'],
  properties: {
    type: { type: 'string', description: 'A name for this kind of problem.' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string', description: 'What to branch on.', examples: ['not_found'] },
    detail: { type: 'string', description: 'What was wrong, where, and what would be right.' },
    issues: {
      type: 'array',
      items: {
        type: 'object',
        required: ['path', 'message'],
        properties: { path: { type: 'string' }, message: { type: 'string' } },
      },
    },
  },
} satisfies Schema;

const PROBLEM_RESPONSES: Readonly<Record<string, string>> = {
  '400': 'The request cannot be read, or a field is not what it should be',
  '401': 'No token, or one that is not good',
  '403': 'The token is good, but not for this',
  '404': 'Not there, or not in this agency',
  '409': 'At odds with what is there',
  '413': 'The body is too large',
  '415': 'The body is not JSON',
  '422': 'Understood, but impossible',
  '429': 'Too many requests',
  '503': 'The database is away',
};

/** The OpenAPI 3.1 document of every procedure that REST serves. */
export function createOpenApiDocument(router: OpenApiRouter): OpenAPIObject {
  const document = generateOpenApiDocument(router, {
    title: 'Retainer',
    description: DESCRIPTION,
    version: API_VERSION,
    openApiVersion: '3.1.0',
    baseUrl: '/',
    securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
    // It knows no streams, and refuses them.
    filter: ({ metadata }) => metadata['event'] === undefined,
  });
  const paths = { ...document.paths, ...streamPaths(router) };
  return withFiles(withProblems({ ...document, paths }), router);
}

/** What answers a file over REST answers JSON with its bytes over tRPC, which is what the library describes. */
function withFiles(document: OpenAPIObject, router: OpenApiRouter): OpenAPIObject {
  for (const { rest, file } of listProcedures(router)) {
    if (!rest || !file) continue;
    const operation = document.paths?.[rest.path]?.[METHOD_NAMES[rest.method]];
    if (!operation) continue;
    const content = Object.fromEntries(
      file.map(
        (mediaType) => [mediaType, { schema: { type: 'string', format: 'binary' } }] as const,
      ),
    );
    const headers = {
      'content-disposition': { schema: { type: 'string' }, description: 'The file’s name.' },
    } as const;
    operation.responses = {
      ...operation.responses,
      '200': { description: 'The file itself', headers, content },
    };
  }
  return document;
}

/** The library describes errors of its own form; ours are problems, the same for each operation. */
function withProblems(document: OpenAPIObject): OpenAPIObject {
  const references = Object.fromEntries(
    Object.keys(PROBLEM_RESPONSES).map((status) => [
      status,
      { $ref: `#/components/responses/Problem${status}` },
    ]),
  );
  for (const item of Object.values(document.paths ?? {})) {
    for (const method of METHODS) {
      const operation = item[method];
      if (operation) {
        operation.responses = { '200': operation.responses?.['200'], ...references };
      }
    }
  }
  const schemas = Object.entries(document.components?.schemas ?? {});
  return {
    ...document,
    components: {
      ...document.components,
      schemas: {
        ...Object.fromEntries(schemas.filter(([name]) => !name.startsWith('error.'))),
        Problem: PROBLEM_SCHEMA,
      },
      responses: Object.fromEntries(Object.entries(PROBLEM_RESPONSES).map(problemResponse)),
    },
  };
}

function problemResponse([status, description]: [string, string]) {
  const schema = { $ref: '#/components/schemas/Problem' };
  return [
    `Problem${status}`,
    { description, content: { 'application/problem+json': { schema } } },
  ] as const;
}
