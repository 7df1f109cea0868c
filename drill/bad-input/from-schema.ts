import fc from 'fast-check';

import { csvText } from './csv.ts';
import { isFields, type Fields } from './fields.ts';
import { Known } from './known.ts';

/** Values that a JSON Schema of the OpenAPI document takes, or nearly. */
export function fromSchema(schema: unknown, name = ''): fc.Arbitrary<unknown> {
  if (!isFields(schema)) return fc.jsonValue();
  const choices = [schema['anyOf'], schema['oneOf']].find(Array.isArray);
  if (choices) return fc.oneof(...choices.map((choice) => fromSchema(choice, name)));
  if ('const' in schema) return fc.constant(schema['const']);
  const { enum: values } = schema;
  if (Array.isArray(values)) return fc.constantFrom(...(values as unknown[]));
  switch (schema['type']) {
    case 'object':
      return objects(schema);
    case 'array':
      return lists(schema, name);
    case 'string':
      return strings(schema, name);
    case 'integer':
      return fc.integer({
        min: numberOf(schema, 'minimum', -5),
        max: numberOf(schema, 'maximum', 5_000),
      });
    case 'number':
      return fc.double({
        min: numberOf(schema, 'minimum', -5),
        max: numberOf(schema, 'maximum', 5_000),
        noNaN: true,
      });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    default:
      return fc.jsonValue();
  }
}

/** The largest that is worth trying: what lies beyond takes long and says no more. */
const MOST = 1_000_000;

function numberOf(schema: Fields, name: string, otherwise: number): number {
  const value = schema[name];
  return typeof value === 'number' ? Math.max(-MOST, Math.min(value, MOST)) : otherwise;
}

function objects(schema: Fields): fc.Arbitrary<unknown> {
  const { properties, required, additionalProperties } = schema;
  if (!isFields(properties)) {
    return fc.dictionary(fc.string({ maxLength: 12 }), fromSchema(additionalProperties), {
      maxKeys: 3,
    });
  }
  const model = Object.fromEntries(
    Object.entries(properties).map(([name, field]) => [name, fromSchema(field, name)]),
  );
  const requiredKeys = Array.isArray(required) ? required.map(String) : [];
  return fc.record(model, { requiredKeys });
}

function lists(schema: Fields, name: string): fc.Arbitrary<unknown> {
  const minLength = Math.min(numberOf(schema, 'minItems', 0), 3);
  return fc.array(fromSchema(schema['items'], name), { minLength, maxLength: 3 });
}

const DAYS = fc.constantFrom('2026-01-31', '2026-02-28', '2026-03-01', '2026-12-31', '2027-01-01');
const INSTANTS = fc
  .date({ min: new Date('2025-01-01'), max: new Date('2028-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString());

function strings(schema: Fields, name: string): fc.Arbitrary<unknown> {
  if (name.endsWith('Id')) {
    const known = fc.nat(100).map((nth) => new Known(name, nth));
    return fc.oneof(
      { weight: 12, arbitrary: known },
      { weight: 1, arbitrary: plainStrings(schema) },
    );
  }
  if (name === 'csv') return csvText;
  if (/date$/iu.test(name)) return DAYS;
  if (/month$/iu.test(name)) return fc.constantFrom('2026-01', '2026-02', '2026-12');
  if (name === 'timeZone') return fc.constantFrom('UTC', 'Europe/Berlin', 'Pacific/Kiritimati');
  if (/currency$/iu.test(name)) return fc.constantFrom('EUR', 'USD', 'JPY', 'KWD');
  return plainStrings(schema);
}

function plainStrings(schema: Fields): fc.Arbitrary<unknown> {
  const minLength = Math.min(numberOf(schema, 'minLength', 0), 20);
  const maxLength = Math.max(minLength, Math.min(numberOf(schema, 'maxLength', 20), 20));
  const text = fc.string({ minLength, maxLength, unit: 'grapheme' });
  switch (schema['format']) {
    case 'uuid':
      return fc.uuid();
    case 'date-time':
      return INSTANTS;
    case 'email':
      return fc.emailAddress();
    case 'uri':
      return fc.webUrl();
    default:
      return matching(schema['pattern']) ?? text;
  }
}

function matching(pattern: unknown): fc.Arbitrary<string> | undefined {
  // Classes of Unicode are more than it can make strings of.
  if (typeof pattern !== 'string' || pattern.includes('\\p')) return undefined;
  return fc.stringMatching(new RegExp(pattern, 'u'), { maxLength: 40 });
}
