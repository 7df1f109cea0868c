import { isFields, type Fields } from '../compare.ts';

/** The words in which concurrent operations are tallied. */
export const OUTCOMES = [
  'held',
  'allowed',
  'denied',
  'replayed',
  'error',
  'committed',
  'released',
  'rejected',
  'not_found',
  'expired',
  'applied',
  'scheduled',
  'canceled',
  'ended',
  'assigned',
  'granted',
  'published',
  'paused',
  'active',
  'limit_reached',
  'limit_is_zero',
  'idempotency_conflict',
  'already_committed',
  'already_released',
  'was_denied',
  'not_held',
] as const;

/** How often each outcome came up. A replayed answer is tallied as replayed and as nothing else. */
export function tally(answers: readonly Fields[]): Fields {
  const counts = new Map<string, number>(OUTCOMES.map((word) => [word, 0]));
  for (const answer of answers) {
    for (const [word, times] of outcomesOf(answer)) {
      counts.set(word, (counts.get(word) ?? 0) + times);
    }
  }
  return Object.fromEntries(counts);
}

function outcomesOf(answer: Fields): readonly (readonly [string, number])[] {
  if (answer['replay'] === true) return [['replayed', 1]];
  const expired = answer['expired'];
  if (typeof expired === 'number') return [['expired', expired]];
  const words = [answer['decision'] ?? answer['status'], answer['reason']].flatMap(wordsOf);
  return words.map((word) => [word, 1]);
}

function wordsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (isFields(value) && Array.isArray(value['oneOf'])) return value['oneOf'].map(String);
  return [];
}
