import { createHash } from 'node:crypto';

import type { EntityManager } from '@mikro-orm/postgresql';
import * as z from 'zod';

import { recordAudit } from '../../audit/record-audit.ts';
import { inTransaction, type ServiceContext } from '../../kernel/context.ts';
import { WorkspaceId } from '../../tenancy/input-fields.ts';
import { refusalOfLine, type RefusedLine } from '../../tenancy/refused-line.ts';
import { requireClient } from '../../tenancy/require-client.ts';
import { currencyOf } from '../currency-of.ts';
import { sayTimeEntry } from './say-time-entry.ts';
import { readTime, readWork, TIME_ENTRY_FIELDS, type EntryDefaults } from './time-entry-input.ts';
import { withoutTrace } from './time-entry.queries.ts';
import { writeTimeEntries, type EntryToWrite } from './write-time-entries.ts';

const MOST_LINES = 10_000;

/** What one line of an import may say. */
export const TimeEntryLine = z.strictObject(TIME_ENTRY_FIELDS);

export const ImportTimeEntriesInput = z.strictObject({
  clientWorkspaceId: WorkspaceId,
  lines: z
    .array(
      z.strictObject({
        /** Where it stands in what was sent, for the report. */
        line: z.int().min(1),
        text: z.string().max(1_000),
        fields: z.record(z.string(), z.unknown()),
      }),
    )
    .max(MOST_LINES),
  /** Only says what would become of each line. */
  dryRun: z.boolean().default(false),
});
export type ImportTimeEntriesInput = z.input<typeof ImportTimeEntriesInput>;

/** What became of the lines of an import. */
export interface ImportReport {
  readonly dryRun: boolean;
  /** How many became entries. */
  readonly accepted: number;
  /** How many were entries already, from this import or an earlier one. */
  readonly replayed: number;
  readonly refused: readonly RefusedLine[];
}

/**
 * Takes a client's time from a file, each line by itself: what is wrong with one keeps no other out. A line is known
 * by its idempotencyKey or, without one, by all that it says and how many lines before it say the same: so the same
 * file sent again, or a longer one that repeats it, doubles nothing. What was edited or deleted since stays so.
 */
export async function importTimeEntries(
  ctx: ServiceContext,
  input: ImportTimeEntriesInput,
): Promise<ImportReport> {
  const wanted = ImportTimeEntriesInput.parse(input);
  const { clientWorkspaceId: clientId, lines, dryRun } = wanted;
  return inTransaction(ctx, async (em) => {
    const client = await requireClient(em, ctx.agencyId, { clientId, forWriting: true });
    const currency = await currencyOf(em, client);
    const read = readLines(lines, { person: ctx.actor.id, currency });
    const write = () => writeLines(em, ctx, { clientId, lines: read.good });
    const written = dryRun ? await withoutTrace(em, write) : await write();
    const refused = [...read.refused, ...written.refused].toSorted((a, b) => a.line - b.line);
    const { accepted, replayed } = written;
    if (accepted > 0 && !dryRun) {
      const after = { accepted, replayed, refused: refused.length };
      recordAudit(em, ctx, {
        action: 'time_entries.imported',
        subject: 'time_entries',
        clientId,
        after,
      });
    }
    return { dryRun, accepted, replayed, refused };
  });
}

type Line = z.output<typeof ImportTimeEntriesInput>['lines'][number];

interface ReadLine {
  readonly line: Line;
  readonly entry: EntryToWrite;
}

interface ReadLines {
  readonly good: readonly ReadLine[];
  readonly refused: readonly RefusedLine[];
}

function readLines(lines: readonly Line[], defaults: EntryDefaults): ReadLines {
  const good: ReadLine[] = [];
  const refused: RefusedLine[] = [];
  const seen = new Map<string, number>();
  for (const line of lines) {
    try {
      good.push({ line, entry: readLine(line, { defaults, seen }) });
    } catch (error) {
      refused.push(refusalOfLine(line, error));
    }
  }
  return { good, refused };
}

function readLine(
  { fields }: Line,
  { defaults, seen }: { readonly defaults: EntryDefaults; readonly seen: Map<string, number> },
): EntryToWrite {
  const { idempotencyKey, ...said } = TimeEntryLine.parse(fields);
  const content = { ...readTime(said), ...readWork(said, defaults) };
  if (idempotencyKey !== undefined) {
    return { content, key: idempotencyKey, said: sayTimeEntry(content) };
  }
  const print = fingerprint(fields);
  const times = (seen.get(print) ?? 0) + 1;
  seen.set(print, times);
  // The key holds all that the line says: there is nothing left to compare.
  return { content, key: `line:${print}:${times}`, said: {} };
}

function fingerprint(fields: Readonly<Record<string, unknown>>): string {
  const sorted = Object.entries(fields).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(sorted)).digest('base64url');
}

interface LinesToWrite {
  readonly clientId: string;
  readonly lines: readonly ReadLine[];
}

async function writeLines(
  em: EntityManager,
  ctx: ServiceContext,
  { clientId, lines }: LinesToWrite,
): Promise<Omit<ImportReport, 'dryRun'>> {
  const entries = lines.map(({ entry }) => entry);
  const written = await writeTimeEntries(em, ctx, { clientId, source: 'import', entries });
  const count = (outcome: string) => written.filter((one) => one.outcome === outcome).length;
  return {
    accepted: count('accepted'),
    replayed: count('replayed'),
    refused: lines.flatMap(({ line: { line, text } }, index) =>
      written[index]?.outcome === 'clash'
        ? [{ line, text, field: 'idempotencyKey', message: KEY_TAKEN }]
        : [],
    ),
  };
}

const KEY_TAKEN = 'stands for something else already. Give a new entry a new key';
