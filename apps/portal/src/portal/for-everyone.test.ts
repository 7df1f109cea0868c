import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';

import { STORY_NOW, tellHotel } from '../testing/client-story.ts';
import { storyService, test as base } from '../testing/index.ts';

const test = base.extend('hotel', { scope: 'file' }, async ({ world }) => {
  const story = await tellHotel(storyService(world.api), 'harbor');
  await story.send('PUT', '/api/agency/harbor/clients/fresh', { name: 'Fresh Florist' });
  await story.send('POST', '/api/hooks/post-created', {
    clientWorkspaceId: story.clientId,
    postId: 'seventh platform',
    scheduledAt: '2026-09-22T09:00:00Z',
    platforms: ['x', 'threads', 'bluesky', 'pinterest', 'youtube', 'mastodon', 'instagram'],
  });
  const fresh = await world.api.headersOf({
    role: 'client',
    agencyId: 'harbor',
    clientId: 'fresh',
  });
  return {
    ...story,
    pageOf: async (attributes = '', token?: string) => ({
      body: `<main><script type="module" src="${world.api.url}/portal/agency-portal.js"></script>
        <agency-portal token="${token ?? (await story.token())}" ${attributes}></agency-portal></main>`,
      style: '@media (prefers-color-scheme: dark) { body { background: #0f1218 } }',
    }),
    freshToken: fresh['authorization']?.replace('Bearer ', '') ?? '',
  };
});

const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds wrong, by its rules for WCAG 2.2 AA. */
async function violationsOn(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const found: unknown = await page.evaluate(`axe
    .run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })
    .then(({ violations }) => violations.map(({ id, nodes }) => id + ' ' + nodes.map(({ html, failureSummary }) => html + failureSummary).join('\\n')))`);
  return Array.isArray(found) ? found.map(String) : ['axe did not answer'];
}

const SHOWN = 'agency-portal [part=footer], agency-portal [part=error]';

describe('given readers of every kind', () => {
  test.for([
    ['in light', '', 'light'],
    ['in the dark', 'theme="dark"', 'dark'],
    ['in Arabic', 'locale="ar"', 'light'],
    ['without a tier', 'fresh', 'light'],
    ['without a good token', 'token="x.y.z"', 'dark'],
  ] as const)(
    'when it is shown %s, then axe finds nothing',
    async ([, attributes, scheme], { hotel, visit }) => {
      const isFresh = attributes === 'fresh';
      const hostPage = await hotel.pageOf(
        isFresh ? '' : attributes,
        isFresh ? hotel.freshToken : attributes.startsWith('token') ? 'x.y.z' : undefined,
      );
      const page = await visit(hostPage, { now: STORY_NOW, scheme, allow: /401/ });
      await page.locator(SHOWN).first().waitFor();
      expect(await violationsOn(page)).toEqual([]);
    },
  );

  test('when it is 320 or 2560 pixels wide, or at 200 % zoom, then nothing is cut off', async ({
    hotel,
    visit,
  }) => {
    const page = await visit(await hotel.pageOf(), { now: STORY_NOW, width: 320 });
    await page.locator(SHOWN).first().waitFor();
    for (const width of [320, 640, 2560]) {
      // oxlint-disable-next-line no-await-in-loop -- one width after the other
      await page.setViewportSize({ width, height: 900 });
      // oxlint-disable-next-line no-await-in-loop -- one width after the other
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(
        width,
      );
    }
  });

  test('when it is used by keyboard alone, then the period, tabs and reports are there', async ({
    hotel,
    visit,
  }) => {
    const page = await visit(await hotel.pageOf(), { now: STORY_NOW });
    await page.locator(SHOWN).first().waitFor();
    const focused = (): Promise<unknown> =>
      page.evaluate(`(() => {
        const { tagName, textContent, ariaLabel } = document.activeElement.shadowRoot?.activeElement ?? document.body;
        return tagName === 'SELECT' ? 'period' : (ariaLabel ?? textContent.trim());
      })()`);
    const seen: unknown[] = [];
    for (let step = 0; step < 5; step += 1) {
      // oxlint-disable-next-line no-await-in-loop -- one key after the other
      await page.keyboard.press('Tab');
      // oxlint-disable-next-line no-await-in-loop -- one key after the other
      seen.push(await focused());
    }
    expect(seen).toEqual([
      'period',
      'Open full report',
      'Platform',
      'PDF: Open the report of Sep 7 – 13, 2026',
      'PDF: Open the report of Aug 1 – 31, 2026',
    ]);
    await page.locator('agency-portal [role=tab]').first().focus();
    await page.keyboard.press('ArrowRight');
    expect(await focused()).toBe('Type');
    const download = page.waitForEvent('download');
    await page.locator('agency-portal .reports button').first().press('Enter');
    expect((await download).suggestedFilename()).toBe('report-2026-09-07-2026-09-13.pdf');
  });
});
