/** How long answers took, in milliseconds, in order. */
export type Latencies = readonly number[];

/** So many callers ask again and again, each waiting for its answer, for so long. */
export async function measure(
  ask: () => Promise<unknown>,
  { callers, seconds }: { readonly callers: number; readonly seconds: number },
): Promise<Latencies> {
  const latencies: number[] = [];
  const end = performance.now() + seconds * 1000;
  await Promise.all(
    Array.from({ length: callers }, async () => {
      for (let now = performance.now(); now < end;) {
        await ask();
        const after = performance.now();
        latencies.push(after - now);
        now = after;
      }
    }),
  );
  return inOrder(latencies);
}

/** Latencies of several rounds together. */
export function together(rounds: readonly Latencies[]): Latencies {
  return inOrder(rounds.flat());
}

/** The latency that this share of the answers did not exceed. */
export function percentile(latencies: Latencies, share: number): number {
  return latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? NaN;
}

function inOrder(latencies: readonly number[]): Latencies {
  return latencies.toSorted((a, b) => a - b);
}
