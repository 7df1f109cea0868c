import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { normalisePlatform, tierPlatform } from './platforms.ts';
import { createUnknownNames } from './unknown-names.ts';

const host = 'postiz';

describe('given what hosts call a network', () => {
  test.each([
    ['wrapcast', 'farcaster', 'farcaster', 'farcaster'],
    ['warpcast', 'farcaster', 'farcaster', 'farcaster'],
    ['gmb', 'google-business', 'google-business', 'google-business'],
    ['twitter', 'x', 'x', 'x'],
    ['facebook_page', 'facebook', 'facebook', 'facebook'],
    ['linkedin', 'linkedin', 'linkedin', 'linkedin'],
    ['linkedin_personal', 'linkedin', 'linkedin', 'linkedin'],
    ['linkedin-page', 'linkedin-page', 'linkedin', 'linkedin:page'],
    ['linkedin_company', 'linkedin-page', 'linkedin', 'linkedin:page'],
    ['tiktok-business', 'tiktok', 'tiktok', 'tiktok:business'],
    ['instagram_login', 'instagram', 'instagram', 'instagram:standalone'],
    ['some-new-one', 'other:some-new-one', 'other:some-new-one', 'other:some-new-one'],
    ['other:some-new-one', 'other:some-new-one', 'other:some-new-one', 'other:some-new-one'],
    [' Some NEW!one ', 'other:some-new-one', 'other:some-new-one', 'other:some-new-one'],
    ['', 'other:unnamed', 'other:unnamed', 'other:unnamed'],
  ])('when it is %j, then it is %s, of a tier %s, split %s', (id, name, collapsed, split) => {
    expect(normalisePlatform(id, { host })).toBe(name);
    expect(tierPlatform(id, { host })).toBe(collapsed);
    expect(tierPlatform(id, { host, variants: 'split' })).toBe(split);
  });

  test('when it is any text, then the API takes what becomes of it', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.nat(0xffff).map((code) => String.fromCharCode(code)) }),
        (id) => {
          for (const name of [normalisePlatform(id, { host }), tierPlatform(id, { host })]) {
            expect(name).toMatch(/^[a-z0-9][a-z0-9_.:-]{0,63}$/u);
          }
        },
      ),
    );
  });

  test('when nobody knows it, then it is counted and listed, the most frequent first', () => {
    const unknown = createUnknownNames();
    for (const id of ['one', 'x', 'two', 'two']) normalisePlatform(id, { host, unknown });
    expect(unknown.list()).toEqual([
      { kind: 'platform', host, name: 'two', count: 2 },
      { kind: 'platform', host, name: 'one', count: 1 },
    ]);
  });

  test('when ever new ones come, then the list stops growing and says so', () => {
    const unknown = createUnknownNames();
    for (let n = 0; n < 1200; n += 1) normalisePlatform(`net-${n}`, { host, unknown });
    normalisePlatform('net-1', { host, unknown });
    expect(unknown.list()).toHaveLength(1000);
    expect(unknown.list()[0]).toMatchObject({ name: 'net-1', count: 2 });
    expect(unknown.overflow()).toBe(200);
  });
});
