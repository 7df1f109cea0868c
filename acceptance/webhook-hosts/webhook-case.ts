import { isFields, textOf, type Fields } from '../compare.ts';
import type { Target } from '../rest.ts';
import { openRun, type CaseRun } from './case-run.ts';
import { holdGiven, postsIn } from './given-holds.ts';
import { weekKey } from './week-key.ts';
import { openWebhookWorld, type WebhookWorld, type WeekCount } from './world.ts';

/** What a case came to, in the words of its `expect`. */
export type CaseAnswer = Fields;

/** Runs a case of a host that tells by webhook, by poll or through a gateway, and answers what it expects. */
export async function runWebhookCase(
  target: Target,
  file: Fields,
  found: Fields,
): Promise<CaseAnswer> {
  const expected = isFields(found['expect']) ? found['expect'] : {};
  const steps = Array.isArray(found['steps']) ? found['steps'].filter(isFields) : [];
  const posts = postsIn(found);
  const accounts = [...new Set(posts.flatMap(({ account }) => account ?? []))];
  const fixtures = isFields(file['fixtures']) ? file['fixtures'] : {};
  const world = await openWebhookWorld(target, { fixtures, found, accounts });
  await holdGiven(world.hooks, {
    found,
    expected,
    clientId: ({ account }) => account ?? world.main.id,
  });
  const { run, perform } = await openRun(world, found, textOf(found['host']));
  const before = await world.counts();
  const heldPerStep: number[] = [];
  for (const step of steps) {
    // oxlint-disable-next-line no-await-in-loop -- the steps of a story
    await perform(step);
    // oxlint-disable-next-line no-await-in-loop -- as it stands after this step
    if ('holdsPerStep' in expected) heldPerStep.push(total(await world.counts(), 'held'));
  }
  return answer({ world, run, before, after: await world.counts(), heldPerStep, found, expected });
}

interface Ran {
  readonly world: WebhookWorld;
  readonly run: CaseRun;
  readonly before: readonly WeekCount[];
  readonly after: readonly WeekCount[];
  readonly heldPerStep: readonly number[];
  readonly found: Fields;
  readonly expected: Fields;
}

function answer(ran: Ran): CaseAnswer {
  const { run, before, after, expected, heldPerStep } = ran;
  const usedDelta = total(after, 'used') - total(before, 'used');
  const heldDelta = total(after, 'held') - total(before, 'held');
  const { flags } = run.receiver.status();
  const names = Object.keys(flags);
  const ask = run.recorder.asks[0];
  const asked = [...run.notes].findLast(({ flag }) => flag === 'allowed' || flag === 'denied');
  return {
    status: run.statuses.at(-1),
    statuses: run.statuses,
    usage: usageAnswer(ran, usedDelta),
    usageDelta: usedDelta,
    usedAfter: total(after, 'used') + total(after, 'held'),
    holds: Array.isArray(expected['holds']) ? postsThat(run, 'held') : total(after, 'held'),
    holdsDelta: heldDelta,
    holdsAfter: total(after, 'held'),
    holdsPerStep: heldPerStep,
    released: releasedAnswer(ran),
    week: weeksOf(after, before)[0],
    decision: asked?.flag === 'denied' ? 'deny' : 'allow',
    scheduledAt: withoutMillis(ask?.scheduledAt),
    placements: usedDelta + heldDelta,
    holdWeekBefore: ask?.queue === true ? 'provisional' : weekOfAsk(ran),
    holdWeekAfter: heldWeeks(after)[0],
    log: names[0],
    flags: names,
    audit: names,
    client: clientAnswer(ran),
    confirmByRead: run.reads.length > 0,
    map: Object.fromEntries(run.states),
  };
}

function total(counts: readonly WeekCount[], what: 'used' | 'held'): number {
  return counts
    .filter(({ platform }) => platform === null)
    .reduce((sum, count) => sum + count[what], 0);
}

function byPlatform(counts: readonly WeekCount[], what: 'used' | 'held'): Map<string, number> {
  const sums = new Map<string, number>();
  for (const count of counts) {
    if (count.platform === null) continue;
    sums.set(count.platform, (sums.get(count.platform) ?? 0) + count[what]);
  }
  return sums;
}

// The words of the case decide what is meant: ids, platforms, or clients with their placements.
function usageAnswer(ran: Ran, usedDelta: number): unknown {
  const { run, before, after, expected } = ran;
  const first: unknown = Array.isArray(expected['usage']) ? expected['usage'][0] : undefined;
  if (typeof first === 'string') return postsThat(run, 'used');
  if (isFields(first) && 'platform' in first) {
    const was = byPlatform(before, 'used');
    return [...byPlatform(after, 'used')].flatMap(([platform, used]) => {
      const posts = used - (was.get(platform) ?? 0);
      return posts > 0 ? [{ platform, posts }] : [];
    });
  }
  const content = postsThat(run, 'used').length;
  const client = clientAnswer(ran);
  return [{ client, placements: usedDelta, posts: usedDelta, content }];
}

function releasedAnswer({ before, after, expected }: Ran): unknown {
  const count = (): number =>
    total(before, 'held') - total(after, 'held') - (total(after, 'used') - total(before, 'used'));
  if (!Array.isArray(expected['released'])) return count();
  const [heldBefore, heldAfter] = [byPlatform(before, 'held'), byPlatform(after, 'held')];
  const [usedBefore, usedAfter] = [byPlatform(before, 'used'), byPlatform(after, 'used')];
  return [...heldBefore].flatMap(([platform, held]) => {
    const left = held - (heldAfter.get(platform) ?? 0);
    const used = (usedAfter.get(platform) ?? 0) - (usedBefore.get(platform) ?? 0);
    return left - used > 0 ? [{ platform }] : [];
  });
}

function postsThat({ recorder }: CaseRun, what: 'held' | 'used'): string[] {
  return [...recorder.posts].flatMap(([id, state]) => (state === what ? [id] : []));
}

/** What the payload calls the client that was charged: the field that has its id, or the workspace of the address. */
function clientAnswer({ run, world, found }: Ran): string {
  const [client] = run.recorder.clients;
  if (client === undefined || client === world.main.id) return 'workspace';
  // A raw body is text within the text.
  const steps = JSON.stringify(found['steps'] ?? []).replaceAll(/[\\\s]/gu, '');
  const field = ['refId', 'teamId', 'workspace_uuid', 'profileId'].find((name) =>
    steps.includes(`"${name}":${JSON.stringify(client)}`),
  );
  return field ?? client;
}

function weeksOf(after: readonly WeekCount[], before: readonly WeekCount[]): string[] {
  return after
    .filter(({ platform }) => platform === null)
    .filter((count) => {
      const was = before.find(
        (one) =>
          one.clientId === count.clientId && one.week === count.week && one.platform === null,
      );
      const { used, held } = was ?? { used: 0, held: 0 };
      return count.used + count.held > used + held || count.used > used;
    })
    .map(({ week }) => week);
}

function heldWeeks(counts: readonly WeekCount[]): string[] {
  return counts
    .filter(({ platform, held }) => platform === null && held > 0)
    .map(({ week }) => week);
}

function weekOfAsk({ run, world }: Ran): string | undefined {
  const at = run.recorder.asks[0]?.scheduledAt;
  return at === undefined ? undefined : weekKey(new Date(at).getTime(), world.main.timeZone);
}

function withoutMillis(at: Date | string | undefined): string | undefined {
  return at === undefined ? undefined : new Date(at).toISOString().replace('.000Z', 'Z');
}
