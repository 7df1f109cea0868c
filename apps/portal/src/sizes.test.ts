import { readdir } from 'node:fs/promises';

import { describe, expect, test } from 'vitest';

import { DIST } from '../build/build-portal.ts';
import { sizeOf, startingSize } from '../build/sizes.ts';

describe('given the scripts that pages embed', () => {
  test('when the portal is fetched, then it is at most 40 kB in any language, all in', async () => {
    const languages = (await readdir(DIST)).filter((file) =>
      /^agency-portal-\w\w-[\w-]{8}\.js$/.test(file),
    );
    expect(languages).toHaveLength(2);
    const sizes = await Promise.all(languages.map(sizeOf));
    const portal = await startingSize('agency-portal.js');
    expect(portal + Math.max(...sizes)).toBeLessThanOrEqual(40_000);
  });

  test('when the screen is fetched, then it is at most 45 kB before charts, with all it begins with', async () => {
    expect(await startingSize('agency-kpi-dashboard.js')).toBeLessThanOrEqual(45_000);
    // Or the imports of what is built are not read.
    expect(await sizeOf('agency-kpi-dashboard.js')).toBeLessThan(40_000);
  });
});
