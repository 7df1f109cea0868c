/** What becomes of one request on its way to the service and back. */
export type Fate =
  | 'arrives'
  | 'is lost'
  | 'hangs'
  | 'loses its answer'
  | 'is answered by a proxy'
  | 'shows a token that is no good';

/** A network whose requests a test decides over. */
export interface Network {
  readonly fetch: typeof fetch;
  /** What becomes of the requests from now on. */
  readonly set: (fate: Fate | (() => Fate)) => void;
  /** How many requests were made. */
  readonly requests: () => number;
}

/** A network in front of `send`; everything arrives until a test says otherwise. */
export function createNetwork(send: typeof fetch): Network {
  let fateOf: () => Fate = () => 'arrives';
  let requests = 0;
  return {
    set: (fate) => {
      fateOf = typeof fate === 'function' ? fate : () => fate;
    },
    requests: () => requests,
    fetch: async (input, init) => {
      requests += 1;
      switch (fateOf()) {
        case 'arrives':
          return send(input, init);
        case 'is lost':
          throw new TypeError('fetch failed');
        case 'hangs':
          return new Promise(() => undefined);
        case 'loses its answer':
          await (await send(input, init)).text();
          throw new TypeError('fetch failed');
        case 'shows a token that is no good':
          return send(input, { ...init, headers: forged(init?.headers) });
        case 'is answered by a proxy':
          return new Response('<html>Bad gateway</html>', { status: 502 });
      }
    },
  };
}

function forged(given: RequestInit['headers']): Headers {
  const headers = new Headers(given);
  headers.set('authorization', 'Bearer no');
  return headers;
}
