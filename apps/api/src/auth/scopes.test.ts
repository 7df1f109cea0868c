import { expect, test } from 'vitest';

import { isInScope } from './scopes.ts';

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
