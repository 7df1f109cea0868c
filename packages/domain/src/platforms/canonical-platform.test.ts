import { describe, expect, test } from 'vitest';

import { canonicalPlatform, isKnownPlatform } from './canonical-platform.ts';

describe('given what a host calls a network', () => {
  test.each([
    ['twitter', 'x'],
    [' TWITTER ', 'x'],
    ['FACEBOOKPAGE', 'facebook'],
    ['instagram-standalone', 'instagram'],
    ['linkedin_company', 'linkedin'],
    ['tiktok-business', 'tiktok'],
    ['gmb', 'google-business'],
    ['wrapcast', 'farcaster'],
    ['startPage', 'start-page'],
    ['mewe', 'mewe'],
  ])('when it is %j, then it is our %s, and known', (name, platform) => {
    expect(canonicalPlatform(name)).toBe(platform);
    expect(canonicalPlatform(platform)).toBe(platform);
    expect(isKnownPlatform(name)).toBe(true);
    expect(isKnownPlatform(platform)).toBe(true);
  });

  test.each([['some-new-one'], ['constructor'], ['']])(
    'when it is %j, then it keeps its name and is not known',
    (name) => {
      expect(canonicalPlatform(name)).toBe(name);
      expect(isKnownPlatform(name)).toBe(false);
    },
  );
});
