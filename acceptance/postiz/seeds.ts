import { isFields, textOf, type Fields } from '../compare.ts';
import { weekKey } from '../webhook-hosts/week-key.ts';
import { send } from './send.ts';
import { fieldsAt, listAt, useWeek, type PostizWorld, type Variation } from './world.ts';

/** A post that is there when a case begins. */
interface Seed {
  readonly id: string;
  readonly channelId: string;
  readonly date: string;
  readonly type: 'schedule' | 'draft';
  readonly every: number | undefined;
  readonly isPublished: boolean;
}

/** Parts of `given` that say how the world is, and are read where it is made. */
const READ_ELSEWHERE = [
  'client',
  'limit',
  'limitBytes',
  'limitItems',
  'onUnavailable',
  'assistants',
  'unassigned',
  'unassignedChannels',
  'unassignedPolicy',
  'apiLimit',
  'API_LIMIT',
  // Fixed by the product: a failure keeps its hold for so long.
  'errorGraceMinutes',
];
const SEEDS = [
  'knownHold',
  'knownHolds',
  'knownDraft',
  'knownDrafts',
  'knownPublished',
  'knownPost',
];
const AMOUNTS = ['used', 'usedBytes', 'usedItems', 'provider', 'secret'];
const ZONE_DATE = '2026-03-04T10:00:00.000Z';

/** Makes what a case takes for given: posts through the gateway, then what else is used. */
export async function seed(world: PostizWorld, found: Fields, variation: Variation): Promise<void> {
  const given = fieldsAt(found, 'given');
  const known = [...READ_ELSEWHERE, ...SEEDS, ...AMOUNTS];
  const unknown = Object.keys(given).filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new Error(`given: ${unknown.join(', ')}: cannot be set up`);
  const seeds = seedsIn(world, found);
  for (const one of seeds) {
    // oxlint-disable-next-line no-await-in-loop -- in order
    await make(world, one);
  }
  await useUp(world, given, seeds);
  for (const week of variation.fullWeeks) {
    // oxlint-disable-next-line no-await-in-loop -- few
    await useWeek(world, world.main.key, { week, posts: 50 });
  }
  await setLevel(world, 'storage_bytes', given['usedBytes']);
  await setLevel(world, 'library_items', given['usedItems']);
  setProvider(world, found, given['provider']);
}

function seedsIn(world: PostizWorld, found: Fields): Seed[] {
  const given = fieldsAt(found, 'given');
  const seeds = SEEDS.flatMap((name) => {
    const value = given[name];
    const all: readonly unknown[] = Array.isArray(value)
      ? value
      : value === undefined
        ? []
        : [value];
    return all.map((one) => seedOf(world, found, { name, value: one }));
  });
  return [...seeds, ...releasedIn(world, found, seeds)];
}

function seedOf(
  world: PostizWorld,
  found: Fields,
  of: { readonly name: string; readonly value: unknown },
): Seed {
  const told = isFields(of.value) ? of.value : { id: of.value };
  const id = textOf(firstOf(told['id'], told['postId']));
  const row = rowAbout(found, id);
  const own = channelOfMain(world);
  const every = firstOf(told['intervalInDays'], told['everyDays'], row['intervalInDays']);
  const isDraft = of.name.startsWith('knownDraft') || told['state'] === 'DRAFT';
  return {
    id,
    channelId: textOf(firstOf(told['integration'], told['channelId'], row['channelId'], own)),
    date: textOf(firstOf(told['publishDate'], told['date'], row['publishDate'], ZONE_DATE)),
    type: isDraft ? 'draft' : 'schedule',
    every: typeof every === 'number' ? every : undefined,
    isPublished: of.name === 'knownPublished' || told['state'] === 'PUBLISHED',
  };
}

function firstOf(...values: readonly unknown[]): unknown {
  return values.find((value) => value !== undefined && value !== null);
}

/** Posts that the case expects to be released, and says nothing of: they are held at its start. */
function releasedIn(world: PostizWorld, found: Fields, seeds: readonly Seed[]): Seed[] {
  const expected = fieldsAt(found, 'expect');
  const names = ['released', 'holdReleased', 'holdsReleased'];
  const ids = names.flatMap((name) => {
    const value = expected[name];
    const all: readonly unknown[] = Array.isArray(value) ? value : [value];
    return all.flatMap((one) =>
      typeof one === 'string' ? [one] : isFields(one) ? [textOf(one['id'] ?? one['postId'])] : [],
    );
  });
  const isCounted = typeof expected['released'] === 'number' || expected['holdReleased'] === true;
  const deleted = isCounted || Number(expected['holdsDelta'] ?? 0) < 0 ? idsDeleted(found) : [];
  return [...new Set([...ids, ...deleted])]
    .filter((id) => id !== '' && !seeds.some((one) => one.id === id))
    .map((id) => seedOf(world, found, { name: 'knownHold', value: id }));
}

