/** Where a host's API is, and how to be let in. */
export interface HostApiOptions {
  /** The root of its API. */
  readonly url: string | URL;
  readonly headers: Readonly<Record<string, string>>;
  /** How long one call may take, in milliseconds. Default 10,000. */
  readonly timeLimitMs?: number | undefined;
  /** Instead of the global `fetch`. */
  readonly fetch?: typeof fetch | undefined;
}

/** A host that could not be asked, or did not answer as it should. */
export class HostApiError extends Error {
  override readonly name = 'HostApiError';
  readonly status: number | undefined;

  constructor(message: string, status: number | undefined, cause?: unknown) {
    super(message, cause === undefined ? {} : { cause });
    this.status = status;
  }
}

/** A host's API over HTTP and JSON. */
export interface HostApi {
  /** The JSON at a path, undefined where the host answers 404 or 410. Rejects with a `HostApiError`. */
  readonly get: (path: string) => Promise<unknown>;
  readonly post: (path: string, body: object) => Promise<unknown>;
}

const TIME_LIMIT_MS = 10_000;

/** A way to a host's API; one request a call, no retries. */
export function createHostApi(options: HostApiOptions): HostApi {
  const { headers, timeLimitMs = TIME_LIMIT_MS, fetch: send = fetch } = options;
  const root = String(options.url).replace(/\/+$/u, '');
  const call = async (path: string, init: RequestInit): Promise<unknown> => {
    const signal = AbortSignal.timeout(timeLimitMs);
    let response: Response;
    let text: string;
    try {
      response = await send(`${root}${path}`, { ...init, signal });
      text = await response.text();
    } catch (cause) {
      throw new HostApiError(`The host cannot be reached at ${root}.`, undefined, cause);
    }
    if (response.status === 404 || response.status === 410) return undefined;
    if (!response.ok)
      throw new HostApiError(`The host answered ${response.status}.`, response.status);
    try {
      const json: unknown = JSON.parse(text);
      return json;
    } catch (cause) {
      throw new HostApiError('The host did not answer with JSON.', response.status, cause);
    }
  };
  const accept = { accept: 'application/json', ...headers };
  return {
    get: (path) => call(path, { headers: accept }),
    post: (path, body) =>
      call(path, {
        method: 'POST',
        headers: { ...accept, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
  };
}
