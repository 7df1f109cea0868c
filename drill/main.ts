/** `pnpm drill` lets things go wrong, `pnpm drill bad-input` sends what nobody counts on. The last line has the sum. */
import { badInputCommand } from './bad-input/command.ts';
import { faultsCommand } from './faults/command.ts';

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const [first, ...rest] = process.argv.slice(2);
process.exitCode =
  first === 'bad-input'
    ? await badInputCommand(rest, say)
    : await faultsCommand(process.argv.slice(2), say);
