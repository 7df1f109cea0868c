/** What this process counted since it started. */
export interface Tally {
  /** Adds to a counter, such as `denied`. */
  add(name: string, by?: number): void;
  /** Counts a name of Postiz's that nobody knows: a network, a label. */
  unknown(kind: 'platform' | 'metric', name: string): void;
  readonly counts: () => Readonly<Record<string, number>>;
  readonly unknowns: () => Readonly<
    Record<'platform' | 'metric', Readonly<Record<string, number>>>
  >;
}

/** How many different unknown names are listed: they come from outside. */
const MOST_NAMES = 200;

/** An empty tally. */
export function createTally(): Tally {
  const counts = new Map<string, number>();
  const unknowns = { platform: new Map<string, number>(), metric: new Map<string, number>() };
  return {
    add(name, by = 1) {
      counts.set(name, (counts.get(name) ?? 0) + by);
    },
    unknown(kind, name) {
      const names = unknowns[kind];
      if (!names.has(name) && names.size >= MOST_NAMES) return;
      names.set(name, (names.get(name) ?? 0) + 1);
    },
    counts: () => Object.fromEntries(counts),
    unknowns: () => ({
      platform: Object.fromEntries(unknowns.platform),
      metric: Object.fromEntries(unknowns.metric),
    }),
  };
}
