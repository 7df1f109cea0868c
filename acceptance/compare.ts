/** Values by name: what a case expects of an answer, or what the product answered. */
export type Fields = Readonly<Record<string, unknown>>;

/** One answer of the product that the cases may spell in more than one word. */
export interface OneOf {
  readonly oneOf: readonly string[];
}

/** What the product must not answer: the case names it to say so. */
export interface OtherThan {
  readonly otherThan: unknown;
}

/** A map whose keys are part of the answer: one that is not named is worth 0. */
export interface WholeMap {
  readonly wholeMap: Fields;
}

/** A field that did not come out as the case says, written for people. */
export interface Mismatch {
  readonly field: string;
  readonly expected: string;
  readonly got: string;
}

/** An answer that matches any of `words`. */
export function oneOf(...words: readonly string[]): OneOf {
  return { oneOf: words };
}

/** An answer of which the case says what it must not be. */
export function otherThan(answer: unknown): OtherThan {
  return { otherThan: answer };
}

/** An answer by key that must hold no more than the case says, but for zeros. */
export function wholeMap(map: Fields): WholeMap {
  return { wholeMap: map };
}

/** Whether a JSON value is an object with named values. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Every expected field that the answer does not match. Fields the case does not name are not looked at;
 * a field that is not in `known` cannot be checked, so it never passes.
 */
export function compareFields(expected: Fields, got: Fields, known: readonly string[]): Mismatch[] {
  return Object.entries(expected).flatMap(([field, value]) => {
    if (!known.includes(field)) {
      return [{ field, expected: show(value), got: 'a field that this operation cannot check' }];
    }
    return matches(value, got[field])
      ? []
      : [{ field, expected: show(value), got: show(got[field]) }];
  });
}

/** A JSON value as text: a string as it is, nothing as an empty one, anything else as JSON. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return value === undefined ? '' : JSON.stringify(value);
}

/** A value as people read it in a report. */
function show(value: unknown): string {
  if (value === undefined) return '(nothing)';
  if (isOneOf(value)) return value.oneOf.map((word) => JSON.stringify(word)).join(' or ');
  if (isOtherThan(value)) return `that very value, which it must not be`;
  if (isWholeMap(value)) return JSON.stringify(value.wholeMap);
  return JSON.stringify(value);
}

function matches(expected: unknown, got: unknown): boolean {
  if (isOneOf(got)) return typeof expected === 'string' && got.oneOf.includes(expected);
  if (isOtherThan(got)) return !matchesValue(expected, got.otherThan);
  if (isWholeMap(got)) return isFields(expected) && matchesWhole(expected, got.wholeMap);
  return matchesValue(expected, got);
}

function matchesValue(expected: unknown, got: unknown): boolean {
  if (Array.isArray(expected)) return Array.isArray(got) && matchesInOrder(expected, got);
  if (isFields(expected)) return isFields(got) && matchesSubset(expected, got);
  if (typeof expected === 'string' && typeof got === 'string') return sameText(expected, got);
  return expected === got;
}

function matchesInOrder(expected: readonly unknown[], got: readonly unknown[]): boolean {
  return expected.length === got.length && expected.every((item, at) => matches(item, got[at]));
}

function matchesSubset(expected: Fields, got: Fields): boolean {
  return Object.entries(expected).every(([field, value]) => matches(value, got[field]));
}

function matchesWhole(expected: Fields, got: Fields): boolean {
  const keys = new Set([...Object.keys(expected), ...Object.keys(got)]);
  const worth = (map: Fields, key: string): unknown => (map[key] === undefined ? 0 : map[key]);
  return [...keys].every((key) => matches(worth(expected, key), worth(got, key)));
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;

/** Two spellings of one instant are the same text; everything else must be equal letter by letter. */
function sameText(expected: string, got: string): boolean {
  if (INSTANT.test(expected) && INSTANT.test(got)) return Date.parse(expected) === Date.parse(got);
  return expected === got;
}

function isOneOf(value: unknown): value is OneOf {
  return isFields(value) && Array.isArray(value['oneOf']);
}

function isOtherThan(value: unknown): value is OtherThan {
  return isFields(value) && Object.hasOwn(value, 'otherThan');
}

function isWholeMap(value: unknown): value is WholeMap {
  return isFields(value) && isFields(value['wholeMap']);
}
