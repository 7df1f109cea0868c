import type { HookBodies } from '../calls/hook-bodies.ts';

/** The hooks that can wait: all but the question and the batch. */
export type QueuedHook = Exclude<keyof HookBodies, 'check' | 'events'>;

/** Something Retainer has yet to be told. */
export type Message = {
  readonly [THook in QueuedHook]: { readonly hook: THook; readonly body: HookBodies[THook] };
}[QueuedHook];

/** A message on its way into an outbox. What is in one lane is told in the order in which it came. */
export interface NewEntry {
  readonly lane: string;
  readonly message: Message;
}

/** A message in an outbox; ids grow in the order of arrival. */
export interface Entry extends NewEntry {
  readonly id: number;
}

/** Why Retainer will not take a message as it is. */
export interface Refusal {
  readonly code: string;
  readonly detail: string;
}

/** A message that was refused and set aside, so that those behind it can go on. */
export interface RefusedEntry extends Entry {
  readonly refusal: Refusal;
}

/** What became of a message: told, or refused. */
export interface Handled {
  readonly id: number;
  readonly refusal?: Refusal | undefined;
}

/** What to look for in an outbox. */
export interface WaitingAsk {
  readonly limit: number;
  /** Only this lane. */
  readonly lane?: string;
}

/** Keeps what Retainer was not told yet, across crashes and restarts. */
export interface Outbox {
  /** Keeps an entry for good: it is there after a crash once this resolves. */
  readonly append: (entry: NewEntry) => Promise<void>;
  /** The oldest entries that wait, in their order. */
  readonly waiting: (ask: WaitingAsk) => Promise<readonly Entry[]>;
  /** Lets go of what was told, and sets aside what was refused. */
  readonly settle: (handled: readonly Handled[]) => Promise<void>;
  readonly refused: () => Promise<readonly RefusedEntry[]>;
  /** Lets everything that was refused wait again, in its old place. */
  readonly readmit: () => Promise<void>;
  readonly size: () => Promise<{ readonly waiting: number; readonly refused: number }>;
  /**
   * Runs `work` while nobody else delivers from this outbox, in any process, and answers with what it brought; with
   * nothing, and without running it, where somebody does.
   */
  readonly exclusively: <T>(work: () => Promise<T>) => Promise<{ readonly value: T } | undefined>;
  readonly close: () => Promise<void>;
}
