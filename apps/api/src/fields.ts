/** The fields of an object of which nothing else is known. */
export type Fields = Readonly<Record<string, unknown>>;

/** Whether `value` is an object with fields; a list is not. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An own field of a value that no schema has seen yet. */
export function fieldOf(value: unknown, name: string): unknown {
  return isFields(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}
