import { fieldOf, idOf, listOf, textOf } from '../../json.ts';
import type { HostChannel, HostPost } from '../host-post.ts';
import { firstId, firstInstant, firstText } from '../read-fields.ts';
import { stateOfWord } from '../states.ts';

// The names under which hosts say the same, the more telling first.
const POST_IDS = ['id', '_id', 'uuid', 'postId', 'post_id', 'messageId'];
const SCHEDULED = [
  'scheduledFor',
  'scheduled_for',
  'scheduledAt',
  'scheduled_at',
  'scheduledDate',
  'scheduled_date',
  'scheduleDate',
  'scheduledSendTime',
  'publishDate',
  'publish_date',
  'publishAt',
  'publish_at',
  'dueAt',
  'due_at',
];
const PUBLISHED = [
  'publishedAt',
  'published_at',
  'postedDate',
  'posted_at',
  'postedAt',
  'sentAt',
  'sent_at',
];
const EVENT_TIMES = [
  'timestamp',
  'occurredAt',
  'occurred_at',
  'eventTime',
  'event_time',
  'created',
  'createdAt',
  'created_at',
];
const CHANNEL_LISTS = [
  'platforms',
  'channels',
  'accounts',
  'targets',
  'placements',
  'postIds',
  'social_accounts',
  'socialAccounts',
  'networks',
  'results',
];
const NETWORKS = [
  'platform',
  'network',
  'provider',
  'providerIdentifier',
  'service',
  'social_network',
  'socialNetwork',
  'type',
];
const ACCOUNT_IDS = [
  'accountId',
  'account_id',
  'channelId',
  'channel_id',
  'profileId',
  'profile_id',
  'socialAccountId',
  'social_account_id',
  'integrationId',
  'integration_id',
];
const URLS = [
  'url',
  'publishedUrl',
  'published_url',
  'postUrl',
  'post_url',
  'permalink',
  'externalUrl',
  'external_url',
  'releaseURL',
  'link',
];
const EXTERNAL_IDS = [
  'platformPostId',
  'platform_post_id',
  'externalId',
  'external_id',
  'providerPostId',
  'provider_post_id',
];
const OWNERS = [
  'workspaceId',
  'workspace_id',
  'workspace_uuid',
  'teamId',
  'team_id',
  'refId',
  'ref_id',
  'profileKey',
  'organizationId',
  'organization_id',
  'brandId',
  'brand_id',
  'clientId',
  'client_id',
  'profileId',
  'profile_id',
];

/** What a post's own object says of it, whatever host it is from; undefined without an id. */
export function postFields(post: unknown): Omit<HostPost, 'state' | 'channels'> | undefined {
  const postId = firstId(post, POST_IDS);
  if (postId === undefined) return undefined;
  return {
    postId,
    occurrence: firstId(post, ['occurrence', 'occurrenceId', 'occurrence_id']),
    scheduledAt: firstInstant(post, SCHEDULED),
    publishedAt: firstInstant(post, PUBLISHED),
    account: ownerOf(post),
    reservationId: reservationOf(post),
  };
}

/** Whose something is, in the host's words. */
export function ownerOf(value: unknown): string | undefined {
  return (
    firstId(value, OWNERS) ??
    ['workspace', 'team', 'organization', 'brand', 'client']
      .map((name) => firstId(fieldOf(value, name), ['uuid', 'id']))
      .find((id) => id !== undefined)
  );
}

/** The event's own time. */
export function eventTime(envelope: unknown): string | undefined {
  return firstInstant(envelope, EVENT_TIMES);
}

/** The hold that the host was given, where it echoes it. */
function reservationOf(post: unknown): string | undefined {
  return [fieldOf(post, 'metadata'), post]
    .map((value) => firstText(value, ['reservationId', 'reservation_id', 'retainerReservationId']))
    .find((id) => id !== undefined && UUID.test(id));
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu;

/** The channels of a post under any of the names that hosts have for them. */
export function channelsOf(post: unknown): HostChannel[] {
  const list = CHANNEL_LISTS.map((name) => listOf(fieldOf(post, name))).find(
    (items) => items.length > 0,
  );
  if (list !== undefined) return distinct(list.flatMap((item) => channelOf(item) ?? []));
  const own = firstText(post, NETWORKS.slice(0, -1));
  if (own === undefined) return [];
  return [{ id: firstId(post, ACCOUNT_IDS) ?? own, platform: own, ...placeOf(post) }];
}

// One channel: a network's name, or an object that has it.
function channelOf(item: unknown): HostChannel | undefined {
  if (typeof item === 'string' && item !== '') return { id: item, platform: item };
  const platform = firstText(item, NETWORKS) ?? textOf(item, 'platform', 'name');
  const id =
    firstId(item, ACCOUNT_IDS) ?? idOf(item, 'account', 'id') ?? idOf(item, 'id') ?? platform;
  if (id === undefined) return undefined;
  return {
    id,
    platform: platform ?? 'unnamed',
    state: stateOfWord(firstText(item, ['status', 'state'])),
    ...placeOf(item),
  };
}

/** Where a post is live on a channel, as far as an object says. */
export function placeOf(item: unknown): Pick<HostChannel, 'url' | 'externalId'> {
  return { url: urlOf(firstText(item, URLS)), externalId: firstId(item, EXTERNAL_IDS) };
}

/** A text that is the address of a page, else undefined. */
export function urlOf(text: string | undefined): string | undefined {
  if (text === undefined || text.length > 2048 || !URL.canParse(text)) return undefined;
  return /^https?:$/u.test(new URL(text).protocol) ? text : undefined;
}

/** Two channels that a host gives no ids of their own get some: the network's name, counted. */
export function distinct(channels: readonly HostChannel[]): HostChannel[] {
  const seen = new Map<string, number>();
  return channels.map((channel) => {
    const times = (seen.get(channel.id) ?? 0) + 1;
    seen.set(channel.id, times);
    return times === 1 ? channel : { ...channel, id: `${channel.id}#${times}` };
  });
}

/** The id of an event in the headers of Standard Webhooks and the like, or in its envelope. */
export function eventIdOf(
  headers: Readonly<Record<string, string>>,
  envelope: unknown,
): string | undefined {
  const header = ['webhook-id', 'svix-id', 'x-webhook-id', 'x-event-id', 'x-delivery-id']
    .map((name) => headers[name])
    .find((id) => id !== undefined && id !== '');
  return header ?? firstId(envelope, ['eventId', 'event_id', 'hookId']);
}
