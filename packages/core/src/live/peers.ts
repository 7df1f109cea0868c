/** The other processes on the same database, as far as one of them knows. */
export interface Peers {
  readonly known: Set<number>;
  /** Those that were gone at the last look, and had not said goodbye. */
  readonly missing: Set<number>;
}

/** Nobody is known yet. */
export function createPeers(): Peers {
  return { known: new Set(), missing: new Set() };
}

/** A process said hello. */
export function meetPeer(peers: Peers, process: number): void {
  peers.known.add(process);
  peers.missing.delete(process);
}

/** A process said goodbye, or somebody found it lost. */
export function partWithPeer(peers: Peers, process: number): void {
  peers.known.delete(process);
  peers.missing.delete(process);
}

/**
 * Compares who is there with who is known, and answers who was lost: gone at two looks in a row, so that a goodbye
 * that is on its way has the time between them to arrive.
 */
export function lookAtPeers(peers: Peers, present: readonly number[]): number[] {
  const gone = [...peers.known].filter((process) => !present.includes(process));
  const lost = gone.filter((process) => peers.missing.has(process));
  peers.missing.clear();
  for (const process of gone) peers.missing.add(process);
  for (const process of lost) partWithPeer(peers, process);
  for (const process of present) peers.known.add(process);
  return lost;
}
