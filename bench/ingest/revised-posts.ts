import { createCaller } from '@retainer/api';
import { refreshAgency, upsertAgency, upsertClient, type ServiceContext } from '@retainer/core';

import { median, say } from '../report.ts';
import type { PolledMetric } from './polls.ts';
import type { World } from './world.ts';

const POSTS_OF_A_CLIENT = 200;
const DAYS = 60;
const ROUNDS = 3;
const DAY_MS = 86_400_000;
const METRICS = ['impressions', 'likes', 'comments', 'clicks'] as const;
/** How many days after its publishing a post was polled. */
const POLLS = [1, 2, 7] as const;

/**
 * The seconds it takes to bring the figures up to date after posts, 200 a client, were revised, each on the day on
 * which it was seen: a platform corrects what it had reported over two months.
 */
export async function measureRefresh(world: World, posts: number): Promise<number> {
  const agency = await foundAgency(world, posts);
  const first = await seconds(() => refreshAgency(agency.context()));
  say(`first refresh of ${posts} posts: ${first.toFixed(1)} s`);
  const taken: number[] = [];
  for (let round = 1; round <= ROUNDS; round += 1) {
    const before = await agency.impressions();
    await agency.revise(round);
    taken.push(await seconds(() => refreshAgency(agency.context())));
    const grown = (await agency.impressions()) - before;
    if (grown !== posts) throw new Error(`${grown} impressions more instead of ${posts}`);
  }
  return median(taken);
}

interface Agency {
  readonly context: () => ServiceContext;
  /** Has each post's last impressions seen one higher than before. */
  readonly revise: (by: number) => Promise<void>;
  /** What the rollups say of all clients. */
  readonly impressions: () => Promise<number>;
}

async function foundAgency(world: World, posts: number): Promise<Agency> {
  const { core, owner, now } = world;
  const agencyId = `${world.agencyId}-revised`;
  const clients = Array.from(
    { length: posts / POSTS_OF_A_CLIENT },
    (_, index) => `client-${index}`,
  );
  const context = () =>
    core.services.contextOf({ agencyId, actor: { kind: 'system', id: 'bench' }, now: () => now });
  await upsertAgency(context(), { name: 'Revised', timeZone: 'Europe/Berlin', currency: 'EUR' });
  for (const id of clients) await upsertClient(context(), { clientWorkspaceId: id, name: id });
  await owner.query(PUBLISH, [agencyId, clients, POSTS_OF_A_CLIENT, DAYS, now]);
  const caller = createCaller({
    services: core.services,
    mintToken: () => Promise.reject(new Error('nobody asks for tokens here')),
    actor: { role: 'host', agencyId },
    now,
    requestId: 'bench',
  });
  const tell = async (observationsOf: (post: number) => PolledMetric[]): Promise<void> => {
    for (const clientWorkspaceId of clients) {
      const all = Array.from({ length: POSTS_OF_A_CLIENT }, (_, post) => post);
      await caller.hooks.metrics({ clientWorkspaceId, observations: all.flatMap(observationsOf) });
    }
  };
  say(`polling ${posts} posts`);
  await tell((post) =>
    POLLS.flatMap((days) => METRICS.map((metric) => observation(now, { post, metric, days }))),
  );
  await owner.query('vacuum analyze');
  return {
    context,
    revise: (by) =>
      tell((post) => {
        const seen = observation(now, { post, metric: 'impressions', days: Math.max(...POLLS) });
        return [{ ...seen, value: seen.value + by }];
      }),
    async impressions() {
      const { rows } = await owner.query<{ sum: string }>(
        `select coalesce(sum(impressions), 0) as sum from retainer.rollup_day
         where agency_id = $1 and dimension = 'client'`,
        [agencyId],
      );
      return Number(rows[0]?.sum);
    },
  };
}

function observation(
  now: Date,
  { post, metric, days }: { readonly post: number; readonly metric: string; readonly days: number },
): PolledMetric {
  const published = now.getTime() - ((post % DAYS) + Math.max(...POLLS) + 1) * DAY_MS;
  return {
    postId: `post-${post}`,
    platform: 'linkedin',
    metric,
    kind: 'lifetime',
    value: days * 1_000 + post,
    at: new Date(published + days * DAY_MS).toISOString(),
  };
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

const PUBLISH = `
with made as (
  select c.id as client_id, 'post-' || n as post_id,
    $5::timestamptz - make_interval(days => n % $4::int + 8) as at
  from unnest($2::text[]) c(id), generate_series(0, $3::int - 1) n
), posts as (
  insert into retainer.post (agency_id, client_id, post_id, state, event_at, scheduled_at, channels, content_type,
    campaign_id, media_ids, flags, created_at)
  select $1, client_id, post_id, 'published', at, at, '[]', 'image', 'campaign-1', '[]', '[]', at from made
)
insert into retainer.placement (agency_id, client_id, post_id, channel_id, occurrence, platform, published_at, series_id)
select $1, client_id, post_id, 'channel-1', '0', 'linkedin', at, gen_random_uuid() from made`;
