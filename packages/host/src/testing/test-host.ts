import * as fc from 'fast-check';
import { describe, expect } from 'vitest';

import { jsonOf } from '../json.ts';
import type { HostPost } from '../webhooks/host-post.ts';
import { newsOf } from '../webhooks/post-news.ts';
import { hmacDigest } from '../webhooks/signatures/hmac.ts';
import { judgeSignature } from '../webhooks/signatures/judge-signature.ts';
import type { WebhookHost } from '../webhooks/webhook-host.ts';
import { anyJson } from './any-json.ts';
import { test } from './retainer.ts';
import { openWebhookWorld } from './webhook-world.ts';

/** A delivery of a host, and what it means. */
export interface HostSample {
  readonly name: string;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** As much as matters of each post in it. */
  readonly posts: readonly Partial<HostPost>[];
}

/** What a host is judged by. */
export interface HostSamples {
  /** Each kind of event that it sends. */
  readonly events: readonly HostSample[];
  /** A delivery that is none of its events; missing where it has no events at all. */
  readonly unknown?: unknown;
  /**
   * What it sends of one post on one channel that is scheduled, maybe moved, published and perhaps taken away, in that
   * order. The post must be called `story`.
   */
  readonly story?: readonly unknown[];
}

const SLOT = '2026-03-04T10:00:00Z';
const NOW = '2026-03-05T09:00:00Z';
const ORDERS = 6;

/** What every webhook host must do, told with its own samples: no matter what comes, how often, or in which order. */
export function testHost(host: WebhookHost, samples: HostSamples): void {
  describe(`given ${host.name}`, () => {
    for (const { name, body, headers = {}, posts } of samples.events) {
      test(`when it tells of ${name}, then that is understood`, () => {
        const read = host.parse({ body, headers });
        expect(read.posts).toMatchObject(posts);
        expect(read.posts).toHaveLength(posts.length);
        expect(read.unknown).toEqual([]);
      });
    }

    if (samples.unknown !== undefined) {
      test('when it tells of something else, then its name is kept and no post is meant', () => {
        const read = host.parse({ body: samples.unknown, headers: {} });
        expect(read.posts).toEqual([]);
        expect(read.unknown).toHaveLength(1);
      });
    }

    testAnything(host);
    if (host.schemes.length > 0) testSignature(host);
    if (samples.story !== undefined) testStory(host, samples.story);
  });
}

function testAnything(host: WebhookHost): void {
  test('when it is sent anything at all, then it answers and every instant is one', () => {
    fc.assert(
      fc.property(anyJson, (body) => {
        for (const post of host.parse({ body, headers: {} }).posts) {
          expect(post.postId).not.toBe('');
          for (const at of [post.at, post.scheduledAt, post.publishedAt]) {
            if (at !== undefined) expect(new Date(at).toISOString()).toBe(at);
          }
          newsOf(post);
        }
      }),
      { numRuns: 200 },
    );
  });

  test('when the bytes are no JSON, then no post is meant', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const body = jsonOf(new TextDecoder().decode(bytes));
        expect(host.parse({ body, headers: {} }).posts).toEqual([]);
      }),
    );
  });
}

function testSignature(host: WebhookHost): void {
  const scheme = host.schemes.find(({ type }) => type === 'body');
  if (scheme?.type !== 'body') return;
  const {
    headers: [header = ''],
    algorithm,
  } = scheme;

  test('when a body is signed its way, then any other bit of it is refused', () => {
    const key = 'the-secret';
    const signed = (body: Uint8Array) =>
      hmacDigest({ key, parts: [body], algorithm }).toString('hex');
    const judge = (body: Uint8Array, text: string) =>
      judgeSignature(host.schemes, {
        body,
        headers: { [header]: text },
        secrets: [key],
        now: 0,
        toleranceMs: 0,
      });
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1 }), fc.nat(), fc.nat(7), (body, at, bit) => {
        expect(judge(body, signed(body))).toBe('valid');
        const other = Uint8Array.from(body);
        const index = at % other.length;
        other[index] = (other[index] ?? 0) ^ (1 << bit);
        expect(judge(other, signed(body))).toBe('invalid');
      }),
      { numRuns: 100 },
    );
  });
}

function testStory(host: WebhookHost, story: readonly unknown[]): void {
  test('when the events of a post come in any order and twice, then it is counted once and nothing is held', async ({
    retainer,
  }) => {
    const { deliver, taken } = await openWebhookWorld(retainer, {
      agencyId: `story-${host.name.replaceAll('.', '-')}`,
      now: NOW,
      endpoint: { host: host.name, secrets: ['story-secret'] },
    });
    const twice = [...story, ...story];
    const orders = fc.sample(fc.shuffledSubarray(twice, { minLength: twice.length }), {
      numRuns: ORDERS,
      seed: 20_260_304,
    });
    for (const [index, events] of [twice, twice.toReversed(), ...orders].entries()) {
      for (const body of events) {
        const text = JSON.stringify(body).replaceAll('story', `story-${index}`);
        // oxlint-disable-next-line no-await-in-loop -- the order is the point
        expect(await deliver(JSON.parse(text))).toBe(200);
      }
    }
    expect(await taken(SLOT)).toEqual({ used: ORDERS + 2, held: 0 });
    expect(await taken('2026-03-12T10:00:00Z')).toEqual({ used: 0, held: 0 });
  });
}
