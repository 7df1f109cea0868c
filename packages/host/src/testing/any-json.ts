import * as fc from 'fast-check';

/** Words that lead deep into a parser of webhooks. */
const NAMES = [
  'event',
  'type',
  'action',
  'data',
  'post',
  'id',
  'uuid',
  'uuids',
  'status',
  'state',
  'platforms',
  'accounts',
  'postIds',
  'message',
  'integration',
  'scheduled_at',
  '__proto__',
  'constructor',
];

const VALUES = [
  'post.published',
  'post.deleted',
  'scheduled',
  'account.deleted',
  'com.hootsuite.messages.event.v1',
  'SENT',
  '2026-03-04 10:00:00',
  '9'.repeat(400),
  -1,
  1e308,
];

/** Any value at all, often one that looks like a webhook. */
export const anyJson: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(...VALUES),
    fc.anything(),
    fc.array(tie('node'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom(...NAMES), tie('node'), { maxKeys: 6 }),
  ),
})).node;
