import { expect, test } from 'vitest';
import * as z from 'zod';

import { instant } from '../schemas.ts';
import { queryReader } from './query.ts';

const schema = z.strictObject({
  text: z.string().optional(),
  count: z.int().min(1).default(5),
  flag: z.boolean().nullable().optional(),
  tags: z.array(z.string()).optional(),
  sizes: z.array(z.number()).optional(),
  at: instant.optional(),
});
const read = queryReader(schema.shape);

test.each([
  { query: { text: '12' }, input: { text: '12' } },
  { query: { count: '12' }, input: { count: 12 } },
  { query: { count: '1e3' }, input: { count: '1e3' } },
  { query: { count: '' }, input: { count: '' } },
  { query: { flag: 'false' }, input: { flag: false } },
  { query: { flag: 'yes' }, input: { flag: 'yes' } },
  { query: { tags: 'a' }, input: { tags: ['a'] } },
  { query: { tags: 'a,b' }, input: { tags: ['a', 'b'] } },
  { query: { tags: ['a', 'b'] }, input: { tags: ['a', 'b'] } },
  { query: { sizes: ['1', 'x'] }, input: { sizes: [1, 'x'] } },
  { query: { at: '2026-03-01T09:00:00Z' }, input: { at: '2026-03-01T09:00:00Z' } },
  { query: { other: '1' }, input: { other: '1' } },
])('given $query, then the input is $input', ({ query, input }) => {
  expect(read(query)).toEqual(input);
});

test('given a query was read, then the schema still takes no text for a number', () => {
  read({ count: '3', flag: 'false' });
  expect(schema.safeParse({ count: '3' }).success).toBe(false);
  expect(schema.safeParse({ flag: 'false' }).success).toBe(false);
});
