import { describe } from 'vitest';

import { STORY_NOW, tellHotel } from '../testing/client-story.ts';
import { storyService, test } from '../testing/index.ts';
import { keepPicture } from '../testing/keep-picture.ts';
import { ARABIC } from '../testing/page-server.ts';

const PAGE = `@font-face { font-family: Arabic; src: url(${ARABIC}) }
  :root { color-scheme: light dark }
  body { margin: 0; background: #eef0f4; font-family: 'Open Sans', Arabic, sans-serif }
  main { max-width: 1180px; margin: 0 auto; padding: 24px }
  @media (prefers-color-scheme: dark) { body { background: #0f1218 } }`;

const SHOTS = [
  { name: 'portal' },
  { name: 'portal-dark', scheme: 'dark' },
  { name: 'portal-phone', width: 360 },
  { name: 'portal-arabic', width: 1000, lang: 'ar', dir: 'rtl' },
  { name: 'portal-german', width: 760, lang: 'de' },
  { name: 'portal-compact', width: 420, attributes: 'compact' },
  { name: 'portal-refused', width: 1000, client: 'dentist' },
  { name: 'portal-without-tier', width: 760, client: 'florist' },
  { name: 'portal-paused', width: 760, client: 'gym' },
  { name: 'portal-error', width: 760, token: 'x.y.z' },
] as const;

interface Shot {
  readonly name: string;
  readonly width?: number;
  readonly scheme?: 'dark';
  readonly lang?: string;
  readonly dir?: 'rtl';
  readonly attributes?: string;
  readonly client?: string;
  readonly token?: string;
}

describe('given the portal', () => {
  test('when it is looked at, then its pictures are kept', async ({ world, visit }) => {
    const story = await tellHotel(storyService(world.api), 'harbor');
    await tellOthers(story.send);
    for (const shot of SHOTS satisfies readonly Shot[]) {
      const { name, width, scheme, lang, dir, attributes = '', client, token }: Shot = shot;
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      const given = token ?? (await tokenOf(client ?? story.clientId));
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      const page = await visit(
        {
          body: `<main><script type="module" src="${world.api.url}/portal/agency-portal.js"></script>
            <agency-portal token="${given}" ${attributes}></agency-portal></main>`,
          style: PAGE,
          ...(lang && { lang }),
          ...(dir && { dir }),
        },
        { now: STORY_NOW, width: width ?? 1280, scheme: scheme ?? 'light', allow: /401/ },
      );
      const there = token ? '[part=error]' : '.live';
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      await page.locator(`agency-portal ${there}`).waitFor();
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      await keepPicture(page, name);
    }

    async function tokenOf(clientId: string): Promise<string> {
      const headers = await world.api.headersOf({ role: 'client', agencyId: 'harbor', clientId });
      return headers['authorization']?.replace('Bearer ', '') ?? '';
    }
  });
});

async function tellOthers(send: Awaited<ReturnType<typeof tellHotel>>['send']): Promise<void> {
  const clients = '/api/agency/harbor/clients';
  await send('PUT', `${clients}/florist`, { name: 'Fresh Florist' });
  await send('PUT', `${clients}/gym`, { name: 'Tidal Gym' });
  await send('PUT', `${clients}/dentist`, { name: 'Northern Dental' });
  const assign = { tierId: 'bronze', startDate: '2026-09-07' };
  await send('POST', '/api/clients/gym/service-tier/assign', assign);
  await send('POST', '/api/clients/gym/service-tier/pause', {});
  await send('POST', '/api/clients/dentist/service-tier/assign', assign);
  const post = (postId: string, scheduledAt: string, platform = 'x'): object => ({
    clientWorkspaceId: 'dentist',
    postId,
    scheduledAt,
    channels: [{ id: platform, platform }],
  });
  for (const day of [17, 18, 19, 20])
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    await send('POST', '/api/hooks/post-created', post(`p${day}`, `2026-09-${day}T16:00:00Z`));
  await send('POST', '/api/hooks/post-published', {
    ...post('done', ''),
    scheduledAt: undefined,
    at: '2026-09-15T09:00:00Z',
  });
  await send('POST', '/api/hooks/post-created', post('late', '2026-09-20T18:00:00Z'));
  await send('POST', '/api/hooks/post-created', post('far', '2026-09-22T09:00:00Z', 'tiktok'));
}
