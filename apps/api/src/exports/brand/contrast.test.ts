import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { HexColor } from './brand.ts';
import { contrastOf, textOn, visibleOnWhite } from './contrast.ts';
import { themeOf } from './theme.ts';

const color = fc
  .integer({ min: 0, max: 0xffffff })
  .map((value): HexColor => `#${value.toString(16).padStart(6, '0').toUpperCase()}`);

describe('given any colour of a brand', () => {
  test('when text stands on it, then it can be read', () => {
    fc.assert(
      fc.property(color, (one) => {
        expect(contrastOf(textOn(one), one)).toBeGreaterThanOrEqual(4.5);
      }),
    );
  });

  test('when it is used on white, then it can be seen, and is left alone where it could be', () => {
    fc.assert(
      fc.property(color, fc.constantFrom(3, 4.5), (one, contrast) => {
        const seen = visibleOnWhite(one, contrast);
        expect(contrastOf(seen, '#FFFFFF')).toBeGreaterThanOrEqual(contrast);
        const wasSeen = contrastOf(one, '#FFFFFF') >= contrast;
        expect(seen === one).toBe(wasSeen);
      }),
    );
  });

  test('when contrasts are measured, then they are those of WCAG', () => {
    expect(contrastOf('#000000', '#FFFFFF')).toBeCloseTo(21, 5);
    expect(contrastOf('#0072B2', '#FFFFFF')).toBeCloseTo(5.19, 2);
    expect(contrastOf('#D55E00', '#FFFFFF')).toBeCloseTo(3.87, 2);
  });

  test('when judgement is coloured, then it is blue and orange whatever the brand', () => {
    const { marks } = themeOf({
      name: 'N',
      logo: undefined,
      primary: '#00FF00',
      accent: '#FF0000',
      font: 'Inter',
    });
    expect(marks).toMatchObject({ good: '#0072B2', bad: '#D55E00' });
  });
});
