import { parseArgs } from 'node:util';

/** What a bench on generated facts was asked for. */
export interface FactsOptions {
  readonly seed: number;
  readonly scale: number;
  readonly fresh: boolean;
  /** How long each contender is asked in a round, and how many rounds there are. */
  readonly seconds: number;
  readonly rounds: number;
}

/** What `--help` says of a bench on these facts. */
export function factsHelp(name: string, what: string, how: string): string {
  return `pnpm bench ${name}: ${what}.

${how}
The data is made once, from a seed, under .data/bench-value, and kept for the next run.

  --scale N     how much of it: 0.01 has 10 clients and 100,000 observations (default 1)
  --seed N      other data of the same kind (default 1)
  --fresh       makes the data anew although it is there
  --seconds N   how long each is asked in a round (default 5)
  --rounds N    how many rounds there are (default 3)
  --help        says this`;
}

/** Reads the arguments; undefined where somebody asked for help. */
export function readFactsOptions(args: readonly string[]): FactsOptions | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      scale: { type: 'string', default: '1' },
      seed: { type: 'string', default: '1' },
      fresh: { type: 'boolean', default: false },
      seconds: { type: 'string', default: '5' },
      rounds: { type: 'string', default: '3' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  return {
    scale: positive('scale', values.scale),
    seed: positive('seed', values.seed),
    fresh: values.fresh,
    seconds: positive('seconds', values.seconds),
    rounds: positive('rounds', values.rounds),
  };
}

function positive(name: string, text: string): number {
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  throw new Error(`--${name} must be a number above 0, not "${text}"`);
}
