import { createHash, timingSafeEqual } from 'node:crypto';

import { errors } from 'jose';

import type { Actor } from './actor.ts';
import { API_KEY_PREFIX, hashApiKey, shareLookups, type FindApiKey } from './api-keys.ts';
import type { Tokens } from './tokens.ts';

/** What a request showed: somebody, nobody, or something that is not good. */
export type Authentication =
  | {
      readonly kind: 'actor';
      readonly actor: Actor;
      readonly limitKey: string;
      /** When a signed token ends; what is looked up may end at any time. */
      readonly expiresAtMs?: number;
    }
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'rejected'; readonly reason: string }
  | { readonly kind: 'failed'; readonly cause: unknown };

/** Judges the value of an `Authorization` header. Answers at once where it can. */
export type Authenticate = (
  authorization: string | undefined,
) => Authentication | Promise<Authentication>;

/** What the judgement rests on. */
export interface AuthenticateOptions {
  readonly tokens: Tokens;
  readonly adminToken: string;
  readonly findApiKey: FindApiKey;
  readonly realNowMs?: (() => number) | undefined;
}

interface Remembered {
  readonly answer: Authentication;
  readonly expiresAtMs: number;
}

const ANONYMOUS: Authentication = { kind: 'anonymous' };
const REMEMBERED_TOKENS = 10_000;

/**
 * The judge of bearer tokens. A signed token's signature is checked once and remembered until the
 * token expires; a key is looked up every time, so that revoking it works at once.
 */
export function createAuthenticate(options: AuthenticateOptions): Authenticate {
  const { tokens, realNowMs = Date.now } = options;
  const adminDigest = digest(options.adminToken);
  const findApiKey = shareLookups(options.findApiKey);
  const remembered = new Map<string, Remembered>();

  return (authorization) => {
    if (authorization === undefined) return ANONYMOUS;
    const token = bearerOf(authorization);
    if (token === undefined) {
      return rejected('The Authorization header must read "Bearer <token>".');
    }
    const known = remembered.get(token);
    if (known && known.expiresAtMs > realNowMs()) return known.answer;
    if (timingSafeEqual(digest(token), adminDigest)) {
      return { kind: 'actor', actor: { role: 'admin' }, limitKey: 'admin' };
    }
    return token.startsWith(API_KEY_PREFIX) ? byKey(token) : bySignature(token);
  };

  async function byKey(token: string): Promise<Authentication> {
    try {
      const facts = await findApiKey(hashApiKey(token));
      if (!facts) return rejected('The API key is unknown, revoked or expired.');
      const { agencyId, keyId, role, scopes } = facts;
      const actor: Actor = { role, agencyId, key: { id: keyId, scopes } };
      return { kind: 'actor', actor, limitKey: `key:${agencyId}:${keyId}` };
    } catch (cause) {
      return { kind: 'failed', cause };
    }
  }

  async function bySignature(token: string): Promise<Authentication> {
    try {
      const { actor, expiresAtMs } = await tokens.verify(token);
      const limitKey = `token:${digest(token).toString('base64')}`;
      const answer: Authentication = { kind: 'actor', actor, limitKey, expiresAtMs };
      remember(token, { answer, expiresAtMs });
      return answer;
    } catch (error) {
      remembered.delete(token);
      return rejected(
        error instanceof errors.JWTExpired
          ? 'The token has expired. Mint a new one.'
          : 'The token is not one of ours, or it was altered.',
      );
    }
  }

  function remember(token: string, known: Remembered): void {
    if (remembered.size >= REMEMBERED_TOKENS) {
      const [oldest] = remembered.keys();
      if (oldest !== undefined) remembered.delete(oldest);
    }
    remembered.set(token, known);
  }
}

function bearerOf(authorization: string): string | undefined {
  return /^Bearer +([^\s,]+) *$/i.exec(authorization)?.[1];
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function rejected(reason: string): Authentication {
  return { kind: 'rejected', reason };
}
