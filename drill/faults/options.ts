import { parseArgs } from 'node:util';

import { KINDS, type Kinds } from './kinds/kinds.ts';

/** What `pnpm drill` was asked. */
export interface FaultOptions {
  readonly faults: number;
  readonly seed: number;
  readonly kinds: Kinds;
}

const FAULTS = 200;

/** Reads the command line; throws with what is wrong. */
export function readOptions(args: readonly string[]): FaultOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      faults: { type: 'string', default: String(FAULTS) },
      seed: { type: 'string', default: '1' },
      kinds: { type: 'string', default: Object.keys(KINDS).join() },
    },
  });
  const names = values.kinds.split(',');
  const unknown = names.filter((name) => !Object.hasOwn(KINDS, name));
  if (unknown.length > 0) {
    throw new Error(`No such fault: ${unknown.join()}. There are ${Object.keys(KINDS).join()}.`);
  }
  return {
    faults: wholeNumber('faults', values.faults),
    seed: wholeNumber('seed', values.seed),
    kinds: Object.fromEntries(Object.entries(KINDS).filter(([name]) => names.includes(name))),
  };
}

function wholeNumber(name: string, text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new Error(`--${name} must be a whole number above 0`);
}
