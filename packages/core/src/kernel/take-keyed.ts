import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';

import { DomainError } from '@retainer/domain';

import { keyReused } from './replay.ts';

/** Which row stands for what was sent, or why none does. `replayed`: it stood there before. */
export type Taken =
  | { readonly ok: true; readonly id: string; readonly replayed: boolean }
  | { readonly ok: false; readonly error: DomainError };

/** A row that came with a key. */
export interface Standing<TRow> {
  readonly id: string;
  /** Whether it says something else now than when it came. */
  readonly isEdited: boolean;
  readonly row: TRow;
}

/** A row to add. */
export interface Fresh<TRow> {
  readonly id: string;
  readonly key: string | null;
  readonly row: TRow;
}

/** How facts of one kind are read and kept. */
export interface Taking<TFields, TRow> {
  /** Reads fields into a row, with defaults of today, or of the row that stands already; throws a refusal. */
  readonly read: (fields: TFields, standing?: TRow) => TRow;
  readonly find: (keys: readonly string[]) => Promise<ReadonlyMap<string, Standing<TRow>>>;
  /** Adds rows, but none whose key is taken, also by another transaction now; answers the ids of those it added. */
  readonly insert: (rows: readonly Fresh<TRow>[]) => Promise<ReadonlySet<string>>;
}

/**
 * Adds facts that may come again under their key: each is answered by itself, in its place, and each key is taken
 * once, whoever sends it. Of a fact that was edited since nobody knows what it said, so it stands for its key.
 */
export async function takeKeyed<
  TFields extends { readonly idempotencyKey?: string | undefined },
  TRow extends object,
>(items: readonly TFields[], taking: Taking<TFields, TRow>): Promise<Taken[]> {
  const told = items.map((fields) => ({ fields, read: attempt(() => taking.read(fields)) }));
  const keys = items.flatMap(({ idempotencyKey }) => idempotencyKey ?? []);
  const standing = new Map(keys.length > 0 ? await taking.find(keys) : []);

  const made = new Map<number, Fresh<TRow>>();
  for (const [place, { fields, read }] of told.entries()) {
    const key = fields.idempotencyKey ?? null;
    if (read instanceof DomainError || (key !== null && standing.has(key))) continue;
    const row = { id: randomUUID(), key, row: read };
    made.set(place, row);
    // What comes again in the same list repeats this one.
    if (key !== null) standing.set(key, { ...row, isEdited: false });
  }
  for (const [key, row] of await addRows([...made.values()], taking)) standing.set(key, row);

  return told.map(({ fields, read }, place) => {
    if (read instanceof DomainError) return { ok: false, error: read };
    const row = standing.get(fields.idempotencyKey ?? '');
    const id = made.get(place)?.id;
    if (id !== undefined && (row === undefined || row.id === id)) {
      return { ok: true, id, replayed: false };
    }
    return row && isSame(taking, fields, row)
      ? { ok: true, id: row.id, replayed: true }
      : { ok: false, error: keyReused('idempotencyKey') };
  });
}

/** Adds rows; answers those whose keys somebody else took in between, and has committed by now. */
async function addRows<TFields, TRow>(
  rows: readonly Fresh<TRow>[],
  { insert, find }: Taking<TFields, TRow>,
): Promise<Iterable<readonly [string, Standing<TRow>]>> {
  const added = rows.length > 0 ? await insert(rows) : new Set();
  const lost = rows.flatMap(({ id, key }) => (key === null || added.has(id) ? [] : [key]));
  return lost.length > 0 ? find(lost) : [];
}

function isSame<TFields, TRow>(
  { read }: Taking<TFields, TRow>,
  fields: TFields,
  { row, isEdited }: Standing<TRow>,
): boolean {
  return (
    isEdited ||
    isDeepStrictEqual(
      attempt(() => read(fields, row)),
      row,
    )
  );
}

function attempt<T>(read: () => T): T | DomainError {
  try {
    return read();
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
}
