import * as z from 'zod';

import type { Fields } from '../fields.ts';

type Reader = (text: string) => unknown;

const NUMBER = /^-?\d{1,15}(?:\.\d{1,15})?$/;

/** Reads the text of a query string into what the fields of a schema expect. */
export type QueryReader = (query: Fields) => Record<string, unknown>;

/**
 * A reader for the fields of `shape`: numbers and booleans from their text, lists from a repeated or
 * a comma-separated parameter. Text that does not fit is left as it is, for the schema to name. The
 * schema itself is not touched: making it coerce would let `null` and "false" through on every route.
 */
export function queryReader(shape: z.core.$ZodShape): QueryReader {
  const readers = new Map<string, Reader>();
  const lists = new Set<string>();
  for (const [name, field] of Object.entries(shape)) {
    const schema = unwrap(field);
    if (schema instanceof z.core.$ZodArray) lists.add(name);
    const element = schema instanceof z.core.$ZodArray ? unwrap(schema._zod.def.element) : schema;
    const reader = READERS[element._zod.def.type];
    if (reader) readers.set(name, reader);
  }
  return (query) => {
    const read: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(query)) {
      const text = lists.has(name) && typeof value === 'string' ? value.split(',') : value;
      const reader = readers.get(name);
      read[name] = reader ? mapText(text, reader) : text;
    }
    return read;
  };
}

const READERS: Readonly<Record<string, Reader | undefined>> = {
  number: (text) => (NUMBER.test(text) ? Number(text) : text),
  boolean: (text) => (text === 'true' ? true : text === 'false' ? false : text),
};

function mapText(value: unknown, reader: Reader): unknown {
  if (typeof value === 'string') return reader(value);
  return Array.isArray(value)
    ? value.map((item: unknown) => (typeof item === 'string' ? reader(item) : item))
    : value;
}

/** The schema inside optional, nullable, default, readonly and the like; of a pipe, what goes in. */
export function unwrap(schema: z.core.$ZodType): z.core.$ZodType {
  if (schema instanceof z.core.$ZodPipe) return unwrap(schema._zod.def.in);
  if (
    schema instanceof z.core.$ZodOptional ||
    schema instanceof z.core.$ZodNullable ||
    schema instanceof z.core.$ZodDefault ||
    schema instanceof z.core.$ZodPrefault ||
    schema instanceof z.core.$ZodReadonly
  ) {
    return unwrap(schema._zod.def.innerType);
  }
  return schema;
}
