import type { AppRouter } from '@retainer/api';
import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server';
import { describe, expect, expectTypeOf } from 'vitest';

import { test } from '../testing/retainer.ts';
import type { HookAnswers } from './hook-answers.ts';
import type { HookBodies, HookName } from './hook-bodies.ts';
import { createHookCalls } from './hook-calls.ts';
import { HookError } from './hook-error.ts';
import { createTransport } from './transport.ts';

const NOW = '2026-03-02T12:00:00Z';
const scheduledAt = '2026-03-03T10:00:00Z';
const clientWorkspaceId = 'bakery';

/** A type as JSON carries it. */
type Wire<T> = T extends Date
  ? string
  : T extends object
    ? { readonly [TKey in keyof T]: Wire<T[TKey]> }
    : T;

describe('given the types of hooks', () => {
  test('when the API changes, then they no longer agree with it', () => {
    expectTypeOf<HookName>().toEqualTypeOf<keyof inferRouterInputs<AppRouter>['hooks']>();
    expectTypeOf<Wire<HookBodies>>().toExtend<Wire<inferRouterInputs<AppRouter>['hooks']>>();
    type Answers = Wire<inferRouterOutputs<AppRouter>['hooks']>;
    expectTypeOf<Answers>().toExtend<HookAnswers>();
    expectTypeOf<HookAnswers>().toExtend<Answers>();
  });
});

describe('given the hooks of a Retainer', () => {
  test('when a post is told, then it is answered as the API does', async ({ retainer }) => {
    await retainer.found('told');
    const hooks = createHookCalls(
      createTransport({
        url: `${retainer.url}/`,
        token: () => retainer.hostToken('told'),
        fetch: retainer.fetchAt(NOW),
        timeLimitMs: 20_000,
      }),
    );
    const post = { clientWorkspaceId, postId: 'p', scheduledAt, platforms: ['linkedin'] } as const;
    expect(await hooks.check(post)).toMatchObject({ decision: 'allow', reservationId: null });
    expect(await hooks.postCreated({ ...post, scheduledAt: new Date(scheduledAt) })).toMatchObject({
      decision: 'allow',
      usage: [{ meter: 'posts', window: { start: '2026-03-02T00:00:00.000Z' } }],
    });
    expect(await hooks.postPublished({ clientWorkspaceId, postId: 'p' })).toMatchObject({
      status: 'committed',
      flags: [],
    });
    const { results } = await hooks.events({
      events: [
        { type: 'postDeleted', clientWorkspaceId, postId: 'p' },
        { type: 'uploadCreated', clientWorkspaceId: 'nobody', mediaId: 'm', bytes: 1 },
      ],
    });
    expect(results).toMatchObject([
      { ok: true, answer: { status: 'rejected' } },
      { ok: false, error: { code: 'not_found' } },
    ]);
  });

  test('when it refuses, then the error says what was wrong and that it will stay so', async ({
    retainer,
  }) => {
    await retainer.found('refused');
    const options = { url: retainer.url, fetch: retainer.fetchAt(NOW), timeLimitMs: 20_000 };
    const hooks = createHookCalls(
      createTransport({ ...options, token: await retainer.hostToken('refused') }),
    );
    const past = { clientWorkspaceId, postId: 'p', scheduledAt: '2026-02-03T10:00:00Z' } as const;
    await expect(hooks.postCreated(past)).rejects.toMatchObject({
      name: 'HookError',
      code: 'scheduled_in_past',
      status: 422,
      isUnavailable: false,
    });
    await expect(hooks.postCreated({ clientWorkspaceId })).rejects.toMatchObject({
      code: 'invalid_input',
      issues: [{ path: 'idempotencyKey' }],
    });
    const stranger = createHookCalls(createTransport({ ...options, token: 'nonsense' }));
    await expect(stranger.check(past)).rejects.toMatchObject({ status: 401, isUnavailable: false });
  });
});

describe('given no Retainer that answers', () => {
  const hooksOver = (send: typeof fetch, timeLimitMs?: number) =>
    createHookCalls(
      createTransport({ url: 'http://retainer.test', token: 't', fetch: send, timeLimitMs }),
    );
  const post = { clientWorkspaceId: 'bakery', postId: 'p' } as const;
  const errorOf = async (send: typeof fetch, timeLimitMs?: number) => {
    const error: unknown = await hooksOver(send, timeLimitMs)
      .check(post)
      .catch((caught: unknown) => caught);
    if (error instanceof HookError) return error;
    throw new Error('not a HookError', { cause: error });
  };

  test.for([
    {
      why: 'nothing listens',
      send: () => Promise.reject(new TypeError('fetch failed')),
      code: 'unreachable',
    },
    {
      why: 'a proxy answers in its place',
      send: async () => new Response('<html>', { status: 502 }),
      code: 'unreadable_answer',
    },
    {
      why: 'a page answers with success',
      send: async () => new Response('<html>'),
      code: 'unreadable_answer',
    },
  ])('when $why, then it is unavailable', async ({ send, code }) => {
    expect(await errorOf(send)).toMatchObject({ code, isUnavailable: true });
  });

  test('when it asks to be left alone, then the error says for how long', async () => {
    const problem = { code: 'unavailable', detail: 'The database is away.' };
    const busy = async () =>
      Response.json(problem, { status: 503, headers: { 'retry-after': '2' } });
    expect(await errorOf(busy)).toMatchObject({
      message: 'The database is away.',
      code: 'unavailable',
      retryAfterMs: 2000,
      isUnavailable: true,
    });
  });

  test('when it is silent, then it is given up at the time limit', async () => {
    const silent: typeof fetch = (_input, init) =>
      new Promise((_resolve, reject) => {
        init?.signal?.addEventListener('abort', () => reject(new Error('aborted')));
      });
    expect(await errorOf(silent, 5)).toMatchObject({ code: 'timed_out', isUnavailable: true });
  });
});
