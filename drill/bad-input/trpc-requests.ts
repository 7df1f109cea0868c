import fc from 'fast-check';

import { fieldsOf } from './known.ts';
import type { Operation } from './operations.ts';
import { caller, type Draft } from './request.ts';
import { partsOf } from './rest-requests.ts';
import { broken, wild, wildName } from './wild.ts';

/** Calls in tRPC's own encodings: alone and in batches, with what superjson says of them, right and wrong. */
export function trpcRequests(operations: readonly Operation[]): fc.Arbitrary<Draft> {
  const queries = operations.filter(({ method }) => method === 'GET');
  const mutations = operations.filter(({ method }) => method !== 'GET');
  return fc.oneof(
    { weight: 3, arbitrary: requestsOf(queries, mostly(true)) },
    { weight: 6, arbitrary: requestsOf(mutations, mostly(false)) },
    { weight: 1, arbitrary: requestsOf(operations, fc.boolean()) },
  );
}

function mostly(value: boolean): fc.Arbitrary<boolean> {
  return fc.integer({ min: 0, max: 15 }).map((chance) => (chance === 15 ? !value : value));
}

function requestsOf(
  operations: readonly Operation[],
  isGet: fc.Arbitrary<boolean>,
): fc.Arbitrary<Draft> {
  const call = fc.oneof(...operations.map(callOf));
  const calls = fc.oneof(
    { weight: 10, arbitrary: call.map((one) => [one]) },
    { weight: 8, arbitrary: fc.array(call, { minLength: 1, maxLength: 4 }) },
    { weight: 1, arbitrary: call.map((one) => Array.from({ length: 120 }, () => one)) },
  );
  return fc
    .record({ caller, calls, isBatch: fc.boolean(), isGet, stray, contentType })
    .map(({ calls: told, isBatch, isGet: inAddress, stray: odd, ...rest }): Draft => {
      const path = `/trpc/${told.map(({ procedure }) => procedure).join(',')}`;
      const inputs = told.map(({ payload }, index) => [String(index), payload] as const);
      const isMany = isBatch || told.length > 1;
      const input = isMany ? fieldsOf([...inputs, ...odd]) : told[0]?.payload;
      const batch = isMany ? { batch: '1' } : {};
      return inAddress
        ? { ...rest, method: 'GET', path, inPath: {}, inQuery: { ...batch, input } }
        : { ...rest, method: 'POST', path, inPath: {}, inQuery: batch, body: input };
    });
}

interface Call {
  readonly procedure: string;
  readonly payload: unknown;
}

/** What no batch has. */
const stray = fc.array(fc.tuple(wildName, wild), { maxLength: 1 });
const contentType = fc.oneof(
  { weight: 9, arbitrary: fc.constant('application/json') },
  {
    weight: 1,
    arbitrary: fc.constantFrom('text/plain', 'multipart/form-data', 'application/octet-stream'),
  },
);

function callOf(operation: Operation): fc.Arbitrary<Call> {
  const [inPath, inQuery, body] = partsOf(operation);
  const input = fc
    .tuple(inPath, inQuery, body)
    .map((parts): unknown => Object.assign({}, ...parts.map((part) => part ?? {})));
  const { procedure } = operation;
  const names = [...Array.from({ length: 18 }, () => procedure), '__proto__', 'x.y'];
  return fc.record({
    procedure: fc.constantFrom(...names),
    payload: envelope(fc.oneof(input, broken(input))),
  });
}

const TYPES = [
  'Date',
  'undefined',
  'bigint',
  'number',
  'regexp',
  'set',
  'map',
  'Error',
  'URL',
  'symbol',
  ['class', 'Object'],
  ['custom', 'x'],
  ['typed-array', 'Float64Array'],
  ['map', { a: ['Date'] }],
  'nonsense',
];
const place = fc.oneof(
  fc
    .array(
      fc.constantFrom(
        'clientWorkspaceId',
        'at',
        'json',
        '0',
        'a',
        '__proto__',
        'constructor',
        'prototype',
      ),
      { maxLength: 3 },
    )
    .map((names) => names.join('.')),
  fc.string({ maxLength: 8 }),
);

/** superjson's envelope, with a tale of types, of repetitions and of cycles. */
function envelope(json: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const types = fc.array(
    fc.tuple(
      place,
      fc.constantFrom(...TYPES).map((type) => [type]),
    ),
    { maxLength: 3 },
  );
  const same = fc.array(fc.tuple(place, fc.array(place, { maxLength: 3 })), { maxLength: 2 });
  const meta = fc.record(
    {
      values: fc.oneof(types.map(fieldsOf), wild, fc.constantFrom(['Date'], ['set'])),
      referentialEqualities: fc.oneof(
        same.map(fieldsOf),
        wild,
        fc.constant([['a', 'b'], { c: ['d'] }]),
      ),
      v: fc.constantFrom(0, 1, 2),
    },
    { requiredKeys: [] },
  );
  return fc.oneof(
    { weight: 3, arbitrary: json.map((value) => ({ json: value })) },
    { weight: 3, arbitrary: fc.record({ json, meta }) },
    { weight: 1, arbitrary: fc.record({ json, meta: wild }) },
    { weight: 1, arbitrary: wild },
  );
}
