import type { HookEvent } from '../calls/hook-bodies.ts';
import type { HookCalls } from '../calls/hook-calls.ts';
import { tellApart } from '../calls/tell-apart.ts';
import type { PlatformReading } from '../vocabulary/platforms.ts';
import { confirmPost } from './confirm-post.ts';
import { clientOf, type KnownEndpoint } from './endpoint.ts';
import { eventIdOfPost } from './event-id.ts';
import { tellPost } from './hook-events.ts';
import type { HostPost } from './host-post.ts';
import type { LoggedDelivery } from './log/delivery-log.ts';
import { postKey } from './post-key.ts';
import type { KnownPost } from './post-memory.ts';
import type { DeliveryNote, Tally } from './tally.ts';
import type { Unclaimed } from './unclaimed.ts';

/** What telling a delivery needs. */
export interface TellingContext {
  readonly hooks: Pick<HookCalls, 'events'>;
  readonly tally: Tally;
  readonly platforms: Omit<PlatformReading, 'host'>;
  /** What is known of a post, by its key. */
  readonly knownPost: (key: string) => KnownPost | undefined;
  readonly isSeen: (eventId: string) => boolean;
  readonly now: () => number;
  /** Holds of requests whose answer did not say what came of them. */
  readonly unclaimed: Unclaimed;
}

/** What is to be remembered once a delivery was told. */
export interface DeliveryOutcome {
  readonly eventIds: readonly string[];
  readonly known: Readonly<Record<string, KnownPost>>;
}

interface Plan {
  readonly events: HookEvent[];
  readonly eventIds: Set<string>;
  readonly known: Map<string, KnownPost>;
}

// Pinned by the API.
const MOST_EVENTS = 500;

/**
 * Tells Retainer what a delivery says: once for each event, none that is late, no publish that nobody vouches for.
 * Rejects when Retainer or the host cannot be asked now; telling again is safe, since every hook may be told twice.
 */
export async function tellDelivery(
  ctx: TellingContext,
  endpoint: KnownEndpoint,
  delivery: LoggedDelivery,
): Promise<DeliveryOutcome> {
  const plan: Plan = { events: [], eventIds: new Set(), known: new Map() };
  for (const post of inOrder(delivery.posts)) {
    // oxlint-disable-next-line no-await-in-loop -- each post sees what those before it changed
    await planPost(ctx, { endpoint, delivery, plan }, post);
  }
  for (let from = 0; from < plan.events.length; from += MOST_EVENTS) {
    // oxlint-disable-next-line no-await-in-loop -- in order
    await sendEvents(ctx, { endpoint, events: plan.events.slice(from, from + MOST_EVENTS) });
  }
  return { eventIds: [...plan.eventIds], known: Object.fromEntries(plan.known) };
}

/** Tells events to the agency of an endpoint, and notes those that Retainer did not take. */
export async function sendEvents(
  ctx: TellingContext,
  { endpoint, events }: { readonly endpoint: KnownEndpoint; readonly events: readonly HookEvent[] },
): Promise<void> {
  const { agencyWorkspaceId } = endpoint;
  const agency = agencyWorkspaceId === undefined ? {} : { agencyWorkspaceId };
  const results = await tellApart(
    events,
    async (some) => (await ctx.hooks.events({ ...agency, events: some })).results,
  );
  results.forEach((result, index) => {
    if (!result.ok) noteRefusal(ctx, endpoint, { event: events[index], error: result.error });
  });
}

/** The events of a list by their times, where all have one: a host may send them in any order. */
function inOrder(posts: readonly HostPost[]): readonly HostPost[] {
  if (posts.some(({ at }) => at === undefined)) return posts;
  return posts.toSorted((a, b) => Date.parse(a.at ?? '') - Date.parse(b.at ?? ''));
}

interface Telling {
  readonly endpoint: KnownEndpoint;
  readonly delivery: LoggedDelivery;
  readonly plan: Plan;
}

