import { describe, expect, test } from 'vitest';

import { createOpenApiDocument } from './openapi.ts';
import { listProcedures } from './rest/procedures.ts';
import { appRouter } from './router.ts';

/** The media types of operations that answer a file or a stream. */
const TYPES = new Map<string, readonly string[]>(
  listProcedures(appRouter).flatMap(({ rest, file, event }) => {
    const types = event ? ['text/event-stream'] : file;
    return rest && types ? [[`${rest.method} ${rest.path}`, types] as const] : [];
  }),
);

describe('given every procedure of the API', () => {
  const document = createOpenApiDocument(appRouter);
  const operations = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    (['get', 'put', 'post', 'patch', 'delete'] as const).flatMap((method) => {
      const operation = item[method];
      return operation ? [{ route: `${method.toUpperCase()} ${path}`, operation }] : [];
    }),
  );

  test('when the document is made, then it holds each one that REST serves', () => {
    const routes = listProcedures(appRouter).flatMap(({ rest }) =>
      rest ? [`${rest.method} ${rest.path}`] : [],
    );
    expect(operations.map(({ route }) => route).toSorted()).toEqual(routes.toSorted());
  });

  test('when an operation is read, then it says what it does, takes a token and answers a schema', () => {
    for (const { route, operation } of operations) {
      const { summary, tags, security, responses } = operation;
      expect([route, summary, tags?.length]).toEqual([route, expect.stringMatching(/^\w/), 1]);
      expect([route, security]).toEqual([route, [{ bearer: [] }]]);
      const types = TYPES.get(route) ?? ['application/json'];
      const schemas = types.map((type) => [
        type,
        expect.objectContaining({ schema: expect.any(Object) }),
      ]);
      const answered = { content: Object.fromEntries(schemas) };
      expect([route, responses?.['200']]).toEqual([route, expect.objectContaining(answered)]);
    }
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('when it is written out, then every reference in it resolves and instants say so', () => {
    const text = JSON.stringify(document);
    const names = Object.entries(document.components ?? {}).flatMap(([kind, parts]) =>
      Object.keys(parts).map((name) => `#/components/${kind}/${name}`),
    );
    const references = [...text.matchAll(/"\$ref":"([^"]+)"/g)].map(([, reference]) => reference);
    expect(references.filter((reference) => !names.includes(reference ?? ''))).toEqual([]);
    expect(text).toContain('"scheduledAt":{"type":"string","format":"date-time"}');
  });
});
