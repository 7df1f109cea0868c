import fc from 'fast-check';

import { isFields } from './fields.ts';
import { fieldsOf, Known } from './known.ts';

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { value };
  return value;
}

const EXTREMES: readonly unknown[] = [
  null,
  true,
  0,
  -0,
  -1,
  0.1 + 0.2,
  2 ** 53,
  -(2 ** 63),
  1e308,
  '',
  ' ',
  'x'.repeat(10_000),
  'a\u0000b',
  '\ud800',
  '\u202e\u0301'.repeat(50),
  '2026-02-30',
  '9999-12-31T23:59:59.999Z',
  '-000001-01-01T00:00:00Z',
  'Mars/Olympus',
  '%00%ff',
  '../../etc/passwd',
  "'; drop table retainer.client; --",
  [],
  {},
  [[[]]],
  Array.from({ length: 2_000 }, () => null),
  nested(200),
  fieldsOf([['__proto__', { isAdmin: true }]]),
  fieldsOf([['constructor', { prototype: { isAdmin: true } }]]),
  fieldsOf([['toString', 'x']]),
  { amount: '-1', currency: 'USD' },
  { amount: '99999999999999999999', currency: 'KWD' },
];

/** A value that nobody counts on. */
export const wild: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...EXTREMES) },
  { weight: 2, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  { weight: 2, arbitrary: fc.string({ maxLength: 60, unit: 'binary' }) },
  { weight: 1, arbitrary: fc.double() },
);

/** Names that mean something to every object. */
export const wildName = fc.constantFrom(
  '__proto__',
  'constructor',
  'toString',
  'length',
  'surprise',
  '',
);

/** The same with one place of it, however deep, wild, gone or beside something that does not belong there. */
export function broken(valid: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc
    .record({
      value: valid,
      turns: fc.array(fc.nat(), { minLength: 1, maxLength: 4 }),
      how: fc.constantFrom('replace', 'replace', 'replace', 'remove', 'add'),
      what: wild,
      name: wildName,
    })
    .map(({ value, turns, how, what, name }) => {
      const change = (at: unknown): unknown => {
        if (how === 'remove') return undefined;
        if (how === 'add' && isFields(at)) return fieldsOf([...Object.entries(at), [name, what]]);
        return what;
      };
      return changedAt(value, turns, change);
    });
}

function changedAt(
  value: unknown,
  [turn = 0, ...deeper]: readonly number[],
  change: (at: unknown) => unknown,
): unknown {
  const isList = Array.isArray(value);
  const hasPlaces = isList || (isFields(value) && !(value instanceof Known));
  const entries = hasPlaces ? Object.entries(value) : [];
  if (entries.length === 0) return change(value);
  const at = turn % entries.length;
  const made = entries.map(([name, one], index): readonly [string, unknown] => {
    if (index !== at) return [name, one];
    return [name, deeper.length > 0 ? changedAt(one, deeper, change) : change(one)];
  });
  return isList ? made.map(([, one]) => one) : fieldsOf(made);
}
