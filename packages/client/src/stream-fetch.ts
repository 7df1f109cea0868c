import type { FetchLike } from 'eventsource';

/**
 * How a stream is asked for, each time anew: with the token of the moment. What stands in for a server that is busy,
 * restarting or away fails as the network does, so that the stream is asked for again.
 */
export function streamFetch(send: typeof fetch, authorization: () => Promise<string>): FetchLike {
  return async (url, init) => {
    const headers = { ...init.headers, authorization: await authorization() };
    const response = await send(url, { ...init, headers });
    if (response.status !== 429 && response.status < 500) return response;
    await response.body?.cancel();
    throw new Error(`Retainer cannot be heard now: it answered with ${response.status}`);
  };
}
