import fc from 'fast-check';

import { isFields, type Fields } from './fields.ts';
import { fromSchema } from './from-schema.ts';
import { fieldsOf } from './known.ts';
import type { Operation } from './operations.ts';
import { caller, type Draft } from './request.ts';
import { broken, wild } from './wild.ts';

/** Requests of every operation: as the document has them, with something wrong in them, or no such thing at all. */
export function restRequests(operations: readonly Operation[]): fc.Arbitrary<Draft> {
  return fc.oneof(...operations.map(requestsOf));
}

/** Requests that the document itself refuses, whatever else is in them. */
export function refusedRequests(operations: readonly Operation[]): fc.Arbitrary<Draft> {
  const strict = operations.filter(({ body }) => isFields(body) && isFields(body['properties']));
  return fc.oneof(...strict.map(refusedOf));
}

function requestsOf(operation: Operation): fc.Arbitrary<Draft> {
  const { method, path } = operation;
  const [inPath, inQuery, body] = partsOf(operation);
  const plain = { caller, method: fc.constant(method), path: fc.constant(path) };
  const json = fc.constant('application/json');
  const sound = fc.record({ ...plain, inPath, inQuery, body, contentType: json });
  const wrong = fc.record({
    ...plain,
    inPath: mostly(inPath),
    inQuery: fc.oneof(inQuery, broken(inQuery)),
    body: broken(body),
    contentType: json,
  });
  const garbage = fc.record({
    ...plain,
    inPath: broken(inPath),
    inQuery: broken(inQuery),
    text,
    contentType: fc.constantFrom(
      'application/json',
      'application/json; charset=utf-16',
      'text/csv',
    ),
  });
  return fc.oneof(
    { weight: 8, arbitrary: sound },
    { weight: 10, arbitrary: wrong },
    { weight: 1, arbitrary: garbage },
  );
}

/** Bodies that are no JSON, or not what JSON is for. */
const text = fc.oneof(
  fc.string({ maxLength: 200, unit: 'binary' }),
  wild.map((value) => JSON.stringify(value) ?? ''),
  fc.json().map((json) => json.slice(0, -1)),
  fc.constantFrom(
    '{',
    '[',
    '{"a":1,"a":2}',
    '"\\u0000"',
    `[${'['.repeat(5_000)}`,
    'null',
    '0',
    '\ufeff{}',
  ),
);

function mostly(valid: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 6, arbitrary: valid }, { weight: 1, arbitrary: broken(valid) });
}

/** What fills its path, its query and its body. */
export function partsOf({
  inPath,
  inQuery,
  body,
}: Operation): readonly [fc.Arbitrary<unknown>, fc.Arbitrary<unknown>, fc.Arbitrary<unknown>] {
  return [
    recordOf(inPath, Object.keys(inPath)),
    recordOf(inQuery, []),
    body === undefined ? fc.constant(undefined) : fromSchema(body),
  ];
}

function recordOf(schemas: Fields, requiredKeys: string[]): fc.Arbitrary<unknown> {
  const model = Object.entries(schemas).map(
    ([name, schema]) => [name, fromSchema(schema, name)] as const,
  );
  return fc.record(Object.fromEntries(model), { requiredKeys });
}

function refusedOf(operation: Operation): fc.Arbitrary<Draft> {
  const { method, path } = operation;
  const [inPath, inQuery, body] = partsOf(operation);
  const refused = fc
    .record({ body, what: wild, turn: fc.nat(), isExtra: fc.boolean() })
    .map(({ body: sound, what, turn, isExtra }) => {
      const entries = isFields(sound) ? Object.entries(sound) : [];
      if (isExtra || entries.length === 0) return fieldsOf([...entries, ['surprise', what]]);
      const at = turn % entries.length;
      // No field of any operation is an object with such a name in it.
      return fieldsOf(
        entries.map(([name, value], index) => [name, index === at ? { surprise: what } : value]),
      );
    });
  return fc.record({
    caller,
    method: fc.constant(method),
    path: fc.constant(path),
    inPath,
    inQuery,
    body: refused,
    contentType: fc.constant('application/json'),
  });
}
