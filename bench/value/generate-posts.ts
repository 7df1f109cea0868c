import { campaignOn, WRITTEN_AT, type ClientSeed, type MadePost } from './client-seed.ts';
import { DAYS, dateOf, momentOf } from './span.ts';
import type { Facts } from './tables.ts';

/** What a platform tells of a post, and how much of each there is for one that is shown. */
const METRICS: Readonly<Record<string, readonly (readonly [metric: string, share: number])[]>> = {
  linkedin: [
    ['impressions', 1],
    ['reactions', 0.03],
    ['comments', 0.006],
    ['clicks', 0.02],
  ],
  instagram: [
    ['views', 1],
    ['likes', 0.05],
    ['comments', 0.008],
    ['saves', 0.01],
  ],
  facebook: [
    ['impressions', 1],
    ['reactions', 0.02],
    ['comments', 0.004],
    ['clicks', 0.015],
  ],
  x: [
    ['impressions', 1],
    ['likes', 0.02],
    ['reposts', 0.004],
    ['link_clicks', 0.01],
  ],
  tiktok: [
    ['views', 1],
    ['likes', 0.08],
    ['comments', 0.01],
    ['shares', 0.012],
  ],
  youtube: [
    ['views', 1],
    ['likes', 0.03],
    ['comments', 0.005],
    ['watch_minutes', 2.5],
  ],
};
const CONTENT_TYPES = ['image', 'video', 'text', 'carousel', 'link'] as const;

/** On which days of its first 30 a post is looked at; it grows fast and then ever slower. */
const AGES = [0, 1, 2, 3, 5, 7, 10, 14, 21, 30] as const;
const GROWTH_DAYS = 5;

const POSTS = 155;
const HOURS_UNTIL_SEEN = 6;
/** Room for the series of each client: their ids are the same however many clients there are. */
const SERIES_ROOM = 10_000;

/** Posts with what was observed of them, and the daily figures of the client's first account. */
export function generatePosts(client: ClientSeed, facts: Facts): MadePost[] {
  const { random, clientId, size, platforms } = client;
  const posts = Array.from({ length: Math.round(POSTS * size) }, (_, place): MadePost => ({
    id: `${clientId}-post-${place}`,
    day: random.whole(0, DAYS - 1),
  }));
  for (const post of posts) {
    const at = momentOf(post.day, random.whole(6, 17));
    const on = random.chance(0.4) ? platforms.slice(0, 2) : [random.pick(platforms)];
    facts.post.push([
      clientId,
      post.id,
      'published',
      at,
      '[]',
      random.pick(CONTENT_TYPES),
      campaignOn(client, post.day, 0.4),
      random.chance(0.6) ? random.whole(3, 24) * 5 : null,
      '[]',
      '[]',
      WRITTEN_AT,
    ]);
    for (const platform of on) {
      const channel = `${clientId}-${platform}`;
      facts.placement.push([clientId, post.id, channel, '0', platform, at, random.uuid()]);
      observePost(client, facts, { ...post, platform, at: Date.parse(at) });
    }
  }
  observeAccount(client, facts);
  return posts;
}

function observePost(
  client: ClientSeed,
  facts: Facts,
  post: MadePost & { readonly platform: string; readonly at: number },
): void {
  const { random, clientId } = client;
  // Most posts are seen by few, some by very many.
  const shown = 200 * 50 ** (random.next() ** 2);
  const ages = AGES.filter((age) => post.day + age < DAYS - 1);
  for (const [metric, share] of METRICS[post.platform] ?? []) {
    const most = shown * share * (0.5 + random.next());
    const id = addSeries(client, facts, ['post', post.id, post.platform, metric, 'lifetime']);
    for (const age of ages) {
      const at = new Date(post.at + (age * 24 + HOURS_UNTIL_SEEN) * 3_600_000).toISOString();
      const value = Math.floor(most * (1 - Math.exp(-(age + 0.5) / GROWTH_DAYS)));
      facts.observation.push([id, at, clientId, at.slice(0, 10), value]);
    }
  }
}

function observeAccount(client: ClientSeed, facts: Facts): void {
  const { random, clientId, platforms, size } = client;
  const platform = platforms[0] ?? '';
  const account = `${clientId}-${platform}`;
  const reach = addSeries(client, facts, ['account', account, platform, 'reach', 'daily']);
  const followers = addSeries(client, facts, ['account', account, platform, 'followers', 'gauge']);
  let count = random.whole(500, 20_000);
  for (let day = 0; day < DAYS; day += 1) {
    const at = momentOf(day, 23.5);
    const reached = Math.floor(size * random.whole(100, 2_000));
    count += random.whole(-3, 12);
    facts.observation.push([reach, at, clientId, dateOf(day), reached]);
    facts.observation.push([followers, at, clientId, dateOf(day), count]);
  }
}

type SeriesCells = readonly [
  level: string,
  subject: string,
  platform: string,
  metric: string,
  kind: string,
];

function addSeries({ clientId, index }: ClientSeed, facts: Facts, cells: SeriesCells): number {
  const id = index * SERIES_ROOM + facts.series.length + 1;
  facts.series.push([id, clientId, ...cells]);
  return id;
}
