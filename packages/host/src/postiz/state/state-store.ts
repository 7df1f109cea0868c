/** One entry that changed; without a value it is gone. */
export interface StateChange {
  readonly key: string;
  readonly value: unknown;
}

/**
 * Where the gateway and the poller keep what they must not forget. A change is kept once `write` resolves: a process
 * that is killed afterwards finds it again. One process writes at a time.
 */
export interface StateStore {
  readonly read: () => Promise<ReadonlyMap<string, unknown>>;
  readonly write: (changes: readonly StateChange[]) => Promise<void>;
  readonly close: () => Promise<void>;
}
