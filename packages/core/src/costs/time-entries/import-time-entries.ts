import { createHash } from 'node:crypto';

import * as z from 'zod';

import { recordAudit } from '../../audit/record-audit.ts';
import { inTransaction, type ServiceContext } from '../../kernel/context.ts';
import type { Taken } from '../../kernel/take-keyed.ts';
import { WorkspaceId } from '../../tenancy/input-fields.ts';
import { takeTimeEntries } from './take-time-entries.ts';
import { readEntry, TIME_ENTRY_FIELDS, type TimeEntryFields } from './time-entry-input.ts';

const MOST_AT_ONCE = 5000;

/** One line of an import: what a single entry says, without its client. */
export const TimeEntryLine = z.strictObject(TIME_ENTRY_FIELDS);

const ImportTimeEntriesInput = z.strictObject({
  clientWorkspaceId: WorkspaceId,
  lines: z.array(TimeEntryLine).min(1).max(MOST_AT_ONCE),
  /** Only says what would become of each. */
  dryRun: z.boolean().default(false),
});
export type ImportTimeEntriesInput = z.input<typeof ImportTimeEntriesInput>;

/**
 * Takes a client's time from the lines of a file, each answered in its place: added, there already, or refused alone.
 * A line is known by its idempotencyKey or, without one, by all that it says and how many lines before it say the
 * same. So the same file sent again, or a longer one that repeats it, doubles nothing, and what was edited or deleted
 * since stays so. The audit remembers how many, not each.
 */
export async function importTimeEntries(
  ctx: ServiceContext,
  input: ImportTimeEntriesInput,
): Promise<Taken[]> {
  const { clientWorkspaceId: clientId, lines, dryRun } = ImportTimeEntriesInput.parse(input);
  return inTransaction(ctx, async (em) => {
    const taken = await takeTimeEntries<KeyedLine>(em, ctx, {
      clientId,
      source: 'import',
      entries: keyed(lines),
      // A made key holds all that its line says: there is nothing left to compare.
      read: ({ line, isMade }, defaults, standing) =>
        isMade && standing ? standing : readEntry(line, defaults),
      dryRun,
    });
    const refused = taken.filter((one) => !one.ok).length;
    const replayed = taken.filter((one) => one.ok && one.replayed).length;
    const accepted = taken.length - refused - replayed;
    if (accepted > 0 && !dryRun) {
      const after = { accepted, replayed, refused };
      const action = 'time_entries.imported';
      recordAudit(em, ctx, { action, subject: 'time_entries', clientId, after });
    }
    return taken;
  });
}

interface KeyedLine {
  readonly line: TimeEntryFields;
  readonly idempotencyKey: string;
  /** The key was made from the line. */
  readonly isMade: boolean;
}

function keyed(lines: readonly TimeEntryFields[]): KeyedLine[] {
  const seen = new Map<string, number>();
  return lines.map((line) => {
    const { idempotencyKey } = line;
    if (idempotencyKey !== undefined) return { line, idempotencyKey, isMade: false };
    const print = fingerprint(line);
    const times = (seen.get(print) ?? 0) + 1;
    seen.set(print, times);
    return { line, idempotencyKey: `line:${print}:${times}`, isMade: true };
  });
}

function fingerprint(line: TimeEntryFields): string {
  const sorted = Object.entries(line).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(sorted)).digest('base64url');
}