async function planPost(ctx: TellingContext, telling: Telling, told: HostPost): Promise<void> {
  const { endpoint, delivery, plan } = telling;
  const eventId = eventIdOfPost(endpoint.key, told);
  if (eventId !== undefined && (plan.eventIds.has(eventId) || ctx.isSeen(eventId))) {
    ctx.tally.count('duplicates');
    return;
  }
  const seen = await withKnownChannels(ctx, endpoint, told);
  if (seen === undefined) return;
  const key = postKey(endpoint, told);
  const known = plan.known.get(key) ?? ctx.knownPost(key);
  const trust = { isSigned: delivery.isSigned, isKnown: known !== undefined };
  const { post, isUnconfirmed } = await confirmPost(endpoint, seen.post, trust);
  if (isUnconfirmed) ctx.tally.note(noter(endpoint, told)('unconfirmed_publish'));
  // What is not confirmed today may be tomorrow: it is not remembered as seen.
  else if (eventId !== undefined) plan.eventIds.add(eventId);
  if (post !== undefined) planHooks(ctx, telling, { post, known, key, client: seen.client });
}

function planHooks(
  ctx: TellingContext,
  { endpoint, plan }: Telling,
  found: {
    readonly post: HostPost;
    readonly known: KnownPost | undefined;
    readonly key: string;
    readonly client: string | null | undefined;
  },
): void {
  const { known, key } = found;
  const post = known === undefined ? ctx.unclaimed.claim(endpoint, found.post) : found.post;
  const client = known?.clientWorkspaceId ?? found.client ?? clientOf(endpoint, post.account);
  noteState(ctx, endpoint, { post, client });
  const platforms = { ...ctx.platforms, host: endpoint.host };
  const next = tellPost(post, known, { clientWorkspaceId: client, platforms, now: ctx.now() });
  plan.events.push(...next.events);
  plan.known.set(key, next.known);
}

function noteState(
  ctx: TellingContext,
  endpoint: KnownEndpoint,
  { post, client }: { readonly post: HostPost; readonly client: string | null },
): void {
  const noteOf = noter(endpoint, post);
  if (client === null) ctx.tally.note(noteOf('channel_unassigned'));
  if (post.state === 'partial' || post.state === 'failed') ctx.tally.note(noteOf(post.state));
}

function noter(
  endpoint: KnownEndpoint,
  { postId }: HostPost,
): (flag: DeliveryNote['flag']) => DeliveryNote {
  return (flag) => ({ flag, host: endpoint.host, endpoint: endpoint.key, postId });
}

// The post without channels that nobody has; nothing when no other is left.
async function withKnownChannels(
  ctx: TellingContext,
  endpoint: KnownEndpoint,
  post: HostPost,
): Promise<{ readonly post: HostPost; readonly client?: string | null } | undefined> {
  if (endpoint.channels === undefined || post.channels.length === 0) return { post };
  const channels = await endpoint.channels();
  const [known, strange] = [true, false].map((isKnown) =>
    post.channels.filter(({ id }) => channels.has(id) === isKnown),
  );
  for (const { id } of strange ?? []) {
    ctx.tally.note({ ...noter(endpoint, post)('unknown_channel'), channelId: id });
  }
  const [first] = known ?? [];
  if (first === undefined) return undefined;
  const client = channels.get(first.id);
  return { post: { ...post, channels: known ?? [] }, ...(client !== undefined && { client }) };
}

function noteRefusal(
  ctx: TellingContext,
  endpoint: KnownEndpoint,
  refused: {
    readonly event: HookEvent | undefined;
    readonly error: { readonly code: string; readonly detail: string };
  },
): void {
  const { event, error } = refused;
  const postId = event && 'postId' in event ? event.postId : undefined;
  ctx.tally.note({
    flag: 'refused',
    host: endpoint.host,
    endpoint: endpoint.key,
    postId,
    detail: `${event?.type ?? ''}: ${error.code}: ${error.detail}`,
  });
}
