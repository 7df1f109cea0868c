/** The other processes on the same database, as far as one of them knows. */
export interface Peers {
  readonly known: Set<number>;
  /** Those that were gone at the last look, and had not said goodbye. */
  readonly missing: Set<number>;
  /** Those that are known to have ended, as long as a look may still have seen them before. */
  readonly ended: Set<number>;
}

/** Nobody is known yet. */
export function createPeers(): Peers {
  return { known: new Set(), missing: new Set(), ended: new Set() };
}

/** A process said hello, or was seen. */
export function meetPeer(peers: Peers, process: number): void {
  if (!peers.ended.has(process)) peers.known.add(process);
}

/** A process said goodbye, or somebody found it lost. */
export function partWithPeer(peers: Peers, process: number): void {
  peers.known.delete(process);
  peers.missing.delete(process);
  peers.ended.add(process);
}

/**
 * Compares who is there with who is known, and answers who was lost: gone at two looks in a row, so that a goodbye
 * that is on its way has the time between them to arrive. A goodbye may also be heard before the look that came first.
 */
export function lookAtPeers(peers: Peers, present: readonly number[]): number[] {
  const { known, missing, ended } = peers;
  const gone = [...known].filter((process) => !present.includes(process));
  const lost = gone.filter((process) => missing.has(process));
  missing.clear();
  for (const process of gone) missing.add(process);
  for (const process of lost) partWithPeer(peers, process);
  for (const process of present) meetPeer(peers, process);
  for (const process of ended) if (!present.includes(process)) ended.delete(process);
  return lost;
}
