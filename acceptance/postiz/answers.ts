import type { HookOutcome } from '@retainer/host';
import { normalisePlatform, type PostRecord } from '@retainer/host/postiz';

import { isFields, textOf, type Fields } from '../compare.ts';
import { weekKey } from '../webhook-hosts/week-key.ts';
import { FIGURE_ANSWERS } from './figure-answers.ts';
import { PROBES } from './probes.ts';
import { heldIn, keyOf, type Answer, type Ran } from './ran.ts';
import { listAt, type WeekCount } from './world.ts';

/** Every field of `expect` that can be checked. */
export const ANSWERS: Readonly<Record<string, Answer>> = {
  decision: (ran) => decisionOf(ran),
  status: ({ story }) => story.answers.at(-1)?.status,
  statuses: ({ story }) => story.answers.map(({ status }) => status),
  body: ({ story }) => story.answers.at(-1)?.body,
  reply: ({ story }) => story.answers.at(-1)?.body,
  replyBody: ({ story }) => story.answers.at(-1)?.body,
  denyBody: ({ story }) => story.answers.at(-1)?.body,
  message: messageLike,
  messageContains: messageLike,
  messageIncludes: messageLike,
  replyPassedThrough: ({ story }) => isPassedThrough(story.answers.at(-1)),
  allowed: ({ story }) => story.answers.filter(({ status }) => status < 300).length,
  denied: ({ story }) => story.answers.filter(({ status }) => isDenial(status)).length,
  reason: ({ world }) => world.recorder.denials().at(-1)?.reasons[0]?.code,
  reasons: ({ world }) =>
    world.recorder
      .denials()
      .at(-1)
      ?.reasons.map(({ code }) => code),
  limit: ({ world }) => limitName(world.recorder.denials().at(-1)?.reasons[0]),
  violations: (ran) => violationsOf(ran),
  usageDelta: (ran) => usedIn(ran.after) - usedIn(ran.before),
  usedAfter: (ran) => usedIn(ran.after) + heldIn(ran.after),
  usedDelta: (ran) => usedIn(ran.after) - usedIn(ran.before),
  holdsAfter: (ran) => heldIn(ran.after),
  holdsBefore: (ran) => heldIn(ran.before),
  holdsDelta: (ran) => heldIn(ran.after) - heldIn(ran.before),
  holdsPerStep: (ran) => ran.heldPerStep,
  holdReleased: (ran) =>
    takenIn(ran.after) < takenIn(ran.before) && heldIn(ran.after) < heldIn(ran.before),
  released: releasedLike,
  holdWeek: (ran) => gained(ran, 'held')[0]?.week ?? heldWeeks(ran)[0],
  holdWeeks: (ran) => heldWeeks(ran),
  week: (ran) => weeksGained(ran)[0],
  weeks: (ran) => weeksGained(ran),
  chargedWeek: (ran) => weeksGained(ran)[0],
  client: (ran) => clientsGained(ran)[0],
  clients: (ran) => clientsGained(ran),
  usage: usageLike,
  placements: (ran) => takenIn(ran.after) - takenIn(ran.before),
  occurrences: (ran) => takenIn(ran.after) - takenIn(ran.before),
  childRowsCounted: (ran) => takenIn(ran.after) - takenIn(ran.before) - rootsMade(ran),
  contentKeys: (ran) =>
    new Set(madePosts(ran).map((post) => post.reservationId ?? post.postId)).size,
  distinctHostGroups: ({ story }) => new Set((story.listing ?? []).map((row) => row['group'])).size,
  adopted: adoptedLike,
  ignored: (ran) => ignoredOf(ran),
  flags: flagsLike,
  alerts: flagsLike,
  audit: flagsLike,
  warnings: warningsLike,
  sideEffects: ({ story }) => [...story.sideEffects],
  hostWrites: (ran) => writesOf(ran).length,
  upstreamCalls: upstreamLike,
  upstreamPosts: (ran) => writesOf(ran).filter(({ method }) => method === 'POST').length,
  upstreamCreates: (ran) => writesOf(ran).filter(({ method }) => method === 'POST').length,
  retries: (ran) => Math.max(0, writesOf(ran).length - ran.story.answers.length),
  output: ({ found }) => normalised(found),
  libraryItems: ({ world }) => world.meter('library_items'),
  storageBytes: ({ world }) => world.meter('storage_bytes'),
  usedBytes: ({ world }) => world.meter('storage_bytes'),
  mediaReferences: (ran) => mediaReferences(ran),
  ...FIGURE_ANSWERS,
  ...PROBES,
};

function usedIn(counts: readonly WeekCount[]): number {
  return counts.reduce((sum, { used }) => sum + used, 0);
}

function takenIn(counts: readonly WeekCount[]): number {
  return usedIn(counts) + heldIn(counts);
}

function isDenial(status: number): boolean {
  return status === 402 || status === 413;
}

