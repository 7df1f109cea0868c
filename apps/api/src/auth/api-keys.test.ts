import { describe, expect, test } from 'vitest';

import { hashApiKey, shareLookups, type ApiKeyFacts } from './api-keys.ts';

const FACTS: ApiKeyFacts = { agencyId: 'acme', keyId: 'k1', role: 'host', scopes: ['*'] };
const HASH = hashApiKey('rt_key');

function controlled() {
  const started: PromiseWithResolvers<ApiKeyFacts | undefined>[] = [];
  const find = shareLookups(() => {
    const lookup = Promise.withResolvers<ApiKeyFacts | undefined>();
    started.push(lookup);
    return lookup.promise;
  });
  return { started, find };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('given look-ups of one key', () => {
  test('when many come while one runs, then they share the next one and never the running one', async () => {
    const { started, find } = controlled();
    const first = find(HASH);
    const late = [find(HASH), find(HASH), find(HASH)];
    expect(started).toHaveLength(1);

    started[0]?.resolve(FACTS);
    expect(await first).toEqual(FACTS);
    await settled();
    expect(started).toHaveLength(2);

    // The key was revoked in between.
    started[1]?.resolve(undefined);
    expect(await Promise.all(late)).toEqual([undefined, undefined, undefined]);
  });

  test('when one fails, then the next is asked again', async () => {
    const { started, find } = controlled();
    const first = find(HASH);
    const second = find(HASH);
    started[0]?.reject(new Error('away'));
    await expect(first).rejects.toThrow('away');
    await settled();
    started[1]?.resolve(FACTS);
    expect(await second).toEqual(FACTS);
  });

  test('when none runs, then each asks anew', async () => {
    const { started, find } = controlled();
    const first = find(HASH);
    started[0]?.resolve(FACTS);
    await first;
    await settled();
    void find(HASH);
    expect(started).toHaveLength(2);
  });
});
