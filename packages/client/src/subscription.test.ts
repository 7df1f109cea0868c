import { describe, expect, expectTypeOf, test } from 'vitest';

import { createRetainerClient, isRetainerError } from './index.ts';

type Answer = (request: Request) => Response;

/** A network that answers one request after the other, and records what was sent. */
function network(...answers: readonly Answer[]) {
  const sent: Request[] = [];
  const send: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    const answer = answers[sent.length] ?? answers.at(-1);
    sent.push(request);
    if (!answer) throw new Error('nobody is there');
    return answer(request);
  };
  return { sent, fetch: send };
}

/** A stream that sends these events and breaks off, or stays open. */
function stream(events: readonly string[], { isOpen = false } = {}): Answer {
  return () => {
    const body = new ReadableStream({
      start(controller) {
        const text = ['event: connected\ndata: {}\n\n', 'retry: 1\n\n', ...events].join('');
        controller.enqueue(new TextEncoder().encode(text));
        if (!isOpen) controller.close();
      },
    });
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
  };
}

const AT = '2026-03-02T12:00:00.000Z';
const changed = (version: number, clients: readonly string[] | null) => {
  const json = { version, clients, at: AT };
  return `data: ${JSON.stringify({ json, meta: { values: { at: ['Date'] }, v: 1 } })}\nid: ${version}\n\n`;
};
const refused = (code: string, httpStatus: number) => {
  const json = { message: 'No.', code: -32_029, data: { code, httpStatus, issues: [] } };
  return `event: serialized-error\ndata: ${JSON.stringify({ json })}\n\n`;
};

function subscribe(options: { fetch: typeof fetch; token: string | (() => string) }) {
  const client = createRetainerClient({ url: 'http://retainer.test', ...options });
  const events: unknown[] = [];
  const enough = Promise.withResolvers<unknown>();
  const subscription = client.kpiDashboard.live.subscribe(
    { agencyWorkspaceId: 'acme' },
    {
      onData: (event) => {
        expectTypeOf(event.data).toEqualTypeOf<{
          version: number;
          clients: string[] | null;
          at: Date;
        }>();
        events.push(event.data);
        if (event.id === '9') enough.resolve(undefined);
      },
      onError: enough.resolve,
    },
  );
  return { events, enough: enough.promise, [Symbol.dispose]: () => subscription.unsubscribe() };
}

describe('given a subscription', () => {
  test('when its connection breaks, then it comes back to where it was, with the token of the moment', async () => {
    const { sent, fetch } = network(
      stream([changed(7, null), changed(8, ['bakery'])]),
      () => new Response('busy', { status: 503 }),
      stream([changed(9, ['gym'])], { isOpen: true }),
    );
    let count = 0;
    using subscription = subscribe({ fetch, token: () => `token-${(count += 1)}` });
    await subscription.enough;
    expect(subscription.events).toEqual([
      { version: 7, clients: null, at: new Date(AT) },
      { version: 8, clients: ['bakery'], at: new Date(AT) },
      { version: 9, clients: ['gym'], at: new Date(AT) },
    ]);
    expect(sent.map(({ headers }) => headers.get('authorization'))).toEqual([
      'Bearer token-1',
      'Bearer token-2',
      'Bearer token-3',
    ]);
    expect(sent.map(({ headers }) => headers.get('last-event-id'))).toEqual([null, '8', '8']);
    expect(sent.filter(({ url }) => url.includes('token'))).toEqual([]);
  });

  test('when it is refused, then the refusal says why, and it does not come back', async () => {
    const { sent, fetch } = network(stream([refused('too_many_streams', 429)]));
    using subscription = subscribe({ fetch, token: 't' });
    const error = await subscription.enough;
    expect(isRetainerError(error) && error.data.code).toBe('too_many_streams');
    expect(sent).toHaveLength(1);
  });
});
