/** A field of an unknown value: its own, or nothing where it is no object or has none. */
export function fieldOf(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, name) =>
      typeof inner === 'object' && inner !== null && Object.hasOwn(inner, name)
        ? Reflect.get(inner, name)
        : undefined,
    value,
  );
}

/** A text field, undefined where it is missing, empty or of another type. */
export function textOf(value: unknown, ...path: readonly string[]): string | undefined {
  const field = fieldOf(value, ...path);
  return typeof field === 'string' && field !== '' ? field : undefined;
}

/** An id, which hosts send as text or as a number; always text for us. */
export function idOf(value: unknown, ...path: readonly string[]): string | undefined {
  const field = path.length === 0 ? value : fieldOf(value, ...path);
  if (typeof field === 'number' && Number.isFinite(field)) return String(field);
  return typeof field === 'string' && field !== '' ? field : undefined;
}

/** A list, empty where the value is none. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The JSON in a text, or undefined where it is not JSON. */
export function jsonOf(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}
