import type { EntityManager } from '@mikro-orm/postgresql';

import type { ServiceContext } from '../../kernel/context.ts';
import { takeKeyed, type Taken } from '../../kernel/take-keyed.ts';
import { readRow } from './conversion-dto.ts';
import { readConversion, type ConversionFields, type ReadConversion } from './conversion-input.ts';
import { Conversion } from './conversion.entity.ts';
import { insertConversions } from './conversion.queries.ts';
import { readingRulesOf } from './reading-rules.ts';

/** What to take, and of whom. */
export interface TakeOptions {
  readonly clientId: string;
  readonly conversions: readonly ConversionFields[];
  /** Only says what would become of each. */
  readonly dryRun: boolean;
}

/** Adds conversions inside the caller's transaction, each answered by itself, and each key once, whoever sends it. */
export async function takeConversions(
  em: EntityManager,
  ctx: ServiceContext,
  { clientId, conversions, dryRun }: TakeOptions,
): Promise<Taken[]> {
  const { agencyId } = ctx;
  const rules = await readingRulesOf(em, agencyId, clientId);
  const owner = { agencyId, clientId, createdAt: ctx.now() };
  return takeKeyed<ConversionFields, ReadConversion>(conversions, {
    // What stands was read by the calendar and the currency of its time.
    read: (fields, row) => {
      const read = readConversion(fields, row?.money ? { ...rules, ...row.money } : rules);
      return row && read.at ? { ...read, localDate: row.localDate } : read;
    },
    find: async (keys) => {
      const where = { agencyId, clientId, key: { $in: [...keys] } };
      const rows = await em.find(Conversion, where, { refresh: true });
      return new Map(
        rows.map((row) => {
          const standing = { id: row.id, isEdited: Boolean(row.editedAt), row: readRow(row) };
          return [row.key ?? '', standing];
        }),
      );
    },
    insert: (rows) =>
      dryRun
        ? Promise.resolve(new Set(rows.map(({ id }) => id)))
        : insertConversions(em, owner, rows),
  });
}
