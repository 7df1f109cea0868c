import { parseArgs } from 'node:util';

import { instantOf } from '../schemas.ts';

/** What is to be done with which backups. */
export type BackupAsk =
  | { readonly verb: 'take' | 'list' }
  | { readonly verb: 'restore'; readonly into: string; readonly to: Date | undefined };

/** The command was misspelt; the message says how. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const HELP = `Backs up the embedded PostgreSQL, and restores it to a point in time.

  pnpm backup                                 copies the database under DATA_DIR into BACKUP_DIR, while it works
  pnpm backup list                            says which copies there are, and from when on one can restore
  pnpm backup restore --into DIR              makes a database in DIR, with everything that was committed
  pnpm backup restore --into DIR --to INSTANT the same as it was then: 2026-03-01T09:00:00Z

The service has to run with BACKUP_DIR as well: it keeps there what is written after a copy. A restore changes neither
the backups nor the database they are of. Start Retainer with DATA_DIR=DIR afterwards.`;

/** Reads the command's words; throws a `UsageError` where they make no sense. */
export function readAsk(words: readonly string[]): BackupAsk | 'help' {
  const { values, positionals } = parsed(words);
  if (values.help === true) return 'help';
  const [verb = 'take', ...rest] = positionals;
  if (rest.length > 0 || !['take', 'list', 'restore'].includes(verb)) {
    throw new UsageError(`Say take, list or restore, not "${positionals.join(' ')}".`);
  }
  if (verb !== 'restore') {
    if (values.into !== undefined || values.to !== undefined) {
      throw new UsageError('--into and --to are for restore.');
    }
    return { verb: verb === 'list' ? 'list' : 'take' };
  }
  if (values.into === undefined) throw new UsageError('Say --into which folder to restore.');
  return { verb, into: values.into, to: pointIn(values.to) };
}

function pointIn(text: string | undefined): Date | undefined {
  if (text === undefined) return undefined;
  const to = instantOf(text);
  if (to) return to;
  throw new UsageError('--to must be an instant with its offset, such as 2026-03-01T09:00:00Z.');
}

function parsed(words: readonly string[]) {
  try {
    return parseArgs({
      args: words.filter((word) => word !== '--'),
      options: {
        into: { type: 'string' },
        to: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
      allowPositionals: true,
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}
