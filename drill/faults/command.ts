import { readOptions } from './options.ts';
import { reportOf } from './report.ts';
import { runFaults } from './run-faults.ts';

/** `pnpm drill [--faults N] [--seed S] [--kinds a,b]`: ends with `N faults, N violations`; answers the exit code. */
export async function faultsCommand(
  args: readonly string[],
  say: (line: string) => void,
): Promise<number> {
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      say('stopping after this fault');
      stopping.abort();
    });
  }
  const drilled = await runFaults({ ...readOptions(args), say, signal: stopping.signal });
  for (const line of reportOf(drilled)) say(line);
  return drilled.rounds.some(({ violations }) => violations.length > 0) ? 1 : 0;
}