// A 402 of Postiz's own is an answer that was passed through: then nothing was denied here.
function decisionOf({ world, story, start }: Ran): string | undefined {
  if (story.answers.length === 0) return undefined;
  const told = world.recorder.told.slice(start.told);
  const isDenied = told.some(
    ({ outcome }) =>
      outcome?.ok && 'decision' in outcome.answer && outcome.answer.decision === 'deny',
  );
  const last = story.answers.at(-1);
  return last && (isDenial(last.status) || (isDenied && last.status >= 400)) ? 'deny' : 'allow';
}

function messageLike({ story }: Ran, expected: unknown): unknown {
  const body = story.answers.at(-1)?.body;
  const message = isFields(body) ? textOf(body['message']) : '';
  const wanted: readonly unknown[] = Array.isArray(expected) ? expected : [expected];
  return wanted.every((one) => message.includes(textOf(one))) ? expected : message;
}

function isPassedThrough(answer: Ran['story']['answers'][number] | undefined): boolean {
  return answer !== undefined && JSON.stringify(answer.body) === JSON.stringify(answer.upstream);
}

const LIMITS: Readonly<Record<string, string>> = {
  posts: 'postsPerWeek',
  storage_bytes: 'storageBytes',
  library_items: 'libraryItems',
};

function limitName(
  reason: { readonly code: string; readonly meter: string } | undefined,
): string | undefined {
  if (!reason) return undefined;
  return reason.code.startsWith('platform') ? 'platforms' : LIMITS[reason.meter];
}

function violationsOf({ world }: Ran): unknown {
  const { told } = world.recorder;
  return told.flatMap(({ event, outcome }) =>
    outcome?.ok && 'decision' in outcome.answer && outcome.answer.decision === 'deny'
      ? outcome.answer.reasons.map((reason) => ({
          clientId: event.clientWorkspaceId,
          client: event.clientWorkspaceId,
          limit: limitName(reason),
          used: reason.used + reason.held,
          max: reason.limit,
        }))
      : [],
  );
}

function releasedLike(ran: Ran, expected: unknown): unknown {
  const released = takenIn(ran.before) - takenIn(ran.after);
  if (typeof expected === 'number') return released;
  const wanted: readonly unknown[] = Array.isArray(expected) ? expected : [];
  const ids = wanted.map((one) => textOf(isFields(one) ? (one['id'] ?? one['postId']) : one));
  const gone = ids.filter((id) => {
    const told = ran.world.service.desk.memory.posts.get(id)?.told;
    return told === 'deleted' || told === 'failed' || told === 'draft';
  });
  return gone.length === ids.length && released === ids.length ? expected : gone;
}

/** What grew, by client and week. */
function gained(
  ran: Ran,
  what: 'used' | 'held',
): { client: string; week: string; posts: number }[] {
  return ran.after.flatMap(({ client, week, ...now }) => {
    const was = ran.before.find((one) => one.client === client && one.week === week);
    const posts = now[what] - (was?.[what] ?? 0);
    return posts > 0 ? [{ client, week, posts }] : [];
  });
}

function weeksGained(ran: Ran): string[] {
  return [...gained(ran, 'used'), ...gained(ran, 'held')].map(({ week }) => week);
}

function clientsGained(ran: Ran): string[] {
  return [...gained(ran, 'used'), ...gained(ran, 'held')].map(({ client }) => client);
}

function heldWeeks(ran: Ran): string[] {
  return ran.after.filter(({ held }) => held > 0).map(({ week }) => week);
}

/** Usage by post where the case names posts, else by client; in the order of the case. */
function usageLike(ran: Ran, expected: unknown): unknown {
  const wanted = Array.isArray(expected) ? expected.filter(isFields) : [];
  const byClient = gained(ran, 'used');
  if (!wanted.some((one) => 'postId' in one)) {
    const rows = byClient.map((row) => ({ ...row, placements: row.posts }));
    return inOrderOf(
      rows,
      wanted,
      (one, row) => one['client'] === row.client && (one['week'] ?? row.week) === row.week,
    );
  }
  const posts = countedPosts(ran);
  const sums = new Map<string, number>();
  for (const { client, week } of posts)
    sums.set(`${client} ${week}`, (sums.get(`${client} ${week}`) ?? 0) + 1);
  for (const { client, week, posts: used } of byClient) {
    const known = sums.get(`${client} ${week}`) ?? 0;
    if (known !== used)
      throw new Error(`${client} ${week}: ${used} are counted, ${known} are known`);
  }
  return inOrderOf(posts, wanted, (one, row) => one['postId'] === row.postId);
}

interface Counted {
  readonly client: string;
  readonly postId: string;
  readonly week: string;
  readonly posts: number;
}

function countedPosts({ world, start: begun }: Ran): Counted[] {
  return world.recorder.told.slice(begun.told).flatMap(({ event, outcome }) => {
    const start = event.type === 'postPublished' ? countedWeek(outcome) : undefined;
    if (event.type !== 'postPublished' || start === undefined) return [];
    const client = textOf(event.clientWorkspaceId);
    const zone = world.clients.find(({ key }) => key === client)?.timeZone ?? 'UTC';
    return [{ client, postId: event.postId, week: weekKey(start, zone), posts: 1 }];
  });
}

