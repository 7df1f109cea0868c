import { connect, createServer, type Socket } from 'node:net';

import type { Tenant } from '@retainer/api/testing';
import { describe, expect } from 'vitest';

import { test, tokenOf, type World } from '../testing/index.ts';

/** A page of a host with a portal in it. */
function portalPage(attributes: string, script?: string) {
  return {
    body: `<script type="module" src="/portal/agency-portal.js"></script>
      <agency-portal ${attributes}></agency-portal>`,
    ...(script !== undefined && { script }),
  };
}

async function tokenFor(world: World, tenant: Tenant, kind?: 'expired'): Promise<string> {
  const { agencyWorkspaceId: agencyId, clientWorkspaceId: clientId } = tenant;
  return tokenOf(await world.api.headersOf({ role: 'client', agencyId, clientId }, kind));
}

/** What a scheduler tells of a post that goes out now. */
async function publish(world: World, tenant: Tenant, postId: string): Promise<void> {
  const { clientWorkspaceId } = tenant;
  const channels = [{ id: 'ig', platform: 'instagram' }];
  await tell(world, tenant, [
    'post-created',
    { clientWorkspaceId, postId, channels, publishNow: true },
  ]);
  await tell(world, tenant, ['post-published', { clientWorkspaceId, postId }]);
}

async function tell(
  world: World,
  { agencyWorkspaceId: agencyId }: Tenant,
  [hook, payload]: readonly [string, object],
): Promise<void> {
  const { authorization = '' } = await world.api.headersOf({ role: 'host', agencyId });
  const headers = { authorization };
  const url = `/api/hooks/${hook}`;
  const answer = await world.api.app.inject({ method: 'POST', url, headers, payload });
  if (answer.statusCode !== 200) throw new Error(`${url}: ${answer.body}`);
}

const POSTS = '[part=usage-bar][aria-label="Posts this week"]';

describe('given a client that looks at its portal', () => {
  test('when its post goes out, then the bar moves at once, and the page was not loaded again', async ({
    world,
    tenant,
    visit,
  }) => {
    const token = await tokenFor(world, tenant);
    const page = await visit(portalPage(`base-url="${world.api.url}" token="${token}"`));
    const posts = page.locator(POSTS);
    await page.locator('[part=footer] .live').waitFor();
    await page.evaluate(() => document.body.setAttribute('data-same', ''));
    const before = Number(await posts.getAttribute('aria-valuenow'));
    await publish(world, tenant, 'now');
    await page.locator(`${POSTS}[aria-valuenow="${before + 1}"]`).waitFor();
    expect(await page.locator('body[data-same]').count()).toBe(1);
  });

  test('when a post is refused, then it says which, why, and what would help', async ({
    world,
    tenant,
    visit,
  }) => {
    const token = await tokenFor(world, tenant);
    const page = await visit(portalPage(`base-url="${world.api.url}" token="${token}"`));
    await page.locator('[part=footer] .live').waitFor();
    const { clientWorkspaceId } = tenant;
    const scheduledAt = new Date(Date.now() + 3_600_000).toISOString();
    const channels = [{ id: 'tt', platform: 'tiktok' }];
    const post = { clientWorkspaceId, postId: 'refused', channels, scheduledAt };
    await tell(world, tenant, ['post-created', post]);
    const refused = page.locator('agency-portal .denied');
    await refused.waitFor();
    expect(await refused.textContent()).toContain('1 post will not go out');
    expect(await refused.textContent()).toContain(
      'TikTok is not part of Silver. It fits into Gold.',
    );
  });

  test('when it asks for another client or for costs, then there is nothing', async ({
    world,
    tenant,
    visit,
  }) => {
    const token = await tokenFor(world, tenant);
    const page = await visit(
      portalPage(`base-url="${world.api.url}" token="${token}" client-id="another"`),
      { allow: /404/ },
    );
    await page.locator('agency-portal [part=error]').waitFor();
    expect(await page.locator('agency-portal [part=error]').textContent()).toContain(
      'There is no such portal for this account.',
    );
    const { agencyWorkspaceId } = tenant;
    const rates = `/api/agency/${encodeURIComponent(agencyWorkspaceId)}/rates`;
    const headers = { authorization: `Bearer ${token}` };
    expect((await world.api.app.inject({ url: rates, headers })).statusCode).toBe(403);
  });
});

describe('given a host that hands out tokens', () => {
  test('when a token is refused or about to end, then another one is asked for', async ({
    world,
    tenant,
    visit,
  }) => {
    const [expired, good] = [
      await tokenFor(world, tenant, 'expired'),
      await tokenFor(world, tenant),
    ];
    const page = await visit(
      portalPage(
        `base-url="${world.api.url}"`,
        `const later = (ms) => new Date(Date.now() + ms).toISOString();
         const answers = [
           { token: '${expired}', expiresAt: later(900_000) },
           { token: '${good}', expiresAt: later(30_000) },
         ];
         globalThis.asked = 0;
         const portal = document.querySelector('agency-portal');
         portal.addEventListener('ap-ready', () => { globalThis.isReady = true; });
         portal.fetchToken = async () => answers[Math.min(globalThis.asked++, 1)];`,
      ),
      { allow: /401/ },
    );
    await page.locator('[part=footer] .live').waitFor();
    expect(await page.evaluate('globalThis.isReady')).toBe(true);
    // The one that was refused, the next one, and another for the stream: half a minute is too short.
    expect(await page.evaluate('globalThis.asked')).toBe(3);
  });
});

describe('given a server that goes away', () => {
  test('when it comes back, then the portal shows what happened meanwhile', async ({
    world,
    tenant,
    visit,
  }) => {
    await using line = await cutLine(new URL(world.api.url));
    const token = await tokenFor(world, tenant);
    const page = await visit(portalPage(`base-url="${line.url}" token="${token}"`), {
      allow: /ERR_|Content Security/,
      connect: line.url,
    });
    await page.locator('[part=footer] .live').waitFor();
    const before = Number(await page.locator(POSTS).getAttribute('aria-valuenow'));
    await line.cut();
    await page.locator('[part=footer] .lost').waitFor();
    await publish(world, tenant, 'meanwhile');
    await line.mend();
    await page.locator(`${POSTS}[aria-valuenow="${before + 1}"]`).waitFor();
    await page.locator('[part=footer] .live').waitFor();
    expect(await page.locator('[part=footer] .lost').count()).toBe(0);
  });
});

/** A line to the server that can be cut. */
async function cutLine(target: URL) {
  const open = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname);
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(socket);
      socket.pipe(other);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        open.delete(socket);
        other.destroy();
      });
    }
  });
  const listen = (port: number): Promise<void> =>
    new Promise((resolve) => {
      server.listen(port, '127.0.0.1', resolve);
    });
  const cut = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      for (const socket of open) socket.destroy();
    });
  await listen(0);
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    cut,
    mend: () => listen(port),
    [Symbol.asyncDispose]: async () => {
      if (server.listening) await cut();
    },
  };
}
