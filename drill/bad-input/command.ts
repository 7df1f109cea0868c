import { parseArgs } from 'node:util';

import { runBadInput } from './run-bad-input.ts';

const REQUESTS = 100_000;

/** `pnpm drill bad-input`: ends with `N requests, N violations`; answers the exit code. */
export async function badInputCommand(
  args: readonly string[],
  say: (line: string) => void,
): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      requests: { type: 'string', default: String(REQUESTS) },
      seed: { type: 'string', default: '1' },
    },
  });
  const { statuses, violations, requests } = await runBadInput({
    requests: Number(values.requests),
    seed: Number(values.seed),
    say,
  });
  for (const [name, count] of [...statuses].toSorted(([one], [other]) => one.localeCompare(other)))
    say(`${name}: ${count}`);
  say(`${requests} requests, ${violations.length} violations`);
  return violations.length > 0 ? 1 : 0;
}
