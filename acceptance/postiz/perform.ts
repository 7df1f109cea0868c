import type { Collected } from '@retainer/host/postiz';
import type { SimPost } from '@retainer/host/postiz-sim';

import { isFields, textOf, type Fields } from '../compare.ts';
import { send, type Answer } from './send.ts';
import { fieldsAt, listAt, type PostizWorld } from './world.ts';

/** What the steps of a case brought, one after the other. */
export interface Story {
  /** The answers of gateway and webhook endpoint, those of parallel steps in their order. */
  readonly answers: (Answer & { readonly via: string; readonly upstream: unknown })[];
  readonly collected: Collected[];
  readonly sideEffects: Set<string>;
  /** What Postiz was scripted to list last. */
  listing: Fields[] | undefined;
  /** How many polls did not go through. */
  failedPolls: number;
}

/** Does one step of a case. */
export async function perform(world: PostizWorld, story: Story, step: Fields): Promise<void> {
  const parallel = listAt(step, 'parallel');
  if (parallel.length > 0) {
    const answers = await Promise.all(parallel.map((one) => throughGateway(world, one)));
    story.answers.push(...answers);
    return settle(world);
  }
  if (typeof step['at'] === 'string') setClock(world, step['at']);
  switch (step['via']) {
    case 'gateway':
      story.answers.push(await throughGateway(world, step));
      return settle(world);
    case 'poll':
      return poll(world, story, step);
    case 'webhook':
      return webhook(world, story, step);
    case 'normalise':
    case 'clock':
      return;
    default:
      throw new Error(`a step by ${textOf(step['via'])} is not one of Postiz's`);
  }
}

function setClock(world: PostizWorld, at: string): void {
  world.clock.now = Date.parse(at);
  world.sim.state.now = world.clock.now;
}

async function settle(world: PostizWorld): Promise<void> {
  if (!(await world.service.desk.errands.idle())) throw new Error('Retainer could not be told');
}

async function throughGateway(world: PostizWorld, step: Fields): Promise<Story['answers'][number]> {
  const request = fieldsAt(step, 'request');
  const upstream = step['upstreamReply'];
  prepare(world, request, upstream);
  const answer = await send(world, request);
  world.sim.faults(undefined);
  return { ...answer, via: 'gateway', upstream: isFields(upstream) ? upstream['body'] : undefined };
}

/** Makes Postiz answer as the case says: by its own rules with these ids, or word by word. */
function prepare(world: PostizWorld, request: Fields, upstream: unknown): void {
  const { sim } = world;
  if (upstream === undefined) return;
  const { status, body } = isFields(upstream) ? upstream : {};
  if (typeof status !== 'number' || status === 0) {
    // It took the request and never answered.
    sim.faults((call) => (call.method === 'GET' ? undefined : 'unanswered'));
    return;
  }
  if (status < 300 && doesItself(world, request, body)) return;
  const served = isFields(body) ? servedHere(world, body) : body;
  sim.script({ method: textOf(request['method']), path: /./u, reply: { status, body: served } });
}

/** What the sim answers by its own rules: deletions, and create calls once it is told which ids to take. */
function doesItself({ sim }: PostizWorld, request: Fields, body: unknown): boolean {
  const made = Array.isArray(body) ? body.filter(isFields) : [];
  if (made.length > 0) sim.nextIds(idsByRow(request, made));
  return made.length > 0 || request['method'] === 'DELETE';
}

/** Ids for all the rows of a create call: the parts of a thread get some of their own. */
function idsByRow(request: Fields, made: readonly Fields[]): string[] {
  const posts = listAt(fieldsAt(request, 'body'), 'posts');
  return posts.flatMap((post, index) =>
    listAt(post, 'value')
      .filter((value) => value['id'] === undefined)
      .map((_, part) => {
        const root = textOf(made[index]?.['postId']);
        return part === 0 ? root : `${root}-part-${part}`;
      }),
  );
}

/** An address that can be reached from here, with a file of a known size behind it. */
function servedHere({ sim }: PostizWorld, body: Fields): Fields {
  if (typeof body['path'] !== 'string' || typeof body['id'] !== 'string') return body;
  const { id } = body;
  const path = `${sim.url}/uploads/${id}.png`;
  sim.state.media.set(id, {
    id,
    name: 'img.png',
    originalName: 'upload.png',
    path,
    bytes: MEDIA_BYTES,
  });
  return { ...body, path };
}

/** The size of every file that a case uploads by its address. */
export const MEDIA_BYTES = 4_000_000;

