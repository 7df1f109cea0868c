import { clientIdOf, WRITTEN_AT, type ClientSeed } from './client-seed.ts';
import { generateCosts } from './generate-costs.ts';
import { generateOutcomes } from './generate-outcomes.ts';
import { generatePosts } from './generate-posts.ts';
import { createRandom } from './random.ts';
import { DAYS, dateOf } from './span.ts';
import { noFacts, type Facts } from './tables.ts';

/** Counts up when other facts come of the same seed, so that kept data of an older generator is made anew. */
export const GENERATOR = 1;

const PLATFORMS = ['linkedin', 'instagram', 'facebook', 'x', 'tiktok', 'youtube'] as const;
// A few small clients, a few large ones, 1 on average.
const SIZES = [0.4, 0.7, 0.9, 1, 1.2, 1.8] as const;
const CAMPAIGN_DAYS = 120;

/** All facts of one client in 24 months, and always the same of the same seed. */
export function generateClient(seed: number, index: number): Facts {
  const client = seedClient(seed, index);
  const facts = noFacts();
  for (const { id, from, to } of client.campaigns) {
    const dates = [dateOf(from), dateOf(to)];
    facts.campaign.push([client.clientId, id, `Campaign ${id}`, ...dates, WRITTEN_AT]);
  }
  const posts = generatePosts(client, facts);
  generateCosts(client, facts);
  generateOutcomes(client, facts, posts);
  return facts;
}

function seedClient(seed: number, index: number): ClientSeed {
  const random = createRandom(seed, index);
  const clientId = clientIdOf(index);
  const first = random.whole(0, PLATFORMS.length - 1);
  const pairs = Math.floor(DAYS / CAMPAIGN_DAYS);
  return {
    random,
    clientId,
    index,
    size: random.pick(SIZES),
    platforms: [...PLATFORMS.slice(first), ...PLATFORMS].slice(0, random.whole(2, 4)),
    campaigns: Array.from({ length: pairs * 2 }, (_, place) => {
      const from = Math.floor(place / 2) * CAMPAIGN_DAYS + random.whole(0, 20);
      const to = Math.min(DAYS - 1, from + random.whole(60, CAMPAIGN_DAYS));
      return { id: `${clientId}-campaign-${place}`, from, to };
    }),
  };
}
