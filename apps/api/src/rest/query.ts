import type * as z from 'zod';

type Reader = (text: string) => unknown;

const NUMBER = /^-?\d{1,15}(?:\.\d{1,15})?$/;

/** Reads the text of a query string into what the fields of a schema expect. */
export type QueryReader = (query: Readonly<Record<string, unknown>>) => Record<string, unknown>;

/**
 * A reader for the fields of `shape`: numbers and booleans from their text, lists from a repeated or
 * a comma-separated parameter. Text that does not fit is left as it is, for the schema to name. The
 * schema itself is not touched: making it coerce would let `null` and "false" through on every route.
 */
export function queryReader(shape: z.core.$ZodShape): QueryReader {
  const readers = new Map<string, Reader>();
  const lists = new Set<string>();
  for (const [name, field] of Object.entries(shape)) {
    const { element, isList } = describe(field);
    if (isList) lists.add(name);
    const reader = element && READERS[element];
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

interface FieldKind {
  readonly element: string | undefined;
  readonly isList: boolean;
}

function describe(field: z.core.$ZodType): FieldKind {
  const schema = unwrap(field);
  const { type } = schema._zod.def;
  if (type !== 'array') return { element: type, isList: false };
  const { element } = schema._zod.def as z.core.$ZodArrayDef;
  return { element: unwrap(element)._zod.def.type, isList: true };
}

/** The schema inside optional, nullable, default, readonly and the like; of a pipe, what goes in. */
function unwrap(schema: z.core.$ZodType): z.core.$ZodType {
  let inner = schema;
  for (;;) {
    const def = inner._zod.def as {
      readonly type: string;
      readonly innerType?: z.core.$ZodType;
      readonly in?: z.core.$ZodType;
    };
    const next = def.type === 'pipe' ? def.in : def.innerType;
    if (!next) return inner;
    inner = next;
  }
}
