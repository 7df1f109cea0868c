import { startingSize } from '@retainer/portal/build/sizes';
import { launchChromium } from '@retainer/portal/testing/chromium';
import { STORY_NOW, tellHotel, type StoryService } from '@retainer/portal/testing/client-story';
import { startPageServer } from '@retainer/portal/testing/page-server';

import { startApi, type ApiProcess } from '../api-process.ts';
import { createWorld } from '../hook/world.ts';
import { median, rounded, say, table, type BenchResult } from '../report.ts';
import { look, type Sight } from './look.ts';
import { watchMoves } from './moves.ts';

const SLOWER = 4;

/**
 * How large are the scripts, how soon does a client see its numbers on a slow machine that has them cached, and how soon
 * what a hook was told?
 */
export async function benchPortal(args: readonly string[]): Promise<BenchResult> {
  const loads = args.includes('--quick') ? 5 : 25;
  const world = await createWorld(say);
  const api = await startApi(world.url, world.agencyId, {
    RETAINER_TEST_CLOCK: 'on',
    CORS_ORIGINS: '*',
  });
  const host = await startPageServer(api.url);
  const browser = await launchChromium();
  try {
    const service = serviceOf(api);
    const { token, clientId } = await tellHotel(service, 'harbor');
    host.put('/portal-page', {
      body: `<script type="module" src="${api.url}/portal/agency-portal.js"></script>
        <h1>Results</h1>
        <agency-portal token="${await token()}"></agency-portal>
        <p>What comes after it.</p>`,
      style: 'agency-portal:not(:defined) { display: block; min-height: 55rem }',
    });
    const context = await browser.newContext({ extraHTTPHeaders: { 'x-test-clock': STORY_NOW } });
    const page = { context, url: `${host.url}/portal-page`, slower: SLOWER };
    await look(page);
    const sights: Sight[] = [];
    for (let load = 0; load < loads; load += 1) sights.push(await look(page));
    const publish = async (postId: string): Promise<void> => {
      const headers = await service.headersOf({ role: 'agency', agencyId: 'harbor' });
      const body = { clientWorkspaceId: clientId, postId, platforms: ['instagram'] };
      const path = '/api/hooks/post-published';
      const then = { ...headers, 'x-test-clock': STORY_NOW };
      const { status, body: answer } = await service.send({
        method: 'POST',
        path,
        body,
        headers: then,
      });
      if (status !== 200) throw new Error(answer);
    };
    const moves = await watchMoves(page, { publish, times: args.includes('--quick') ? 3 : 10 });
    return await resultOf(sights, moves);
  } finally {
    await browser.close();
    await host.close();
    await api.close();
    await world.close();
  }
}

async function resultOf(sights: readonly Sight[], moves: readonly number[]): Promise<BenchResult> {
  const portal = (await startingSize('agency-portal.js')) / 1000;
  const dashboard = (await startingSize('agency-kpi-dashboard.js')) / 1000;
  const paint = median(sights.map(({ paintMs }) => paintMs));
  const cls = Math.max(...sights.map((sight) => sight.cls));
  table(
    ['', 'median', 'highest'],
    [
      [
        'first paint, ms',
        paint.toFixed(0),
        Math.max(...sights.map((one) => one.paintMs)).toFixed(0),
      ],
      ['from the hook to the bar, ms', median(moves).toFixed(0), Math.max(...moves).toFixed(0)],
      ['layout shift', median(sights.map((one) => one.cls)).toFixed(4), cls.toFixed(4)],
    ],
  );
  say(
    `agency-portal.js ${portal.toFixed(1)} kB, agency-kpi-dashboard.js ${dashboard.toFixed(1)} kB, gzip`,
  );
  return {
    bench: 'portal',
    figures: {
      portal_kb: rounded(portal),
      dashboard_kb: rounded(dashboard),
      first_paint_ms: rounded(paint),
      cls: Number(cls.toFixed(4)),
      moved_ms: rounded(Math.max(...moves)),
    },
    ratios: {},
  };
}

function serviceOf({ url, adminToken }: ApiProcess): StoryService {
  const admin = { authorization: `Bearer ${adminToken}` };
  const send: StoryService['send'] = async ({ method, path, body, headers }) => {
    const response = await fetch(url + path, {
      method,
      headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
      body: body === undefined ? null : JSON.stringify(body),
    });
    return { status: response.status, body: await response.text() };
  };
  const bearer = async (path: string, ask: object, headers: Bearer): Promise<Bearer> => {
    const { body } = await send({ method: 'POST', path, body: ask, headers });
    const { token }: { readonly token?: unknown } = Object(JSON.parse(body));
    if (typeof token !== 'string') throw new Error(body);
    return { authorization: `Bearer ${token}` };
  };
  return {
    admin,
    send,
    headersOf: async (actor) => {
      const agency = await bearer(
        `/api/agency/${actor.agencyId}/tokens`,
        { role: 'agency' },
        admin,
      );
      if (actor.role === 'agency') return agency;
      return bearer(`/api/clients/${actor.clientId}/portal-session`, {}, agency);
    },
  };
}

type Bearer = Readonly<Record<string, string>>;
