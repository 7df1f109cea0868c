import { campaignOn, CURRENCY, WRITTEN_AT, type ClientSeed, type MadePost } from './client-seed.ts';
import { dateOf, firstDayOf, MONTHS } from './span.ts';
import type { Facts } from './tables.ts';

const LEADS_A_MONTH = 8;
const CONVERSIONS_A_MONTH = 3;
const REVENUES_A_MONTH = 2;

/** Leads, conversions and revenue; half of them name the post that brought them. */
export function generateOutcomes(
  client: ClientSeed,
  facts: Facts,
  posts: readonly MadePost[],
): void {
  const { random, size } = client;
  const some = (average: number): number => Math.round(average * size);
  for (let month = 0; month < MONTHS; month += 1) {
    for (let n = some(LEADS_A_MONTH); n > 0; n -= 1) {
      add(client, facts, { month, posts, kind: 'lead', minor: null });
    }
    for (let n = some(CONVERSIONS_A_MONTH); n > 0; n -= 1) {
      const minor = random.chance(0.7) ? random.whole(5_000, 90_000) : null;
      add(client, facts, { month, posts, kind: 'conversion', minor });
    }
    for (let n = some(REVENUES_A_MONTH); n > 0; n -= 1) {
      add(client, facts, { month, posts, kind: 'revenue', minor: random.whole(10_000, 300_000) });
    }
  }
}

function add(
  client: ClientSeed,
  facts: Facts,
  one: {
    readonly month: number;
    readonly posts: readonly MadePost[];
    readonly kind: 'lead' | 'conversion' | 'revenue';
    readonly minor: number | null;
  },
): void {
  const { random, clientId, platforms } = client;
  const day = random.whole(firstDayOf(one.month), firstDayOf(one.month + 1) - 1);
  const recent = one.posts.filter((post) => post.day <= day && post.day > day - 30);
  const post = recent.length > 0 && random.chance(0.5) ? random.pick(recent) : undefined;
  facts.conversion.push([
    random.uuid(),
    clientId,
    one.kind,
    dateOf(day),
    one.kind === 'lead' ? random.whole(1, 3) : 1,
    one.minor,
    one.minor === null ? null : CURRENCY,
    campaignOn(client, day, 0.3),
    random.chance(0.7) ? random.pick(platforms) : null,
    post?.id ?? null,
    null,
    'site',
    'last_touch',
    WRITTEN_AT,
  ]);
}
