import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { createKeptParts, takeOne } from './kept-parts.ts';

const marksOf = (marks: Readonly<Record<string, string>>): ReadonlyMap<string, string> =>
  new Map(Object.entries(marks));

/** A store whose parts say of which mark they were made; it notes what was asked for. */
function making(capacity = 100) {
  const parts = createKeptParts<string>(capacity);
  const asked: string[][] = [];
  const take = async (question: string, marks: Readonly<Record<string, string>>) => {
    const found = await parts.take(question, marksOf(marks), async (ids) => {
      asked.push([...ids]);
      return new Map(ids.flatMap((id) => (id === 'none' ? [] : [[id, `${id} ${marks[id]}`]])));
    });
    return Object.fromEntries(found);
  };
  return { parts, asked, take };
}

describe('given parts that were made', () => {
  test('when some marks are others, then those parts alone are made again', async () => {
    const { asked, take } = making();
    await take('q', { a: '1', b: '1', none: '1' });
    expect(await take('q', { a: '1', b: '2', none: '1' })).toEqual({ a: 'a 1', b: 'b 2' });
    expect(await take('q', { a: '1', b: '2', none: '1' })).toEqual({ a: 'a 1', b: 'b 2' });
    expect(asked).toEqual([['a', 'b', 'none'], ['b']]);
  });

  test('when another question is asked, or too much is kept, then they are made for it', async () => {
    const { asked, take } = making(3);
    await take('q', { a: '1', b: '1' });
    await take('r', { a: '1' });
    await take('q', { a: '1', b: '1' });
    await take('s', { a: '1' });
    await take('q', { a: '1', b: '1' });
    await take('r', { a: '1' });
    expect(asked).toEqual([['a', 'b'], ['a'], ['a'], ['a']]);
  });

  test('when many ask at once, then they are made once; where that fails, by the next', async () => {
    const { parts, asked, take } = making();
    const failing = parts.take('q', marksOf({ a: '1' }), () => Promise.reject(new Error('gone')));
    const others = [take('q', { a: '1' }), take('q', { a: '1' })];
    await expect(failing).rejects.toThrow('gone');
    expect(await Promise.all(others)).toEqual([{ a: 'a 1' }, { a: 'a 1' }]);
    expect(asked).toEqual([['a']]);
  });

  test('when one is nobody’s in particular, then it is kept alike', async () => {
    const { parts } = making();
    const of = { question: 'q', mark: '1' };
    expect(await takeOne(parts, of, async () => 'made')).toBe('made');
    expect(await takeOne(parts, of, async () => 'again')).toBe('made');
    expect(await takeOne(parts, { ...of, mark: '2' }, async () => 'again')).toBe('again');
  });
});

test('given any askers at any moments, when they take parts at once, then each finds those of its own marks', async () => {
  const anyMarks = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'none'), fc.constantFrom('1', '2'));
  const anyAsks = fc.array(fc.tuple(fc.constantFrom('q', 'r'), anyMarks), { maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(anyAsks, fc.integer({ min: 0, max: 6 }), async (asks, capacity) => {
      const { take } = making(capacity);
      const found = await Promise.all(asks.map(([question, marks]) => take(question, marks)));
      const wanted = asks.map(([, marks]) =>
        Object.fromEntries(
          Object.entries(marks).flatMap(([id, mark]) =>
            id === 'none' ? [] : [[id, `${id} ${mark}`]],
          ),
        ),
      );
      expect(found).toEqual(wanted);
    }),
  );
});
