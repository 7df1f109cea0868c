import { createHash } from 'node:crypto';

/** What a key opens, as the core keeps it. */
export interface ApiKeyFacts {
  readonly agencyId: string;
  readonly keyId: string;
  readonly role: 'agency' | 'host';
  readonly scopes: readonly string[];
}

/** Finds a live key by the SHA-256 of its text; `undefined` when unknown, revoked or expired. */
export type FindApiKey = (hash: Buffer) => Promise<ApiKeyFacts | undefined>;

/** What every API key starts with. */
export const API_KEY_PREFIX = 'rt_';

/** The only form in which a key is kept. */
export function hashApiKey(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}

interface Lookups {
  running: Promise<ApiKeyFacts | undefined>;
  next: Promise<ApiKeyFacts | undefined> | undefined;
}

/**
 * The same answers as `find` with at most one query under way for a key. A caller who comes while
 * one runs shares the one after it, so nobody is answered by a look-up that began before they came:
 * a key revoked before a request is refused to it.
 */
export function shareLookups(find: FindApiKey): FindApiKey {
  const byHash = new Map<string, Lookups>();
  return (hash) => {
    const name = hash.toString('base64');
    const known = byHash.get(name);
    if (!known) return start(name, hash);
    known.next ??= known.running.then(ignore, ignore).then(() => start(name, hash));
    return known.next;
  };

  function start(name: string, hash: Buffer): Promise<ApiKeyFacts | undefined> {
    const lookups: Lookups = { running: find(hash), next: undefined };
    byHash.set(name, lookups);
    const forget = () => {
      if (byHash.get(name) === lookups && !lookups.next) byHash.delete(name);
    };
    lookups.running.then(forget, forget);
    return lookups.running;
  }
}

function ignore(): void {}
