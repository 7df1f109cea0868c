import type { Ask } from './ask.ts';

/** Something that may be asked again and again, and counts once. */
export interface Told {
  readonly kind: 'hold' | 'post' | 'hours' | 'lead';
  readonly clientId: string;
  readonly key: string;
  readonly ask: Ask;
  /** What was answered first; nothing while nobody knows. */
  answer?: Answer;
  /** What was to become of it. */
  end?: { readonly as: 'committed' | 'released'; readonly ask: Ask; isAnswered: boolean };
}

/** What names the one thing that was made, and whether there was room for it. */
export interface Answer {
  readonly id: string;
  readonly isGranted: boolean;
}

/** What was asked of some clients, and what of it was answered. */
export type Book = Told[];

/** Whether something takes room now, or took it for good. */
export function takesRoom({ kind, answer, end }: Told): boolean {
  const isAsked = kind === 'hold' || kind === 'post';
  return isAsked && answer?.isGranted === true && end?.as !== 'released';
}

/** Reads what was made out of an answer; throws where it is none. */
export function answerOf(kind: Told['kind'], body: unknown): Answer {
  const name = kind === 'hold' || kind === 'post' ? 'reservationId' : 'id';
  const id = fieldOf(body, name);
  const decision = fieldOf(body, 'decision');
  if (typeof id !== 'string') throw new Error(`an answer without ${name}: ${JSON.stringify(body)}`);
  return { id, isGranted: decision !== 'deny' };
}

/** A field of something that may have none. */
export function fieldOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return new Map<string, unknown>(Object.entries(value)).get(name);
}
