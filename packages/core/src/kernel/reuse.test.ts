import { expect, test } from 'vitest';

import { createReuse } from './reuse.ts';

test('given something worked out, when the inputs are the very same, then it is not worked out again', () => {
  const reuse = createReuse<object>();
  const subject = {};
  const other = {};
  const first = reuse(subject, [1n, other], () => ({}));
  expect(reuse(subject, [1n, other], () => ({}))).toBe(first);
  expect(reuse({}, [1n, other], () => ({}))).not.toBe(first);
  const second = reuse(subject, [2n, other], () => ({}));
  expect(second).not.toBe(first);
  expect(reuse(subject, [2n, {}], () => ({}))).not.toBe(second);
  expect(reuse(subject, [2n], () => ({}))).not.toBe(second);
});
