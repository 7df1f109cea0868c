import type { Instant } from '@retainer/domain';

/** A row as the driver gives it. */
export type Row = Record<string, unknown>;

/** An instant in milliseconds. date_part counts in floats, extract in decimals, which cost several times more. */
export const MS = (column: string): string => `date_part('epoch', ${column}) * 1000`;

const STAMPS_KEPT = 10_000;
const stamps = new Map<Instant, string>([
  [Infinity, 'infinity'],
  [-Infinity, '-infinity'],
]);

/** An instant for the database; all of time has no ends. A batch writes the same few again and again. */
export function stamp(at: Instant): string {
  const known = stamps.get(at);
  if (known !== undefined) return known;
  const written = new Date(at).toISOString();
  if (stamps.size < STAMPS_KEPT) stamps.set(at, written);
  return written;
}

/** An instant that may be unknown. */
export function optionalStamp(at: Instant | undefined): string | undefined {
  return at === undefined ? undefined : stamp(at);
}

/** A text column. */
export function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** A text column that may be null. */
export function optional(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** What `MS` selected. */
export function instant(value: unknown): Instant {
  return Math.round(Number(value));
}

/** A JSON column: only the gate writes these, from the types that the readers name. */
export function json(value: unknown): unknown {
  return typeof value === 'string' ? JSON.parse(value) : value;
}
