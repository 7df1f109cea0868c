/** What a name that nobody knows was meant to be. */
export type NameKind = 'platform' | 'metric' | 'event';

/** A name of a host's that our vocabulary does not have, and how often it came. */
export interface UnknownName {
  readonly kind: NameKind;
  /** The host that used it. */
  readonly host: string;
  readonly name: string;
  readonly count: number;
}

/** Names that were not understood, counted instead of thrown: a process shows them, so that somebody adds them. */
export interface UnknownNames {
  readonly note: (seen: Omit<UnknownName, 'count'>) => void;
  /** The most frequent first. */
  readonly list: () => readonly UnknownName[];
  /** Names that came when the list was full: counted together, not kept. */
  readonly overflow: () => number;
}

const MOST_NAMES = 1000;
const LONGEST_NAME = 128;

/** An empty list of unknown names. A stranger who sends ever new ones fills it, and no more memory than it. */
export function createUnknownNames(): UnknownNames {
  const seen = new Map<string, UnknownName>();
  let overflow = 0;
  return {
    note: ({ kind, host, name: told }) => {
      const name = told.slice(0, LONGEST_NAME);
      const key = JSON.stringify([kind, host, name]);
      const count = (seen.get(key)?.count ?? 0) + 1;
      if (count === 1 && seen.size >= MOST_NAMES) overflow += 1;
      else seen.set(key, { kind, host, name, count });
    },
    list: () => [...seen.values()].toSorted((a, b) => b.count - a.count),
    overflow: () => overflow,
  };
}
