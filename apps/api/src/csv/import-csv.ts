import { getClient, type ServiceContext, type Taken } from '@retainer/core';
import { DomainError } from '@retainer/domain';
import * as z from 'zod';

import { issuesOf } from '../input-issues.ts';
import { readCsv, type CsvRow, type RefusedLine } from './read-csv.ts';

const MOST_CHARACTERS = 8 * 1024 * 1024;
const MOST_LINES = 5000;

/** What the body of an import says. */
export const CSV_FIELDS = {
  csv: z
    .string()
    .max(MOST_CHARACTERS)
    .meta({ description: 'CSV text with a header line, parted by commas or semicolons.' }),
  dryRun: z.boolean().default(false).meta({ description: 'Only tell what would become of it.' }),
} as const;

/** What became of an import: how many lines were taken, and each that was not, with its number and why. */
export const csvReportOut = z.object({
  dryRun: z.boolean(),
  accepted: z.number(),
  replayed: z.number().meta({ description: 'Lines whose key was taken before with the same.' }),
  refused: z.array(
    z.object({
      line: z.number().meta({ description: 'As an editor counts: the header is line 1.' }),
      field: z.string().optional(),
      message: z.string(),
      text: z.string(),
    }),
  ),
});
type CsvReport = z.output<typeof csvReportOut>;

/** How the lines of a CSV text become facts of a client. */
export interface CsvImport<TColumn extends string, TRow> {
  readonly columns: readonly TColumn[];
  /** The cells of a line as the schema of a row takes them. */
  readonly rowOf: (cells: CsvRow<TColumn>['fields']) => object;
  readonly schema: z.ZodType<TRow>;
  /** Takes rows, each answered in its place. */
  readonly take: (rows: TRow[]) => Promise<readonly Taken[]>;
}

/** Takes the lines of a CSV text that are right, and reports each one that is not. */
export async function importCsv<TColumn extends string, TRow>(
  ctx: ServiceContext,
  input: { readonly clientWorkspaceId: string; readonly csv: string; readonly dryRun: boolean },
  { columns, rowOf, schema, take }: CsvImport<TColumn, TRow>,
): Promise<CsvReport> {
  const { clientWorkspaceId, csv, dryRun } = input;
  // Whose it is comes before what it says.
  await getClient(ctx, { clientWorkspaceId });
  const { rows, refused } = readCsv(csv, { columns });
  if (rows.length > MOST_LINES) {
    const message = `has ${rows.length} lines, and at most ${MOST_LINES} are taken at once. Send it in parts`;
    throw new DomainError('invalid_input', `csv: ${message}.`, {
      issues: [{ path: 'csv', message }],
    });
  }
  const parsed = rows.map((line) => ({ line, result: z.safeParse(schema, rowOf(line.fields)) }));
  const good = parsed.flatMap(({ line, result }) =>
    result.success ? [{ line, row: result.data }] : [],
  );
  const bad = parsed.flatMap(({ line, result }) => {
    const [issue] = result.success ? [] : issuesOf(result.error.issues);
    return issue ? [refusal(line, issue)] : [];
  });
  const taken = good.length > 0 ? await take(good.map(({ row }) => row)) : [];
  const turnedDown = good.flatMap(({ line }, index) => {
    const one = taken[index];
    if (!one || one.ok) return [];
    const [issue = { path: '', message: one.error.message }] = one.error.issues;
    return [refusal(line, issue)];
  });
  const replayed = taken.filter((one) => one.ok && one.replayed).length;
  return {
    dryRun,
    accepted: taken.filter(({ ok }) => ok).length - replayed,
    replayed,
    refused: [...refused, ...bad, ...turnedDown].toSorted((a, b) => a.line - b.line),
  };
}

function refusal(
  { line, text }: CsvRow<string>,
  { path, message }: { readonly path: string; readonly message: string },
): RefusedLine {
  const [field = ''] = path.split('.');
  return { line, ...(field !== '' && { field }), message, text };
}

/** A cell that holds a number; anything else is left for the schema to name. */
export function numberCell(cell: string | undefined): number | string | undefined {
  return cell !== undefined && /^-?\d{1,15}(?:\.\d{1,15})?$/u.test(cell) ? Number(cell) : cell;
}

/** A cell that holds yes or no, as people and spreadsheets write it; anything else is left for the schema to name. */
export function booleanCell(cell: string): boolean | string {
  if (/^(?:true|yes|y|1)$/iu.test(cell)) return true;
  return /^(?:false|no|n|0)$/iu.test(cell) ? false : cell;
}
