import { MoneyInput, Quantity } from '@retainer/core';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';

import { issuesOf } from './input-issues.ts';
import { instant, workspaceId } from './schemas.ts';

const schema = z.strictObject({
  id: workspaceId,
  at: instant.optional(),
  price: MoneyInput.optional(),
  quantity: Quantity.optional(),
  channels: z.array(z.strictObject({ platform: z.string() })).optional(),
});

function issues(value: unknown) {
  return issuesOf(schema.safeParse(value).error?.issues ?? []);
}

describe('given an input that is not right', () => {
  test.each([
    { value: {}, path: 'id', message: /required/ },
    { value: { id: '' }, path: 'id', message: /empty/ },
    { value: { id: 'x'.repeat(129) }, path: 'id', message: /at most 128/ },
    { value: { id: 'a\u0000b' }, path: 'id', message: /control characters/ },
    { value: { id: '\ud800' }, path: 'id', message: /broken Unicode/ },
    { value: { id: 'a', clientID: 1 }, path: 'clientID', message: /not a field/ },
    { value: { id: 'a', at: 'tomorrow' }, path: 'at', message: /2026-03-01T09:00:00Z/ },
    { value: { id: 'a', at: '2026-02-30T00:00:00Z' }, path: 'at', message: /instant/ },
    { value: { id: 'a', at: '2026-03-01T09:00:00' }, path: 'at', message: /offset/ },
    { value: { id: 'a', at: '1969-12-31T23:59:59Z' }, path: 'at', message: /1970/ },
    { value: { id: 'a', at: new Date('bad') }, path: 'at', message: /instant/ },
    { value: { id: 'a', at: 12 }, path: 'at', message: /instant/ },
    { value: { id: 'a', price: { amount: '1.00' } }, path: 'price.currency', message: /required/ },
    { value: { id: 'a', price: true }, path: 'price', message: /major units/ },
    { value: { id: 'a', quantity: 1.5 }, path: 'quantity', message: /whole number/ },
    { value: { id: 'a', quantity: '1' }, path: 'quantity', message: /expected number/ },
    {
      value: { id: 'a', channels: [{ platform: 'x' }, { platform: 1 }] },
      path: 'channels.1.platform',
      message: /expected string/,
    },
    {
      value: { id: 'a', channels: [{ platform: 'x', name: 'y' }] },
      path: 'channels.0.name',
      message: /not a field/,
    },
  ])('when it is $value, then $path is named', ({ value, path, message }) => {
    expect(issues(value)).toEqual([expect.objectContaining({ path })]);
    expect(issues(value)[0]?.message).toMatch(message);
  });

  test('when a rule has a code of its own, then the issue carries it', () => {
    expect(issues({ id: 'a', quantity: -1 })).toEqual([
      {
        path: 'quantity',
        message: 'must be a whole number from 1 to 10^15',
        code: 'invalid_quantity',
      },
    ]);
  });

  test('when everything is wrong, then at most twenty things are named', () => {
    const value = Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`field${i}`, i]));
    expect(issues(value)).toHaveLength(20);
  });
});
