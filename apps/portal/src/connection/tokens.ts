import { Failure, failureOf } from './failure.ts';

/** A token and when it stops working: an instant, ISO 8601 text or milliseconds. */
export interface GivenToken {
  readonly token: string;
  readonly expiresAt?: string | number | Date | undefined;
}

/** How the host hands out tokens. */
export type FetchToken = () => GivenToken | Promise<GivenToken>;

/** Where tokens come from; the first that is given counts. */
export interface TokenSource {
  readonly fetchToken?: FetchToken | undefined;
  /** An address of the host's that answers a POST with `{ token, expiresAt }`. */
  readonly tokenEndpoint?: string | undefined;
  /** A token that nobody renews. */
  readonly token?: string | undefined;
}

/** A token at any time. */
export interface Tokens {
  /** One that is good for a minute or more, where the host can give one. */
  readonly current: () => Promise<string>;
  /** Another than the one that was refused, or undefined where there is none to be had. */
  readonly renew: (refused: string) => Promise<string | undefined>;
}

/** Renewed this long before the end, so that no request meets an expired token. */
const EARLY_MS = 60_000;

/** Keeps the token of `source`: asks once for all who wait, and again before it ends. */
export function createTokens(source: TokenSource): Tokens {
  const ask = askOf(source);
  let kept: { token: string; endsAtMs: number } | undefined;
  let asking: Promise<string> | undefined;
  const fresh = (): Promise<string> => {
    asking ??= ask()
      .then((given) => {
        kept = { token: given.token, endsAtMs: endOf(given) };
        return given.token;
      })
      .finally(() => {
        asking = undefined;
      });
    return asking;
  };
  const isFixed = !source.fetchToken && !source.tokenEndpoint;
  return {
    current: async () => {
      if (kept && (isFixed || kept.endsAtMs - Date.now() > EARLY_MS)) return kept.token;
      return fresh();
    },
    renew: async (refused) => {
      if (isFixed) return undefined;
      if (kept && kept.token !== refused) return kept.token;
      const token = await fresh();
      return token === refused ? undefined : token;
    },
  };
}

/** The claims of a signed token, unverified: the server judges it, this only looks for whom it is. */
export function claimsOf(token: string): Readonly<Record<string, unknown>> {
  try {
    const [, part = ''] = token.split('.');
    const text = atob(part.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(text, (char) => char.codePointAt(0) ?? 0);
    return Object(JSON.parse(new TextDecoder().decode(bytes)));
  } catch {
    return {};
  }
}

function askOf({ fetchToken, tokenEndpoint, token }: TokenSource): () => Promise<GivenToken> {
  if (fetchToken) return async () => givenOr(fetchToken);
  if (tokenEndpoint) return async () => givenOr(() => post(tokenEndpoint));
  return async () => {
    if (token) return { token };
    throw new Failure(
      'no_token',
      'The page gave no token: set `fetchToken`, `token-endpoint` or `token`.',
    );
  };
}

async function givenOr(ask: FetchToken): Promise<GivenToken> {
  try {
    const given = await ask();
    if (typeof given?.token === 'string' && given.token !== '') return given;
  } catch (cause) {
    const { message } = failureOf(cause);
    throw new Failure('no_token', `The page could not get a token. ${message}`, { cause });
  }
  throw new Failure('no_token', 'The page gave something that has no `token`.');
}

async function post(endpoint: string): Promise<GivenToken> {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { accept: 'application/json' },
  });
  if (response.ok) return response.json();
  throw new Failure('no_token', `${endpoint} answered with ${response.status}.`);
}

function endOf({ token, expiresAt }: GivenToken): number {
  if (expiresAt !== undefined) return new Date(expiresAt).getTime();
  const { exp } = claimsOf(token);
  return typeof exp === 'number' ? exp * 1000 : Infinity;
}
