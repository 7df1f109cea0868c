import { parseDecimal, type DateSpan, type Fraction, type ZoneEpoch } from '@retainer/domain';

import { isFields, textOf, type Fields } from '../compare.ts';

/** One operation of the cases: what is given, and the product's answer in the words of the cases. */
export type Operation = (given: Fields) => Fields;

/** A whole number of what is given, null where it is unknown. */
export function wholeOrNull(given: Fields, name: string): bigint | null {
  const value = given[name];
  if (value === null || value === undefined) return null;
  if (typeof value !== 'number' && typeof value !== 'string') throw notA(name, 'whole number');
  return BigInt(value);
}

/** A whole number that must be given. */
export function whole(given: Fields, name: string): bigint {
  const value = wholeOrNull(given, name);
  if (value === null) throw notA(name, 'whole number');
  return value;
}

/** A whole number that may be left out, for a count that is then 0. */
export function wholeOrZero(given: Fields, name: string): bigint {
  return wholeOrNull(given, name) ?? 0n;
}

/** A number that the product takes as one, such as seconds. */
export function count(given: Fields, name: string): number {
  const value = given[name];
  if (typeof value !== 'number') throw notA(name, 'number');
  return value;
}

/** An exact number, given as a number or as decimal text; null where it is unknown. */
export function exactOrNull(value: unknown): Fraction | null {
  if (value === null || value === undefined) return null;
  const isPlain = typeof value === 'number' || typeof value === 'string';
  const found = isPlain ? parseDecimal(value) : undefined;
  if (found === undefined) throw notA(textOf(value), 'decimal');
  return found;
}

/** An exact number that must be given. */
export function exact(value: unknown): Fraction {
  const number = exactOrNull(value);
  if (number === null) throw notA('a number', 'decimal');
  return number;
}

/** A text that must be given. */
export function text(given: Fields, name: string): string {
  const value = given[name];
  if (typeof value !== 'string') throw notA(name, 'text');
  return value;
}

/** A list that must be given. */
export function list(given: Fields, name: string): readonly unknown[] {
  const value = given[name];
  if (!Array.isArray(value)) throw notA(name, 'list');
  return value;
}

/** A list of whole numbers, null where one is unknown. */
export function wholes(given: Fields, name: string): readonly (bigint | null)[] {
  return list(given, name).map((item) => wholeOrNull({ [name]: item }, name));
}

/** A list of objects that must be given. */
export function rows(given: Fields, name: string): readonly Fields[] {
  return list(given, name).map((row) => {
    if (!isFields(row)) throw notA(name, 'list of objects');
    return row;
  });
}

/** An object that must be given. */
export function fields(given: Fields, name: string): Fields {
  const value = given[name];
  if (!isFields(value)) throw notA(name, 'object');
  return value;
}

/** One of the words that the product knows. */
export function word<W extends string>(value: unknown, known: readonly W[]): W {
  const found = known.find((one) => one === value);
  if (found === undefined) throw notA(textOf(value), `word of ${known.join(', ')}`);
  return found;
}

/** An instant that must be given. */
export function instant(given: Fields, name: string): number {
  const value = Date.parse(text(given, name));
  if (Number.isNaN(value)) throw notA(name, 'instant');
  return value;
}

/** A calendar that never changed its zone. */
export function epochsIn(timeZone: string): readonly ZoneEpoch[] {
  return [{ from: -Infinity, timeZone }];
}

/** A period given as the pair of its bounds. */
export function spanOf(pair: unknown): DateSpan {
  const [from, toExclusive]: readonly unknown[] = Array.isArray(pair) ? pair : [];
  if (typeof from !== 'string' || typeof toExclusive !== 'string') throw notA('period', 'pair');
  return { from, toExclusive };
}

function notA(name: string, kind: string): Error {
  return new Error(`given.${name}: expected a ${kind}`);
}
