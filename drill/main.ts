/** `pnpm drill [--faults N] [--seed S] [--kinds a,b]`: ends with `N faults, N violations`. */
import { readOptions } from './faults/options.ts';
import { reportOf } from './faults/report.ts';
import { runFaults } from './faults/run-faults.ts';

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const drilled = await runFaults({ ...readOptions(process.argv.slice(2)), say });
for (const line of reportOf(drilled)) say(line);
process.exitCode = drilled.rounds.some(({ violations }) => violations.length > 0) ? 1 : 0;
