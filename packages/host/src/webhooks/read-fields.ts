import { fieldOf, idOf, textOf } from '../json.ts';

/** The first of several names under which a value has an id. */
export function firstId(value: unknown, names: readonly string[]): string | undefined {
  return names.map((name) => idOf(value, name)).find((id) => id !== undefined);
}

/** The first of several names under which a value has a text. */
export function firstText(value: unknown, names: readonly string[]): string | undefined {
  return names.map((name) => textOf(value, name)).find((text) => text !== undefined);
}

/** The first of several names under which a value has an instant. */
export function firstInstant(value: unknown, names: readonly string[]): string | undefined {
  return names.map((name) => instantOf(fieldOf(value, name))).find((at) => at !== undefined);
}

const HAS_ZONE = /(?:[zZ]|[+-]\d{2}:?\d{2})$/u;
const DATE_TIME = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/u;
// Unix seconds have ten digits until 2286, milliseconds thirteen.
const MILLISECONDS_FROM = 100_000_000_000;
const EARLIEST = Date.UTC(2000, 0);
const LATEST = Date.UTC(2100, 0);

/**
 * An instant as hosts write it, in ISO 8601: a text without an offset is UTC, as hosts store it; a number is Unix
 * seconds or milliseconds. Undefined for anything else.
 */
export function instantOf(value: unknown): string | undefined {
  const time = typeof value === 'string' ? timeOfText(value.trim()) : timeOfNumber(value);
  return time >= EARLIEST && time < LATEST ? new Date(time).toISOString() : undefined;
}

function timeOfText(text: string): number {
  if (/^\d{10}(?:\d{3})?$/u.test(text)) return timeOfNumber(Number(text));
  if (!DATE_TIME.test(text)) return Number.NaN;
  return Date.parse(HAS_ZONE.test(text) ? text : `${text.replace(' ', 'T')}Z`);
}

function timeOfNumber(value: unknown): number {
  if (typeof value !== 'number') return Number.NaN;
  return value < MILLISECONDS_FROM ? value * 1000 : value;
}
