import type { PostRecord } from '@retainer/host/postiz';

import { isFields, textOf, type Fields } from '../compare.ts';
import { weekKey } from '../webhook-hosts/week-key.ts';
import { MEDIA_BYTES } from './perform.ts';
import { heldIn, type Answer, type Ran } from './ran.ts';
import { send } from './send.ts';
import { fieldsAt, listAt } from './world.ts';

/** The fields of `expect` that are checked by asking the product once more, or in another world. */
export const PROBES: Readonly<Record<string, Answer>> = {
  holds: holdsLike,
  contentKeySource: (ran, expected) => contentKeySource(ran, expected),
  countIf: (ran) => countIf(ran),
  nextPostFor: (_ran, expected) => expected,
  chargedTo: (ran) => chargedTo(ran),
  whenNextWeekFree: (ran, expected) => nested(ran, {}, expected),
  whenNextWeekFull: (ran, expected) => nested(ran, { fullWeeks: [targetWeek(ran)] }, expected),
  whenFree: (ran, expected) => nested(ran, {}, expected),
  whenFull: (ran, expected) => nested(ran, { fullWeeks: [targetWeek(ran)] }, expected),
  observedAt: (ran, expected) => observedAt(ran, expected),
  afterwards: (ran, expected) => blocksOnceMeasured(ran, expected),
  note: (ran, expected) => countsOnUse(ran, expected),
};

/** Takes every held post away and sees what comes back: which client, which week, how many. */
async function holdsLike(ran: Ran, expected: unknown): Promise<unknown> {
  if (typeof expected === 'number') return heldIn(ran.after);
  const wanted: readonly unknown[] = Array.isArray(expected) ? expected : [];
  const rows: Released[] = [];
  for (const post of ran.world.service.desk.memory.posts.all()) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other, to see what each gives back
    rows.push(...(await takeAway(ran, post)));
  }
  const isIds = wanted.length > 0 && wanted.every((one) => typeof one === 'string');
  return isIds ? rows.map(({ postId }) => postId) : rows;
}

interface Released {
  readonly client: string;
  readonly postId: string;
  readonly week: string;
  readonly posts: number;
}

async function takeAway({ world }: Ran, post: PostRecord): Promise<Released[]> {
  const { clientId: client, postId } = post;
  if (client === null) return [];
  const before = heldIn(await world.counts());
  const answer = await world.hooks.postDeleted({ clientWorkspaceId: client, postId });
  const posts = before - heldIn(await world.counts());
  if (answer.status !== 'released' || answer.window === null || posts === 0) return [];
  const timeZone = world.clients.find(({ key }) => key === client)?.timeZone ?? 'UTC';
  return [{ client, postId, week: weekKey(Date.parse(answer.window.start), timeZone), posts }];
}

/** One hold for all that a call made, though Postiz puts each into a group of its own. */
function contentKeySource({ world, story }: Ran, expected: unknown): unknown {
  const posts = [...world.service.desk.memory.posts.all()];
  const holds = new Set(posts.map(({ reservationId }) => reservationId));
  const groups = new Set((story.listing ?? []).map((row) => row['group']));
  const isSo =
    posts.length > 1 && holds.size === 1 && !holds.has(undefined) && groups.size === posts.length;
  return isSo ? expected : { posts: posts.length, holds: holds.size, groups: groups.size };
}

async function countIf(ran: Ran): Promise<unknown> {
  const placement = await ran.elsewhere({ countBy: 'channel' }, { placements: 0 });
  const content = await ran.elsewhere({ countBy: 'post' }, { placements: 0 });
  return { placement: placement['placements'], content: content['placements'] };
}

async function nested(
  ran: Ran,
  variation: Parameters<Ran['elsewhere']>[0],
  expected: unknown,
): Promise<unknown> {
  return ran.elsewhere(variation, isFields(expected) ? expected : {});
}

/** The week that a step moves a post to. */
function targetWeek({ world, found }: Ran): string {
  const dates = listAt(found, 'steps').flatMap((step) => {
    const date = fieldsAt(fieldsAt(step, 'request'), 'body')['date'];
    return typeof date === 'string' ? [date] : [];
  });
  const date = dates.at(-1) ?? '';
  const at = Date.parse(/Z|[+-]\d\d:\d\d$/u.test(date) ? date : `${date}Z`);
  return weekKey(at, world.main.timeZone);
}

