/** What this process counted since it started. */
export interface Tally {
  /** Adds to a counter, such as `denied`. */
  add(name: string, by?: number): void;
  readonly counts: () => Readonly<Record<string, number>>;
}

/** An empty tally. */
export function createTally(): Tally {
  const counts = new Map<string, number>();
  return {
    add(name, by = 1) {
      counts.set(name, (counts.get(name) ?? 0) + by);
    },
    counts: () => Object.fromEntries(counts),
  };
}
