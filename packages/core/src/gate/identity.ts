import { createHash, randomUUID } from 'node:crypto';

import { DomainError } from '@retainer/domain';

import { readAnswer } from './answer-text.ts';
import { NOTHING_ASKED, type Decision } from './answer.ts';
import type { ClientState } from './client-state.ts';

/** A time-ordered UUID (version 7): neighbours in time are neighbours in the index. */
export function newId(at: number): string {
  const time = Math.max(0, at).toString(16).padStart(12, '0');
  // Version 4 has its random bits where version 7 wants them, all but the version itself.
  const random = randomUUID();
  return `${time.slice(0, 8)}-${time.slice(8, 12)}-7${random.slice(15)}`;
}

/** A fingerprint of what was asked. `at` and `now` are no part of it, and platforms and channels are sets. */
export function payloadHash(op: {
  readonly now: number;
  readonly at?: number | undefined;
  readonly channels?: readonly { readonly id: string }[] | undefined;
}): string {
  const asked: Record<string, unknown> = { ...op, key: undefined, now: undefined, at: undefined };
  const { platforms } = asked;
  asked['channels'] = op.channels?.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  if (Array.isArray(platforms)) asked['platforms'] = [...new Set(platforms.map(String))].toSorted();
  return createHash('sha256').update(JSON.stringify(asked)).digest('base64url');
}

/** The first answer to this key, if it was used before; a conflict if it was used for something else. */
export function findReplay(state: ClientState, key: string, hash: string): Decision | undefined {
  const hold = state.holdsByKey.get(key);
  if (!hold) return undefined;
  if (hold.payloadHash !== hash) {
    throw new DomainError(
      'idempotency_conflict',
      `The key "${key}" was already used for another request. Use a new key for a new request.`,
    );
  }
  const { answer = NOTHING_ASKED } = hold;
  return { ...(typeof answer === 'string' ? readAnswer(answer) : answer), replayed: true };
}