/** The week in which a report was counted, if it was the first of it. */
function countedWeek(outcome: HookOutcome | undefined): number | undefined {
  const answer = outcome?.ok && 'status' in outcome.answer ? outcome.answer : undefined;
  if (answer?.status !== 'committed' || answer.replayed || answer.window === null) return undefined;
  return Date.parse(answer.window.start);
}

function inOrderOf<T extends object>(
  rows: readonly T[],
  wanted: readonly Fields[],
  isSame: (one: Fields, row: T) => boolean,
): T[] {
  const first = wanted.flatMap((one) => rows.find((row) => isSame(one, row)) ?? []);
  return [...first, ...rows.filter((row) => !first.includes(row))];
}

/** Rows that the story's create calls made. */
function madePosts({ story, world }: Ran) {
  return story.answers.flatMap(({ body }) => {
    const rows: readonly unknown[] = Array.isArray(body) ? body : [];
    return rows
      .filter(isFields)
      .flatMap((row) => world.service.desk.memory.posts.get(textOf(row['postId'])) ?? []);
  });
}

function rootsMade(ran: Ran): number {
  return madePosts(ran).filter(({ told }) => told === 'scheduled' || told === 'published').length;
}

function adoptedLike(ran: Ran, expected: unknown): unknown {
  const wanted = Array.isArray(expected) ? expected : [];
  const rows = [...ran.world.service.desk.memory.posts.all()]
    .filter(({ told, isAsked }) => !isAsked && told !== 'draft' && told !== 'nothing')
    .map(adoptedRow);
  const held = rows.reduce((sum, { hold }) => sum + hold, 0);
  const delta = heldIn(ran.after) - heldIn(ran.before);
  if (held !== delta) throw new Error(`${held} posts are adopted and ${delta} are held`);
  return wanted.every((one) => typeof one === 'string') ? rows.map(({ id }) => id) : rows;
}

function adoptedRow({ postId: id, clientId: client, isAsked: checked, told }: PostRecord) {
  const hold = told === 'scheduled' || told === 'failing' ? 1 : 0;
  return { id, client, checked, hold, usage: told === 'published' ? 1 : 0 };
}

function ignoredOf({ world, story }: Ran): string[] {
  const told = new Set(
    world.recorder.told.flatMap(({ event }) => ('postId' in event ? [event.postId] : [])),
  );
  return (story.listing ?? []).map((row) => textOf(row['id'])).filter((id) => !told.has(id));
}

/** What is said of posts since the story began; of what is expected, that which is there. An empty list means none. */
function flagsLike(ran: Ran, expected: unknown): unknown {
  const said = flagsOf(ran);
  const wanted: readonly unknown[] = Array.isArray(expected) ? expected : [expected];
  const there = wanted.filter((one) => said.has(textOf(one)));
  if (!Array.isArray(expected)) return there[0];
  return there.length === wanted.length && wanted.length > 0 ? expected : [...said];
}

function flagsOf({ world, start }: Ran): ReadonlySet<string> {
  const { findings } = world.service.desk.memory;
  return new Set(
    [...findings.all()].filter((one) => !start.findings.has(keyOf(one))).map(({ flag }) => flag),
  );
}

function warningsLike(ran: Ran, expected: unknown): unknown {
  const wanted: readonly unknown[] = Array.isArray(expected) ? expected : [expected];
  const said = new Set([
    ...flagsOf(ran),
    ...ran.story.collected.flatMap(({ read }) => read.warnings),
  ]);
  const there = wanted.filter((one) => said.has(textOf(one)));
  return there.length === wanted.length ? expected : [...said];
}

function writesOf({
  world,
  start,
}: Ran): readonly { readonly method: string; readonly path: string }[] {
  return world.sim.calls
    .slice(start.calls)
    .filter(({ method }) => method !== 'GET' && method !== 'HEAD');
}

/** Numbers are counted; of a sentence, what it begins with is held to. */
function upstreamLike(ran: Ran, expected: unknown): unknown {
  const writes = writesOf(ran);
  if (typeof expected === 'string' && expected.startsWith('GET only')) {
    return writes.length === 0 ? expected : writes;
  }
  if (Array.isArray(expected)) return writes.map(({ method, path }) => `${method} ${path}`);
  return writes.length;
}

function normalised(found: Fields): string[] {
  return listAt(found, 'steps').flatMap((step) => {
    const input: readonly unknown[] = Array.isArray(step['input']) ? step['input'] : [];
    return input.map((one) => normalisePlatform(textOf(one), { host: 'postiz' }));
  });
}

/** Images in what Postiz was sent, channel by channel. */
function mediaReferences({ world, start }: Ran): number {
  return world.sim.calls.slice(start.calls).reduce((sum, { method, body }) => {
    const call: unknown = method === 'POST' && body !== '' ? JSON.parse(body) : {};
    const posts = isFields(call) ? listAt(call, 'posts') : [];
    const images = posts.flatMap((post) =>
      listAt(post, 'value').flatMap((value) => listAt(value, 'image')),
    );
    return sum + images.length;
  }, 0);
}
