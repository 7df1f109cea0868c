import type { ApiProcess } from '../process/api-process.ts';

/** A request of a host or an agency. */
export interface Ask {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly body?: object;
}

/** What a caller saw: an answer, or one of the ways in which a service may not answer. */
export type Seen =
  | { readonly kind: 'answered'; readonly body: unknown }
  | { readonly kind: 'unavailable' | 'timed out' | 'cut' };

/** How often callers saw what. */
export type SeenCounts = Record<Seen['kind'], number>;

/** Asks as a host asks that has little patience. */
export interface Asker {
  readonly ask: (ask: Ask) => Promise<Seen>;
  readonly counts: () => Readonly<SeenCounts>;
  /** What was asked when patience ended. */
  readonly waitedInVain: () => readonly string[];
}

const PATIENCE_MS = 15_000;

/**
 * A caller of one server. Whatever it sees that a caller must not see is told as a violation: an answer but 200 and 503
 * with Retry-After, and a connection that breaks while nobody has ended the server.
 */
export function createAsker(
  server: ApiProcess,
  token: string,
  violated: (what: string) => void,
): Asker {
  const counts: SeenCounts = { answered: 0, unavailable: 0, 'timed out': 0, cut: 0 };
  const waitedInVain: string[] = [];
  return {
    async ask(ask) {
      const seen = await see(server, token, ask).catch((error: unknown): Seen => {
        violated(error instanceof Error ? error.message : String(error));
        return { kind: 'cut' };
      });
      counts[seen.kind] += 1;
      if (seen.kind === 'timed out') waitedInVain.push(`${ask.method} ${ask.path}`);
      return seen;
    },
    counts: () => ({ ...counts }),
    waitedInVain: () => waitedInVain,
  };
}

async function see(server: ApiProcess, token: string, ask: Ask): Promise<Seen> {
  const beganAt = performance.now();
  const name = `${ask.method} ${ask.path}`;
  try {
    return await answerTo(server, token, ask);
  } catch (error) {
    if (error instanceof Refused || !(error instanceof Error)) throw error;
    if (error.name === 'TimeoutError') return { kind: 'timed out' };
    if (server.wasDownSince(beganAt)) return { kind: 'cut' };
    throw new Error(`${name} broke off: ${error.message}, ${String(error.cause)}`, {
      cause: error,
    });
  }
}

async function answerTo(
  { url }: ApiProcess,
  token: string,
  { method, path, body }: Ask,
): Promise<Seen> {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    signal: AbortSignal.timeout(PATIENCE_MS),
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (response.status === 200) return { kind: 'answered', body: JSON.parse(text) as unknown };
  if (response.status === 503 && response.headers.has('retry-after')) return UNAVAILABLE;
  throw new Refused(`${method} ${path} was answered with ${response.status}: ${text}`);
}

const UNAVAILABLE: Seen = { kind: 'unavailable' };

class Refused extends Error {}
