import type { RawEntry, RawFacts, RawPlacement } from './raw-facts.ts';
import { totalsOf } from './slow-metrics.ts';
import type { Part } from './slow-parts.ts';
import { localDate } from './slow-time.ts';

/** Publications of posts: what of a post became public as one occurrence, and when first. */
function publications(facts: RawFacts) {
  const known = new Map(facts.clients.map((client) => [client.id, client]));
  const keyOf = (one: RawPlacement): string =>
    [one.clientId, one.postId, one.occurrence].join('\n');
  return [...Map.groupBy(facts.placements, keyOf).values()].flatMap((some) => {
    const [first] = some.toSorted((a, b) => a.at - b.at);
    const client = first && known.get(first.clientId);
    if (!first || !client) return [];
    const { clientId, postId, occurrence } = first;
    const post = facts.posts.find((one) => one.clientId === clientId && one.postId === postId);
    const platforms = [...new Set(some.map((one) => one.platform))];
    const { contentType = null, campaignId = null, minutes = null } = post ?? {};
    const told = { contentType, campaignId, minutes };
    return [
      { clientId, postId, occurrence, date: localDate(client, first.at), platforms, ...told },
    ];
  });
}

/** What every publication adds: a post, and a post of each of its platforms. */
export function postParts(facts: RawFacts): Part[] {
  return publications(facts).flatMap((publication): Part[] => {
    const { clientId, postId, date, platforms, contentType, campaignId } = publication;
    const of = { clientId, date, contentType, campaignId };
    const measured = (platform?: string): bigint =>
      facts.series.some(
        (one) =>
          one.clientId === clientId &&
          one.level === 'post' &&
          one.subject === postId &&
          (platform === undefined || one.platform === platform) &&
          totalsOf(facts, one).includes('impressions'),
      )
        ? 1n
        : 0n;
    return [
      { ...of, only: 'others', sums: { posts: 1n, measured_posts: measured() } },
      ...platforms.map((platform): Part => ({
        ...of,
        platform,
        only: 'platform',
        sums: { posts: 1n, measured_posts: measured(platform) },
      })),
    ];
  });
}

/** What publishing is taken to have cost, but for what a person edited or deleted since. */
export function estimateLines(facts: RawFacts): Map<string, string> {
  const touched = new Set(
    facts.entries.filter((one) => isEstimate(one) && (one.edited || one.deleted)).map(estimateKey),
  );
  const lines = publications(facts).flatMap((one): [string, string][] => {
    const key = estimateKey(one);
    const line = touched.has(key) ? undefined : estimateLine(facts, one);
    return line === undefined ? [] : [[key, line]];
  });
  return new Map(lines);
}

function estimateLine(
  { baselines }: RawFacts,
  publication: ReturnType<typeof publications>[number],
): string | undefined {
  const { date, platforms, contentType, campaignId, minutes } = publication;
  const assumed = assumedOf(baselines, contentType ?? '', date);
  const seconds = minutes === null ? assumed?.actual : Math.round(Number(minutes) * 60);
  if (seconds === undefined) return undefined;
  const platform = platforms.length === 1 ? platforms[0] : null;
  const baseline = assumed?.baseline ?? null;
  return JSON.stringify([date, seconds, baseline, platform, contentType, campaignId]);
}

/** What is assumed of a content type on a date, else of all that have nothing of their own. */
function assumedOf(
  baselines: RawFacts['baselines'],
  contentType: string,
  date: string,
): RawFacts['baselines'][number] | undefined {
  const inForce = (type: string) =>
    baselines
      .filter((row) => row.contentType === type && row.from <= date)
      .toSorted((a, b) => (a.from < b.from ? 1 : -1))[0];
  return inForce(contentType) ?? inForce('');
}

/** The estimates that are there, in the model's words. */
export function keptEstimates(facts: RawFacts): Map<string, string> {
  return new Map(
    facts.entries
      .filter((one) => isEstimate(one) && !one.edited && !one.deleted)
      .map((one) => [
        estimateKey(one),
        JSON.stringify([
          one.date,
          one.seconds,
          one.baseline,
          one.platform,
          one.contentType,
          one.campaignId,
        ]),
      ]),
  );
}

function isEstimate({ source }: RawEntry): boolean {
  return source === 'estimated';
}

function estimateKey(one: {
  readonly clientId: string;
  readonly postId: string | null;
  readonly occurrence: string | null;
}): string {
  return [one.clientId, one.postId, one.occurrence].join('\n');
}
