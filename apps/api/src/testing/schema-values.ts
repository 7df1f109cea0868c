import * as z from 'zod';

import type { Fields } from '../fields.ts';
import { unwrap } from '../rest/query.ts';

/** Values that some schema somewhere must refuse, or take to its limits. */
export const WILD_VALUES: readonly unknown[] = [
  null,
  true,
  -1,
  0,
  1.5,
  2 ** 53,
  1e308,
  '',
  '1',
  'x'.repeat(4000),
  'a\u0000b',
  '\ud800',
  '2026-02-30',
  '9999-12-31',
  '2026-02-30T00:00:00Z',
  '9999-12-31T23:59:59.999Z',
  'Mars/Olympus',
  '__proto__',
  [],
  [null],
  { surprise: 1 },
  { amount: '-1', currency: 'USD' },
];

const PLAIN_VALUES: readonly unknown[] = [
  'x',
  1,
  false,
  'posts',
  'UTC',
  'USD',
  '2026-03-10T09:00:00Z',
  '2026-03-10',
  '2026-03',
  '00000000-0000-4000-8000-000000000000',
  'https://example.com/',
  '1.00',
  null,
];

/** What a schema takes, with as little in it as it allows; `known` names fields that are there, and their values. */
export function sampleOf(schema: z.core.$ZodType, known: Fields): unknown {
  const inner = unwrap(schema);
  if (inner instanceof z.core.$ZodObject) return sampleObject(inner, { schema, known });
  if (inner instanceof z.core.$ZodArray) {
    const one = () => [sampleOf(inner._zod.def.element, known)];
    return takes(schema, []) ? [] : one();
  }
  if (inner instanceof z.core.$ZodUnion) {
    const samples = inner._zod.def.options.map((option) => sampleOf(option, known));
    return [...samples, ...PLAIN_VALUES].find((sample) => takes(schema, sample));
  }
  if (inner instanceof z.core.$ZodEnum) return Object.values(inner._zod.def.entries)[0];
  if (inner instanceof z.core.$ZodLiteral) return inner._zod.def.values[0];
  if (inner instanceof z.core.$ZodRecord) return {};
  return PLAIN_VALUES.find((value) => takes(schema, value));
}

/** Whether a schema takes a value. */
export function takes(schema: z.core.$ZodType, value: unknown): boolean {
  return z.safeParse(schema, value).success;
}

function sampleObject(
  object: z.core.$ZodObject,
  { schema, known }: { readonly schema: z.core.$ZodType; readonly known: Fields },
): Fields {
  const fields = Object.entries(object._zod.def.shape);
  const isNeeded = ([name, field]: [string, z.core.$ZodType]) =>
    Object.hasOwn(known, name) || !takes(field, undefined);
  const valueOf = ([name, field]: [string, z.core.$ZodType]) =>
    Object.hasOwn(known, name) ? known[name] : sampleOf(field, known);
  const sample = Object.fromEntries(
    fields.filter(isNeeded).map((field) => [field[0], valueOf(field)]),
  );
  if (takes(schema, sample)) return sample;
  // A rule about several fields wants one that each of them may leave out.
  const fuller = fields.map((field) => ({ ...sample, [field[0]]: valueOf(field) }));
  return fuller.find((one) => takes(schema, one)) ?? sample;
}

/** One place in an input where a value can go. */
export interface Spot {
  readonly path: readonly string[];
  readonly schema: z.core.$ZodType;
  /** The whole input with `value` in this place. */
  readonly put: (value: unknown) => unknown;
}

/** Every place of a schema, however deep; of a list the first element. */
export function spotsOf(schema: z.core.$ZodType, known: Fields): Spot[] {
  const inner = unwrap(schema);
  if (inner instanceof z.core.$ZodArray) {
    return within('0', inner._zod.def.element, { known, wrap: (value) => [value] });
  }
  if (inner instanceof z.core.$ZodUnion) {
    return withoutTwins(inner._zod.def.options.flatMap((option) => spotsOf(option, known)));
  }
  if (!(inner instanceof z.core.$ZodObject)) return [];
  const sample = sampleObject(inner, { schema, known });
  return Object.entries(inner._zod.def.shape).flatMap(([name, field]) =>
    within(name, field, { known, wrap: (value) => ({ ...sample, [name]: value }) }),
  );
}

/** The options of a union share many fields: each is a place once. */
function withoutTwins(spots: readonly Spot[]): Spot[] {
  return spots.filter(
    ({ path, schema }, index) =>
      spots.findIndex((one) => one.schema === schema && one.path.join() === path.join()) === index,
  );
}

function within(
  name: string,
  schema: z.core.$ZodType,
  of: { readonly known: Fields; readonly wrap: (value: unknown) => unknown },
): Spot[] {
  const deeper = spotsOf(schema, of.known).map((spot) => ({
    path: [name, ...spot.path],
    schema: spot.schema,
    put: (value: unknown) => of.wrap(spot.put(value)),
  }));
  return [{ path: [name], schema, put: of.wrap }, ...deeper];
}