async function poll(world: PostizWorld, story: Story, step: Fields): Promise<void> {
  const url = new URL(textOf(fieldsAt(step, 'request')['path']), 'http://case');
  const reply = fieldsAt(step, 'reply');
  const { body } = reply;
  const figures = /\/analytics\/(post\/)?([^/]+)$/u.exec(url.pathname);
  if (figures) {
    const days = Number(url.searchParams.get('date') ?? 30);
    return collect(world, story, { figures, days, body });
  }
  if (url.pathname.endsWith('/integrations')) {
    takeChannels(world, Array.isArray(body) ? body.filter(isFields) : []);
    return world.service.desk.channels.refresh();
  }
  if (!url.pathname.endsWith('/posts')) throw new Error(`a poll of ${url.pathname} is not known`);
  if (Object.keys(reply).length > 0) scriptList(world, story, reply);
  await pollPosts(world, story, url);
}

function scriptList({ sim }: PostizWorld, story: Story, { status, body }: Fields): void {
  story.listing = isFields(body) ? [...listAt(body, 'posts')] : undefined;
  const reply = { status: Number(status ?? 200), body };
  sim.script({ method: 'GET', path: /\/posts$/u, reply, times: Infinity });
}

async function pollPosts(world: PostizWorld, story: Story, url: URL): Promise<void> {
  const { polls } = world.service;
  const from = Date.parse(url.searchParams.get('startDate') ?? '');
  const to = Date.parse(url.searchParams.get('endDate') ?? '');
  try {
    const { isDone } = await (Number.isNaN(from + to) ? polls.now() : polls.within({ from, to }));
    if (!isDone) story.failedPolls += 1;
  } catch {
    story.failedPolls += 1;
  }
  await settle(world);
}

async function collect(
  world: PostizWorld,
  story: Story,
  of: { readonly figures: RegExpExecArray; readonly days: number; readonly body: unknown },
): Promise<void> {
  const { service, sim } = world;
  const [, isPost, id = ''] = of.figures;
  sim.script({ method: 'GET', path: /\/analytics\//u, reply: { status: 200, body: of.body } });
  await service.desk.channels.refresh();
  if (isPost !== undefined) {
    const post = service.desk.memory.posts.get(id);
    if (!post || post.clientId === null) throw new Error(`nothing is known of the post ${id}`);
    story.collected.push(await service.metrics.post({ ...post, clientId: post.clientId }, of.days));
    return;
  }
  const channel = service.desk.channels.find(id);
  if (!channel) throw new Error(`Postiz lists no channel ${id}`);
  story.collected.push(await service.metrics.channel(channel, of.days));
}

function takeChannels({ sim }: PostizWorld, rows: readonly Fields[]): void {
  for (const row of rows) {
    const channel = sim.state.channels.get(textOf(row['id']));
    if (!channel) continue;
    const customer = row['customer'];
    channel.customerId = isFields(customer) ? textOf(customer['id']) : undefined;
    channel.disabled = row['disabled'] === true;
  }
}

async function webhook(world: PostizWorld, story: Story, step: Fields): Promise<void> {
  const { service, sim } = world;
  const request = fieldsAt(step, 'request');
  const then = fieldsAt(step, 'then');
  const items: readonly unknown[] = Array.isArray(request['body']) ? request['body'] : [];
  const before = service.polls.isDue();
  const answer = await send(world, request);
  story.answers.push({ ...answer, via: 'webhook', upstream: undefined });
  if (before || !service.polls.isDue()) return;
  story.sideEffects.add('poll_soon');
  if (then['via'] === 'poll') return perform(world, story, then);
  // A read that is not scripted confirms what the webhook said.
  for (const item of items.filter(isFields)) confirm(world, story, item);
  if (story.listing) {
    const reply = { status: 200, body: { posts: story.listing } };
    sim.script({ method: 'GET', path: /\/posts$/u, reply, times: Infinity });
  }
  await service.polls.now();
  await settle(world);
}

function confirm(world: PostizWorld, story: Story, item: Fields): void {
  const { sim } = world;
  const id = textOf(item['id']);
  const channelId = textOf(fieldsAt(item, 'integration')['id']);
  if (!sim.state.channels.has(channelId)) return;
  const known = sim.state.posts.get(id);
  const row: SimPost = {
    group: `group-of-${id}`,
    parentPostId: undefined,
    releaseId: null,
    settings: {},
    image: [],
    creationMethod: 'API',
    intervalInDays: null,
    deleted: false,
    dueAt: undefined,
    runs: 1,
    tries: 0,
    ...known,
    id,
    state: item['state'] === 'PUBLISHED' ? 'PUBLISHED' : 'QUEUE',
    publishDate: Date.parse(textOf(item['publishDate'])),
    channelId,
    content: textOf(item['content']),
    releaseURL: typeof item['releaseURL'] === 'string' ? item['releaseURL'] : null,
  };
  sim.state.posts.set(id, row);
  if (!story.listing) return;
  story.listing = [...story.listing.filter((one) => one['id'] !== id), { ...item, releaseId: '1' }];
}