function idsDeleted(found: Fields): string[] {
  return listAt(found, 'steps').flatMap((step) => {
    const { method, path } = fieldsAt(step, 'request');
    const id = /\/posts\/([^/?]+)$/u.exec(textOf(path))?.[1];
    return method === 'DELETE' && id !== undefined ? [id] : [];
  });
}

/** What the steps of a case say of a post: its channel and its time. */
function rowAbout(found: Fields, id: string): Fields {
  for (const step of listAt(found, 'steps').flatMap(flattened)) {
    const request = fieldsAt(step, 'request');
    const body = request['body'];
    const items: readonly unknown[] = Array.isArray(body) ? body : [];
    const rows = [...items, ...listAt(fieldsAt(fieldsAt(step, 'reply'), 'body'), 'posts')];
    const row = rows.filter(isFields).find((one) => one['id'] === id);
    if (row) return { ...row, channelId: fieldsAt(row, 'integration')['id'] };
    const create = isFields(body) ? body : {};
    const item = listAt(create, 'posts').find((one) => listAt(one, 'value')[0]?.['id'] === id);
    if (item)
      return { channelId: fieldsAt(item, 'integration')['id'], publishDate: create['date'] };
  }
  return {};
}

function flattened(step: Fields): readonly Fields[] {
  const then = isFields(step['then']) ? [step['then']] : [];
  return [step, ...then, ...listAt(step, 'parallel')];
}

async function make(world: PostizWorld, one: Seed): Promise<void> {
  world.sim.nextIds([one.id]);
  const body = {
    type: one.type,
    date: one.date,
    shortLink: false,
    tags: [],
    ...(one.every !== undefined && { inter: one.every }),
    posts: [{ integration: { id: one.channelId }, value: [{ content: 'Hello', image: [] }] }],
  };
  const request = {
    method: 'POST',
    path: '/public/v1/posts',
    headers: { Authorization: '<api-key>' },
    body,
  };
  const { status } = await send(world, request);
  if (status !== 201) throw new Error(`given: ${one.id} was answered ${status}`);
  await world.service.desk.errands.idle();
  if (!one.isPublished) return;
  const row = world.sim.state.posts.get(one.id);
  if (!row) throw new Error(`given: ${one.id} is not there`);
  Object.assign(row, {
    state: 'PUBLISHED',
    releaseId: '1',
    releaseURL: 'https://x.com/acme/status/1',
  });
  await world.service.polls.all();
}

/** What is used counts what is held: the rest of it is published. */
async function useUp(world: PostizWorld, given: Fields, seeds: readonly Seed[]): Promise<void> {
  const { key, timeZone } = world.main;
  for (const [week, total] of Object.entries(fieldsAt(given, 'used'))) {
    const held = seeds.filter(
      ({ type, date }) => type === 'schedule' && weekKey(Date.parse(date), timeZone) === week,
    );
    const posts = Math.max(0, Number(total) - held.length);
    // oxlint-disable-next-line no-await-in-loop -- few
    await useWeek(world, key, { week, posts });
  }
}

async function setLevel(world: PostizWorld, meter: string, level: unknown): Promise<void> {
  if (typeof level !== 'number') return;
  const path = `/api/clients/${encodeURIComponent(world.main.key)}/service-tier/usage`;
  const body = { meter, quantity: level, idempotencyKey: `given-${meter}` };
  await world.agency({ method: 'PUT', path, body });
}

/** A case may say that the channel it asks figures of is of another network. */
function setProvider(world: PostizWorld, found: Fields, provider: unknown): void {
  if (typeof provider !== 'string') return;
  for (const step of listAt(found, 'steps')) {
    const path = textOf(fieldsAt(step, 'request')['path']);
    const id = /\/analytics\/(?:post\/)?([^/?]+)/u.exec(path)?.[1];
    const channel = world.sim.state.channels.get(id ?? '');
    if (channel) channel.identifier = provider;
  }
}

function channelOfMain(world: PostizWorld): string {
  const { customerId } = world.main;
  const own = [...world.sim.state.channels.values()].find((one) => one.customerId === customerId);
  return own?.id ?? '';
}
