import { describe, expect, test } from 'vitest';

import { compareFields, oneOf, otherThan, wholeMap } from './compare.ts';

describe('given an answer and what a case expects of it', () => {
  const answer = { decision: 'denied', limit: 3, remaining: 0, over: undefined, note: null };
  const known = Object.keys(answer);

  test('when every named field matches, then nothing is reported', () => {
    expect(compareFields({ decision: 'denied', limit: 3, note: null }, answer, known)).toEqual([]);
  });

  test('when a field differs, then it is reported with what was expected and got', () => {
    expect(compareFields({ limit: 4, remaining: 0 }, answer, known)).toEqual([
      { field: 'limit', expected: '4', got: '3' },
    ]);
  });

  test('when a field cannot be checked, then it is reported even if the answer has it', () => {
    expect(compareFields({ limit: 3 }, answer, ['decision'])).toEqual([
      { field: 'limit', expected: '3', got: 'a field that this operation cannot check' },
    ]);
  });

  test('when the answer leaves a field out, then null and 0 do not match it', () => {
    expect(compareFields({ over: null }, answer, known)).toHaveLength(1);
    expect(compareFields({ over: 0 }, answer, known)).toEqual([
      { field: 'over', expected: '0', got: '(nothing)' },
    ]);
  });
});

describe('given values that may be spelled in several ways', () => {
  test.each([
    { expected: '2026-03-09T00:00:00Z', got: '2026-03-09T00:00:00.000Z', is: true },
    { expected: '2026-03-09T00:00:00Z', got: '2026-03-09T02:00:00+02:00', is: true },
    { expected: '2026-03-09T00:00:00Z', got: '2026-03-09T00:00:01Z', is: false },
    { expected: '2026-03-09', got: '2026-03-09T00:00:00Z', is: false, why: 'a date is no instant' },
    { expected: '3', got: 3, is: false },
    { expected: 0, got: false, is: false },
    { expected: 'rejected', got: oneOf('rejected', 'error'), is: true },
    { expected: 'denied', got: oneOf('rejected', 'error'), is: false },
  ])('when $expected is expected and $got is got, then the match is $is', (row) => {
    expect(holds(row.expected, row.got)).toBe(row.is);
  });

  test('when a list is expected, then length and order count', () => {
    expect(holds([{ a: 1 }, { a: 2 }], [{ a: 1, b: 9 }, { a: 2 }])).toBe(true);
    expect(holds([], [{ a: 1 }])).toBe(false);
    expect(holds([{ a: 2 }, { a: 1 }], [{ a: 1 }, { a: 2 }])).toBe(false);
  });

  test('when a field inside a list is not in the answer, then it does not match', () => {
    expect(holds([{ threshold: 80, channel: 'mail' }], [{ threshold: 80 }])).toBe(false);
  });
});

describe('given a value that the product must not answer', () => {
  test.each([
    { expected: 3100, answer: 2100, is: true },
    { expected: 2100, answer: 2100, is: false },
    { expected: '0.043333', answer: '0.028182', is: true },
    { expected: '0.028182', answer: '0.028182', is: false },
  ])('when it is $expected and the answer is $answer, then the match is $is', (row) => {
    expect(holds(row.expected, otherThan(row.answer))).toBe(row.is);
  });

  test('when it is answered, then the report says so', () => {
    expect(compareFields({ sum: 5 }, { sum: otherThan(5) }, ['sum'])).toEqual([
      { field: 'sum', expected: '5', got: 'that very value, which it must not be' },
    ]);
  });
});

describe('given a map whose keys are part of the answer', () => {
  test.each([
    { expected: { a: 1 }, answer: { a: 1 }, is: true },
    { expected: { a: 1 }, answer: { a: 1, b: 0 }, is: true },
    { expected: { a: 1, b: 0 }, answer: { a: 1 }, is: true },
    { expected: { a: 1 }, answer: { a: 1, b: 2 }, is: false },
    { expected: { a: 1, b: 2 }, answer: { a: 1 }, is: false },
    { expected: { a: null }, answer: { a: 0 }, is: false },
    { expected: { a: null }, answer: {}, is: false },
    { expected: 1, answer: { a: 1 }, is: false },
  ])('when it is $answer and $expected is expected, then the match is $is', (row) => {
    expect(holds(row.expected, wholeMap(row.answer))).toBe(row.is);
  });
});

function holds(expected: unknown, got: unknown): boolean {
  return compareFields({ field: expected }, { field: got }, ['field']).length === 0;
}
