import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { cursorAfter, cursorValue } from './input-fields.ts';

describe('given a cursor', () => {
  test('when it is one of ours, then it says what it was made of', () => {
    const text = fc.string({ unit: 'grapheme' }).filter((one) => !one.includes('\0'));
    fc.assert(
      fc.property(text, (last) => {
        expect(cursorValue(cursorAfter(last))).toBe(last);
      }),
    );
  });

  test.for([
    { what: 'of bytes that are no text', cursor: 'VwD5' },
    { what: 'with a NUL in it', cursor: cursorAfter('a\0b') },
    { what: 'written another way than ours', cursor: 'YR' },
  ])('when it is one $what, then it is refused by name', ({ cursor }) => {
    expect(() => cursorValue(cursor)).toThrow(
      expect.objectContaining({
        code: 'invalid_input',
        issues: [{ path: 'cursor', message: 'is not a cursor of ours' }],
      }),
    );
  });
});
