import { parseArgs } from 'node:util';

/** What is to be done with which rollups. */
export interface RollupAsk {
  readonly verb: 'check' | 'rebuild';
  readonly agencyId: string | undefined;
  readonly clientId: string | undefined;
}

/** The command was misspelt; the message says how. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const HELP = `Compares the rollups, which all figures are read from, with what the facts make of them.

  pnpm rollup:check      says where they differ; changes nothing
  pnpm rollup:rebuild    makes them anew, and says what was not as it should have been

  --agency ID            one agency alone
  --client ID            one client alone
  --help                 this text

What is written but still in the queue is no difference. It works beside a running service, on the database of
DATABASE_URL, else on the embedded one under DATA_DIR (.data). The last line counts clients and the rows that differ.
A check that finds any ends with exit code 1.`;

/** Reads the command's words; throws a `UsageError` where they make no sense. */
export function readAsk(words: readonly string[]): RollupAsk | 'help' {
  const { values, positionals } = parsed(words);
  if (values.help === true) return 'help';
  const [verb, ...rest] = positionals;
  if ((verb !== 'check' && verb !== 'rebuild') || rest.length > 0) {
    throw new UsageError(`Say check or rebuild, not "${positionals.join(' ')}".`);
  }
  return { verb, agencyId: values.agency, clientId: values.client };
}

function parsed(words: readonly string[]) {
  try {
    return parseArgs({
      args: words.filter((word) => word !== '--'),
      options: {
        agency: { type: 'string' },
        client: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
      allowPositionals: true,
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}
