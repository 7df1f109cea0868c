import { describe, expect, test } from 'vitest';

import { assertUnscoped, isInScope } from './scopes.ts';

test.each([
  { scopes: ['*'], path: 'hooks.check', type: 'query', open: true },
  { scopes: ['hooks'], path: 'hooks.postCreated', type: 'mutation', open: true },
  { scopes: ['hooks.*'], path: 'hooks.postCreated', type: 'mutation', open: true },
  { scopes: ['hooks.check'], path: 'hooks.check', type: 'mutation', open: true },
  { scopes: ['hooks.check'], path: 'hooks.postCreated', type: 'mutation', open: false },
  { scopes: ['hook'], path: 'hooks.check', type: 'query', open: false },
  { scopes: ['read'], path: 'clientTier.get', type: 'query', open: true },
  { scopes: ['read'], path: 'clientTier.assign', type: 'mutation', open: false },
  { scopes: [], path: 'clientTier.get', type: 'query', open: false },
] as const)('given scopes $scopes, when $type $path is called, then open is $open', (row) => {
  expect(isInScope(row.scopes, row)).toBe(row.open);
});

describe('given a key that would make other credentials', () => {
  const withScopes = (scopes: readonly string[]) =>
    ({ role: 'agency', agencyId: 'a', key: { id: 'k', scopes } }) as const;

  test('when it opens only part of its role, then it may not', () => {
    expect(() => assertUnscoped(withScopes(['tokens']))).toThrow('cannot make tokens');
  });

  test('when it opens all of it, or none was used, then it may', () => {
    expect(() => assertUnscoped(withScopes(['*']))).not.toThrow();
    expect(() => assertUnscoped({ role: 'agency', agencyId: 'a' })).not.toThrow();
  });
});
