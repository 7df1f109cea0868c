import { describe, expect, test } from 'vitest';

import { newsOf } from '../post-news.ts';
import { genericHost } from './generic.ts';

const parse = (body: unknown, headers: Record<string, string> = {}) =>
  genericHost.parse({ body, headers });

describe('given the name of an event of a host nobody knows', () => {
  const data = { id: 'p1', scheduled_at: '2026-03-04 10:00:00' };

  test.each([
    ['post.scheduled', 'scheduled'],
    ['post.rescheduled', 'scheduled'],
    ['post.queued', 'scheduled'],
    ['post.published', 'published'],
    ['post_published', 'published'],
    ['postPublished', 'published'],
    ['POST.SENT', 'published'],
    ['SOCIAL_POST_SUCCEEDED', 'published'],
    ['message.sent', 'published'],
    ['publication.published', 'published'],
    ['post.partial', 'partial'],
    ['post.partially_published', 'partial'],
    ['post.failed', 'failed'],
    ['post.publish_failed', 'failed'],
    ['post.published.failed', 'failed'],
    ['post.error', 'failed'],
    ['post.deleted', 'deleted'],
    ['post.cancelled', 'deleted'],
    ['post.canceled', 'deleted'],
    ['post.unscheduled', 'draft'],
    ['published', 'published'],
  ])('when it is %s, then the post is %s', (type, state) => {
    expect(parse({ type, data }).posts).toMatchObject([
      { postId: 'p1', state, scheduledAt: '2026-03-04T10:00:00.000Z' },
    ]);
  });

  test.each(['invoice.paid', 'post.liked', 'comment.created', 'account.added', ''])(
    'when it is %j, then it is unknown and says nothing',
    (type) => {
      expect(parse({ type, data })).toMatchObject({ posts: [], unknown: [type || '(unnamed)'] });
    },
  );

  test('when the body says another outcome, then the body is right; a deletion is one anyway', () => {
    const state = (type: string, status: string) =>
      parse({ type, data: { ...data, status } }).posts[0]?.state;
    expect(state('post.published', 'ERROR')).toBe('failed');
    expect(state('post.scheduled', 'published')).toBe('published');
    expect(state('post.published', 'scheduled')).toBe('published');
    expect(state('post.deleted', 'published')).toBe('deleted');
    expect(state('post.updated', 'scheduled')).toBe('scheduled');
    expect(parse({ type: 'post.updated', data }).unknown).toEqual(['post.updated']);
  });

  test('when the envelope is another, then the same is read', () => {
    const post = { id: 7, status: 'published', platforms: ['twitter', 'twitter'] };
    for (const body of [
      { event: 'post.published', post },
      { type: 'post.published', payload: { post } },
      { event_type: 'post.published', data: post },
      [{ action: 'post.published', data: post }],
    ]) {
      expect(parse(body).posts).toMatchObject([
        { postId: '7', state: 'published', channels: [{ id: 'twitter' }, { id: 'twitter#2' }] },
      ]);
    }
    expect(parse(post, { 'x-event': 'post.published', 'webhook-id': 'm1' }).posts).toMatchObject([
      { postId: '7', eventId: 'm1' },
    ]);
  });
});

describe('given channels in several states', () => {
  test('when a post is told, then each is what it says, and a URL says live', () => {
    const channels = [
      { id: '1', platform: 'x', state: 'published' as const },
      { id: '2', platform: 'facebook', state: 'failed' as const },
      { id: '3', platform: 'linkedin', state: 'failed' as const, url: 'https://l.test/1' },
      { id: '4', platform: 'threads', state: 'draft' as const },
      { id: '5', platform: 'bluesky' },
    ];
    const news = newsOf({ postId: 'p', state: 'partial', channels });
    expect(news.map(({ type, channels: of }) => [type, ...of.map(({ id }) => id)])).toEqual([
      ['published', '1', '3'],
      ['failed', '2'],
    ]);
  });
});
