import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { buildExamples, HOSTS } from '@retainer/examples/build';
import { describe, expect } from 'vitest';

import { test as base, tokenOf } from '../testing/index.ts';

const test = base
  .extend('token', { scope: 'file' }, async ({ world, tenant }): Promise<string> => {
    const { agencyWorkspaceId: agencyId, clientWorkspaceId: clientId } = tenant;
    return tokenOf(await world.api.headersOf({ role: 'client', agencyId, clientId }));
  })
  .extend('examples', { scope: 'file' }, async ({ world, token }, { onCleanup }) => {
    const folder = await mkdtemp(join(tmpdir(), 'retainer-examples-'));
    onCleanup(() => rm(folder, { recursive: true, force: true }));
    await buildExamples(folder);
    world.host.putExamples(folder, async () => ({ token }));
    return `${world.host.url}/examples`;
  });

describe('given hosts of every kind', () => {
  test.for(HOSTS)(
    'when a host in %s shows the portal, then its client sees its tier',
    async (host, { examples, visit }) => {
      const page = await visit(`${examples}/${host}/index.html`);
      await page.locator('agency-portal .tier strong').waitFor();
      expect(await page.locator('agency-portal .tier strong').textContent()).toBe('Silver');
      if (host === 'plain') return;
      await page.locator('agency-portal select').selectOption('last_month');
      await page.locator('#period', { hasText: 'last_month' }).waitFor();
    },
  );
});

describe('given a page that is not kind', () => {
  test('when its style sheet reaches for everything, then the portal looks as it does', async ({
    world,
    token,
    visit,
  }) => {
    const page = await visit({
      body: `<script type="module" src="${world.api.url}/portal/agency-portal.js"></script>
        <agency-portal token="${token}"></agency-portal>`,
      style: `* { font-size: 60px !important; letter-spacing: 1em; text-transform: uppercase; line-height: 4 }
        div, ul, li, p, button { display: none !important }
        body { text-align: right; color: red; word-spacing: 2em; font-weight: 900 }`,
    });
    const label = page.locator('agency-portal .notes').first();
    await label.waitFor({ state: 'visible' });
    expect(
      await label.evaluate((element) => {
        const { fontSize, letterSpacing, textTransform, fontWeight } = getComputedStyle(element);
        return { fontSize, letterSpacing, textTransform, fontWeight };
      }),
    ).toEqual({
      fontSize: '13px',
      letterSpacing: 'normal',
      textTransform: 'none',
      fontWeight: '400',
    });
  });
});

describe('given two elements in a page', () => {
  test('when each has its own tag, version and sections, then each shows its own', async ({
    world,
    token,
    visit,
  }) => {
    const { build } = (await world.api.app.inject('/portal')).json<{ build: string }>();
    const scripts = `${world.api.url}/portal`;
    const page = await visit({
      body: `<script type="module" src="${scripts}/agency-portal.js"></script>
        <script type="module" src="${scripts}/${build}/agency-portal.js?tag=acme-portal"></script>
        <agency-portal token="${token}" sections="tier"><p slot="footer">Call us</p></agency-portal>
        <acme-portal token="${token}" sections="usage" locale="de"><h2 slot="header">Ours</h2></acme-portal>`,
    });
    await page.locator('acme-portal [part=usage-bar]').first().waitFor();
    await page.locator('agency-portal .tier').waitFor();
    expect(await page.locator('agency-portal [part=usage-bar]').count()).toBe(0);
    expect(await page.locator('acme-portal .tier').count()).toBe(0);
    expect(await page.locator('acme-portal h3').textContent()).toBe('Was Sie genutzt haben');
    expect(await page.locator('agency-portal p[slot=footer]').isVisible()).toBe(true);
    expect(await page.locator('acme-portal header').isVisible()).toBe(false);
  });
});

describe('given a host that can run no script of ours', () => {
  test('when it puts the portal into a frame, then tokens go in and the height comes out', async ({
    world,
    token,
    visit,
  }) => {
    const page = await visit({
      body: `<iframe src="${world.api.url}/portal/frame?parent=${world.host.url}&sections=tier"></iframe>`,
      script: `const frame = document.querySelector('iframe');
        addEventListener('message', ({ origin, data }) => {
          if (origin !== '${world.api.url}') return;
          if (data.type === 'ap:token-request')
            frame.contentWindow.postMessage({ type: 'ap:token', token: '${token}' }, origin);
          if (data.type === 'ap:resize') frame.height = data.height;
        });`,
      // The frame may ask before the page's own script runs; it is loaded again when that does.
    });
    await page.frameLocator('iframe').locator('agency-portal .tier strong').waitFor();
    await page.locator('iframe[height]').waitFor();
    expect(Number(await page.locator('iframe').getAttribute('height'))).toBeGreaterThan(100);
    const stranger = `/portal/frame?parent=https://evil.example/x`;
    expect((await world.api.app.inject(stranger)).statusCode).toBe(403);
  });
});