/** Schedules one more post on the channel that the case names, and sees whose week it takes. */
async function chargedTo(ran: Ran): Promise<unknown> {
  const { world, found } = ran;
  const channel = textOf(fieldsAt(found, 'expect')['nextPostFor']);
  const before = await world.counts();
  const { status } = await send(world, createCall(channel, {}));
  await world.service.desk.errands.idle();
  if (status !== 201) return `answered ${status}`;
  const after = await world.counts();
  return after.find(({ client, week, held }) => {
    const was = before.find((one) => one.client === client && one.week === week);
    return held > (was?.held ?? 0);
  })?.client;
}

/** The day on which the dashboard has the post as published is that of the poll that saw it. */
async function observedAt({ world }: Ran, expected: unknown): Promise<unknown> {
  const at = new Date(world.clock.now).toISOString().replace('.000Z', 'Z');
  const date = new Intl.DateTimeFormat('en-CA', {
    timeZone: world.main.timeZone,
    dateStyle: 'short',
  }).format(world.clock.now);
  const path = `/api/agency/${encodeURIComponent(world.agencyId)}/kpi-dashboard?startDate=${date}&endDate=${date}&comparePeriod=false`;
  // A day has figures once it is over.
  world.clock.now += 3 * 86_400_000;
  const dashboard = await world.agency({ method: 'GET', path });
  const posts = fieldsAt(
    fieldsAt(isFields(dashboard) ? dashboard : {}, 'contentVelocity'),
    'posts',
  )['current'];
  return Number(posts) === 1 ? at : { expected, at, postsOnThatDay: posts };
}

/** The file was measured by its address; counted for a client that it fills up, it blocks what comes next. */
async function blocksOnceMeasured(ran: Ran, expected: unknown): Promise<unknown> {
  const { world, start } = ran;
  const isMeasured = world.sim.calls.slice(start.calls).some(({ method }) => method === 'HEAD');
  const media = [...world.service.desk.memory.media.all()].at(-1);
  if (!isMeasured || media?.bytes !== MEDIA_BYTES) return { isMeasured, bytes: media?.bytes };
  await limitStorage(ran, MEDIA_BYTES - 1);
  await useMedia(ran, media.mediaId);
  const next = await send(world, uploadOf(world.main.key, 1_000));
  const flags = [...world.service.desk.memory.findings.all()].map(({ flag }) => flag);
  const isSo = next.status === 413 && flags.includes('over_limit_unchecked');
  return isSo ? expected : { next: next.status, flags };
}

/** Without a client an upload is let through and counted for nobody, until a client uses it in a post. */
async function countsOnUse(ran: Ran, expected: unknown): Promise<unknown> {
  const { world } = ran;
  const before = await world.meter('storage_bytes');
  const { status, body } = await send(world, uploadOf(undefined, 1_000));
  await world.service.desk.errands.idle();
  const unclaimed = await world.meter('storage_bytes');
  const id = isFields(body) ? textOf(body['id']) : '';
  await useMedia(ran, id);
  const used = await world.meter('storage_bytes');
  const isSo = status === 201 && unclaimed === before && used === before + 1_000;
  return isSo ? expected : { status, before, unclaimed, used };
}

async function useMedia({ world }: Ran, mediaId: string): Promise<void> {
  const channel = world.service.desk.channels
    .all()
    .find(({ clientId }) => clientId === world.main.key);
  const image = [{ id: mediaId, path: 'https://uploads.postiz.com/img.png' }];
  await send(world, createCall(channel?.id ?? '', { image }));
  await world.service.desk.errands.idle();
}

function createCall(channel: string, value: Fields): Fields {
  return {
    method: 'POST',
    path: '/public/v1/posts',
    headers: { Authorization: '<api-key>' },
    body: {
      type: 'schedule',
      date: '2026-03-18T10:00:00.000Z',
      shortLink: false,
      tags: [],
      posts: [
        { integration: { id: channel }, value: [{ content: 'One more', image: [], ...value }] },
      ],
    },
  };
}

function uploadOf(client: string | undefined, bytes: number): Fields {
  const head =
    '--b\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n';
  return {
    method: 'POST',
    path: '/public/v1/upload',
    headers: {
      Authorization: '<api-key>',
      'Content-Type': 'multipart/form-data; boundary=b',
      ...(client !== undefined && { 'X-Client-Id': client }),
    },
    rawBody: `${head}${'x'.repeat(bytes)}\r\n--b--\r\n`,
  };
}

async function limitStorage({ world }: Ran, limit: number): Promise<void> {
  const path = `/api/clients/${encodeURIComponent(world.main.key)}/service-tier/override`;
  const from = new Date(world.clock.now).toISOString();
  await world.agency({ method: 'POST', path, body: { meter: 'storage_bytes', limit, from } });
}
