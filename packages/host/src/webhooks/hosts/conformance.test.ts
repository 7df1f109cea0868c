import { mixpostHost } from '../../mixpost/mixpost-webhook.ts';
import { testHost } from '../../testing/test-host.ts';
import { ayrshareHost } from './ayrshare.ts';
import { brightbeanHost } from './brightbean.ts';
import { bufferHost } from './buffer.ts';
import { bundleSocialHost } from './bundle-social.ts';
import { genericHost } from './generic.ts';
import { hootsuiteHost } from './hootsuite.ts';
import { postizHost } from './postiz.ts';
import { zernioHost } from './zernio.ts';

const SLOT = '2026-03-04T10:00:00.000Z';
const NEXT_WEEK = '2026-03-11T10:00:00.000Z';

const account = { id: 12, uuid: 'acc-12', provider: 'twitter', authorized: true };
const mixpost = (event: string, status: string, more: object = {}) => ({
  event,
  data: {
    id: 1,
    uuid: 'story',
    status,
    accounts: [account],
    scheduled_at: '2026-03-04 10:00:00',
    published_at: null,
    trashed: false,
    ...more,
  },
});
testHost(mixpostHost, {
  events: [
    {
      name: 'a draft',
      body: mixpost('post.created', 'draft'),
      posts: [{ postId: 'story', state: 'draft' }],
    },
    {
      name: 'a schedule, in UTC that does not say so',
      body: mixpost('post.scheduled', 'scheduled'),
      posts: [
        { state: 'scheduled', scheduledAt: SLOT, channels: [{ id: '12', platform: 'twitter' }] },
      ],
    },
    {
      name: 'a failure of which one account is live',
      body: mixpost('post.publishing_failed', 'failed', {
        accounts: [
          { ...account, provider_post_id: '99' },
          { ...account, id: 13, errors: ['expired'], external_url: null },
          { ...account, id: 14, pivot: { provider_post_id: '7' } },
          { ...account, id: 15, external_url: 'https://l.test/1' },
        ],
      }),
      posts: [
        {
          state: 'failed',
          isFinal: true,
          channels: [
            { id: '12', state: 'published', externalId: '99' },
            { id: '13', state: 'failed' },
            { id: '14', state: 'published' },
            { id: '15', state: 'published', url: 'https://l.test/1' },
          ],
        } as never,
      ],
    },
    {
      name: 'deletions',
      body: { event: 'post.deleted', data: { uuids: ['a', 'b'], deleted: true } },
      posts: [
        { postId: 'a', state: 'deleted', isGone: true },
        { postId: 'b', state: 'deleted', isGone: true },
      ],
    },
    {
      name: 'the bin',
      body: { event: 'post.deleted', data: { uuids: ['a'], to_trash: true } },
      posts: [{ postId: 'a', state: 'deleted', isGone: false }],
    },
    { name: 'an account', body: { event: 'account.added', data: account }, posts: [] },
  ],
  unknown: { event: 'post.published.failed', data: {} },
  story: [
    mixpost('post.scheduled', 'scheduled'),
    mixpost('post.published', 'published', { published_at: '2026-03-04 10:00:03' }),
    { event: 'post.deleted', data: { uuids: ['story'], deleted: true } },
  ],
});

const generic = (type: string, at: string, more: object = {}) => ({
  id: `evt-${type}-${at}-story`,
  type,
  timestamp: at,
  data: { id: 'story', scheduledAt: SLOT, platforms: [{ platform: 'x', accountId: 'a' }], ...more },
});
testHost(genericHost, {
  events: [
    {
      name: 'a schedule',
      body: generic('post.scheduled', '2026-03-01T09:00:00Z'),
      posts: [
        { postId: 'story', state: 'scheduled', scheduledAt: SLOT, at: '2026-03-01T09:00:00.000Z' },
      ],
    },
    {
      name: 'a hold that it was given',
      body: generic('post.published', '2026-03-04T10:00:01Z', {
        metadata: { reservationId: '0195a1a5-0000-7000-8000-000000000001' },
      }),
      posts: [{ reservationId: '0195a1a5-0000-7000-8000-000000000001' }],
    },
  ],
  unknown: { type: 'invoice.paid', data: { id: 'i' } },
  story: [
    generic('post.scheduled', '2026-03-01T09:00:00Z', { scheduledAt: NEXT_WEEK }),
    generic('post.rescheduled', '2026-03-02T09:00:00Z'),
    generic('post.published', '2026-03-04T10:00:01Z', { publishedAt: '2026-03-04T10:00:01Z' }),
    generic('post.failed', '2026-03-04T09:59:00Z'),
    generic('post.deleted', '2026-03-05T08:00:00Z'),
  ],
});

