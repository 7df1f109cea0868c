import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { fitLines } from './fit.ts';
import { runsOf, undrawable, widthOf } from './runs.ts';
import { canEmbed, typefaceOf } from './typeface.ts';

const setting = { typeface: typefaceOf('Noto Sans'), weight: 'regular' } as const;
const faces = (text: string): string[] => runsOf(text, setting).map(({ face }) => face.id);
const drawn = (text: string): string[] => runsOf(text, setting).map((run) => run.text);

describe('given text of several scripts', () => {
  test('when it is set, then each letter has a face that knows it, and words stay together', () => {
    expect(faces('Revenue rose 12.4 % to $1,234 — “ok”')).toEqual(['noto-sans/latin/regular']);
    expect(faces('Łódź')[0]).toBe('noto-sans/latin-ext/regular');
    expect(faces('Привет')).toEqual(['noto-sans/cyrillic/regular']);
    expect(faces('Έρευνα')).toEqual(['noto-sans/greek/regular']);
    expect(faces('हिन्दी')).toEqual(['noto-sans/devanagari/regular']);
    expect(faces('ภาษาไทย')).toEqual(['noto-sans-thai/thai/regular']);
    expect(faces('Հայ')).toEqual(['noto-sans-armenian/armenian/regular']);
    expect(faces('ქართული')).toEqual(['noto-sans-georgian/georgian/regular']);
  });

  test('when it goes from right to left, then its words stand in reverse, as the Unicode algorithm has it', () => {
    expect(drawn('שלום עולם').join('')).toBe('עולם שלום');
    expect(drawn('ROI של שלום: 12.5').join('')).toBe('ROI 12.5 :שלום של');
    expect(drawn('(שלום)').join('')).toBe('(שלום)');
  });

  test('when no face has a letter, then a question mark stands for it, and it is told', () => {
    expect(drawn('東京 a').join('')).toBe('?? a');
    expect([...undrawable('東京 a👨‍👩‍👧', setting)]).toEqual(expect.arrayContaining(['東', '京']));
    expect(undrawable('Привет, שלום — $€₴', setting).size).toBe(0);
    expect(drawn('a\u200Db').join('')).toContain('a');
  });

  test('when a face cannot set a mark where it stands, then the letter stands alone, and the rest as it is', () => {
    const sign = '\u0600\u0610';
    expect(widthOf(`قمر ${sign} é`, setting)).toBeGreaterThan(0);
    expect(drawn(sign)).toEqual(['\u0600']);
    expect(drawn(`${sign}قَمَر`).join('')).toContain('قَمَر');
  });

  test('when any mark stands on anything, then there is a width', () => {
    const unit = fc.integer({ min: 0x20, max: 0x2fff }).map((code) => String.fromCodePoint(code));
    const mark = unit.filter((char) => /\p{M}/u.test(char));
    const text = fc.array(fc.oneof(unit, mark), { maxLength: 12 }).map((chars) => chars.join(''));
    fc.assert(
      fc.property(text, (line) => {
        expect(widthOf(line, setting)).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 300 },
    );
  });

  test('when a brand’s font is installed, then it comes first; one that is not is stood in for', () => {
    const inter = { typeface: typefaceOf('Inter'), weight: 'bold' } as const;
    expect(runsOf('A א', inter).map(({ face }) => face.id)).toEqual([
      'inter/latin/bold',
      'noto-sans-hebrew/hebrew/bold',
    ]);
    expect([canEmbed('Inter'), canEmbed('No Such Font')]).toEqual([true, false]);
    const none = { typeface: typefaceOf('No Such Font'), weight: 'regular' } as const;
    expect(runsOf('A', none).map(({ face }) => face.id)).toEqual(['noto-sans/latin/regular']);
  });
});

describe('given any text and any room', () => {
  const letters = fc.string({
    unit: fc.constantFrom('a', 'W', ' ', 'é', 'ש', '中', '-', '\u00A0'),
  });
  test('when it is fitted, then no line leaves the room, and nothing is lost without an ellipsis', () => {
    fc.assert(
      fc.property(
        letters,
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 5, max: 30 }),
        (text, lines, tenths) => {
          const room = { ...setting, width: tenths / 10, size: 12, lines };
          const fitted = fitLines(text, room);
          expect(fitted.length).toBeLessThanOrEqual(lines);
          for (const line of fitted)
            expect((widthOf(line, room) * 12) / 72).toBeLessThanOrEqual(room.width);
          const bare = (of: string) => of.replaceAll(/[ \u00A0]/gu, '');
          const isCut = fitted.at(-1)?.endsWith('…') ?? false;
          expect(isCut || bare(fitted.join('')) === bare(text)).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });
});
