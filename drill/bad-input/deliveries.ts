import fc from 'fast-check';

import { wild, broken } from './wild.ts';

/** A delivery of a host's webhook. */
export interface Delivery {
  readonly host: string;
  readonly isKnown: boolean;
  readonly body: string;
  readonly header: string;
}

const ids = fc.oneof(
  fc.constantFrom('p1', 'p2', '__proto__', '', 7, null),
  fc.string({ maxLength: 20 }),
);
const state = fc.constantFrom(
  'post.scheduled',
  'post.published',
  'post.failed',
  'post.deleted',
  'published',
  'scheduled',
  'PUBLISHED',
  'draft',
  '__proto__',
);
const channel = fc.record(
  {
    platform: fc.constantFrom('linkedin', 'x', 'instagram', 'nobody', '__proto__'),
    id: ids,
    accountId: ids,
    url: fc.webUrl(),
  },
  { requiredKeys: [] },
);
const post = fc.record(
  {
    id: ids,
    _id: ids,
    uuid: ids,
    postId: ids,
    status: state,
    state,
    scheduledAt: fc.constantFrom('2026-03-04T10:00:00Z', '2026-02-30', 1_772_000_000, ''),
    publishedAt: fc.constantFrom('2026-03-04T10:00:03Z', 'soon', -1),
    platforms: fc.array(channel, { maxLength: 3 }),
    channels: fc.array(channel, { maxLength: 3 }),
    accounts: fc.array(channel, { maxLength: 3 }),
  },
  { requiredKeys: [] },
);
const event = fc.record(
  {
    id: ids,
    event: state,
    type: state,
    action: state,
    timestamp: fc.constantFrom('2026-03-01T08:00:00Z', 0, 'x'),
    data: fc.oneof(post, fc.array(post, { maxLength: 2 })),
    post,
    payload: post,
  },
  { requiredKeys: [] },
);

/** What hosts send, and what they never would. */
export function deliveries(hosts: readonly string[]): fc.Arbitrary<Delivery> {
  const sent: fc.Arbitrary<unknown> = fc.oneof(
    event,
    broken(event),
    post,
    fc.array(post, { maxLength: 3 }),
    wild,
  );
  return fc.record({
    host: fc.constantFrom(...hosts),
    isKnown: fc.integer({ max: 9 }).map((chance) => chance !== 9),
    body: fc.oneof(
      { weight: 8, arbitrary: sent.map((value) => JSON.stringify(value) ?? '') },
      { weight: 1, arbitrary: fc.string({ maxLength: 200, unit: 'binary' }) },
    ),
    header: fc.oneof(fc.constant(''), fc.string({ maxLength: 40, unit: 'grapheme-ascii' })),
  });
}