const zernio = (event: string, at: string, status: string) => ({
  id: `evt-${event}-${at}-story`,
  event,
  post: {
    id: 'story',
    status,
    scheduledFor: SLOT,
    platforms: [
      { platform: 'twitter', status, platformPostId: status === 'published' ? '1' : null },
    ],
  },
  timestamp: at,
});
testHost(zernioHost, {
  events: [
    {
      name: 'one platform that is live while others wait',
      body: {
        id: 'e',
        event: 'post.platform.published',
        post: { id: 'p', status: 'publishing' },
        platform: { name: 'twitter', status: 'published', platformPostId: '1' },
        account: { accountId: 'a1', platform: 'twitter' },
      },
      posts: [
        {
          postId: 'p',
          channels: [{ id: 'a1', platform: 'twitter', state: 'published', externalId: '1' }],
        },
      ],
    },
    { name: 'a test', body: { id: 'e', event: 'webhook.test' }, posts: [] },
    {
      name: 'an account',
      body: { id: 'e', event: 'account.disconnected', account: { accountId: 'a' } },
      posts: [],
    },
  ],
  unknown: { id: 'e', event: 'post.liked', post: { id: 'p' } },
  story: [
    zernio('post.scheduled', '2026-03-01T09:00:00Z', 'scheduled'),
    zernio('post.published', '2026-03-04T10:00:05Z', 'published'),
    zernio('post.cancelled', '2026-03-05T08:00:00Z', 'cancelled'),
  ],
});

const ayrshare = (more: object) => ({ action: 'scheduled', refId: 'ref', id: 'story', ...more });
const tiktok = { platform: 'tiktok', status: 'success' };
testHost(ayrshareHost, {
  events: [
    {
      name: 'a post that is live on one network and failed on another',
      body: ayrshare({
        status: 'error',
        hookId: 'h',
        created: '2026-03-04T10:00:10Z',
        postIds: [
          { platform: 'facebook', status: 'success', id: '1', postUrl: 'https://f.test/1' },
        ],
        errors: [{ platform: 'linkedin', status: 'error', code: 110 }],
      }),
      posts: [
        {
          postId: 'story',
          account: 'ref',
          eventId: 'h',
          channels: [
            { id: 'facebook', platform: 'facebook', state: 'published', url: 'https://f.test/1' },
            { id: 'linkedin', platform: 'linkedin', state: 'failed' },
          ],
        },
      ],
    },
    { name: 'a message', body: { action: 'messages', id: 'm' }, posts: [] },
  ],
  unknown: { action: 'something', id: 'p' },
  story: [
    ayrshare({
      created: '2026-03-04T10:00:10Z',
      status: 'success',
      postIds: [{ ...tiktok, id: 'pending' }],
    }),
    ayrshare({
      created: '2026-03-04T10:04:10Z',
      status: 'success',
      subAction: 'tikTokPublished',
      postIds: [{ ...tiktok, id: '73', postUrl: 'https://t.test/73' }],
    }),
  ],
});

const hootsuite = (seq: string, state: string, at: string) => ({
  seq_no: seq,
  type: 'com.hootsuite.messages.event.v1',
  data: { state, organization: { id: '776' }, message: { id: 'story' }, timestamp: at },
});
testHost(hootsuiteHost, {
  events: [
    {
      name: 'several at once',
      body: [
        hootsuite('2', 'SENT', '2026-03-04T10:00:04.000Z'),
        hootsuite('1', 'PENDING_APPROVAL', '2026-03-01T10:00:04.000Z'),
        hootsuite('3', 'SEND_FAILED_PERMANENTLY', '2026-03-04T10:00:04.000Z'),
      ],
      posts: [
        { state: 'published', account: '776', eventId: '2' },
        { state: 'draft' },
        { state: 'failed', isFinal: true },
      ],
    },
    { name: 'a ping', body: [{ type: 'com.hootsuite.ping.event.v1', data: {} }], posts: [] },
  ],
  unknown: [{ type: 'com.hootsuite.weather.event.v1', data: {} }],
});

const bundle = (type: string, status: string) => ({
  type,
  data: { id: 'story', status, scheduledDate: SLOT, postedDate: null, teamId: 'team' },
});
testHost(bundleSocialHost, {
  events: [
    {
      name: 'a publish that is a failure',
      body: bundle('post.published', 'ERROR'),
      posts: [{ postId: 'story', state: 'failed', account: 'team', isFinal: true }],
    },
    {
      name: 'a publish',
      body: bundle('post.published', 'POSTED'),
      posts: [{ state: 'published' }],
    },
    { name: 'a comment', body: { type: 'comment.published', data: { id: 'c' } }, posts: [] },
  ],
  unknown: { type: 'invoice.paid', data: { id: 'i' } },
  story: [bundle('post.published', 'POSTED')],
});

testHost(bufferHost, { events: [] });
testHost(brightbeanHost, { events: [] });
testHost(postizHost, {
  events: [
    { name: 'nothing, as today', body: [], posts: [] },
    {
      name: 'a post, as once it is mended',
      body: [
        {
          id: 'p',
          state: 'PUBLISHED',
          publishDate: SLOT,
          releaseURL: 'https://x.test/1',
          integration: { id: 'c', providerIdentifier: 'x' },
        },
      ],
      posts: [
        {
          postId: 'p',
          state: 'published',
          scheduledAt: SLOT,
          channels: [{ id: 'c', platform: 'x', url: 'https://x.test/1' }],
        },
      ],
    },
  ],
});
