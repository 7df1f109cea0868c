import { DomainError } from '@retainer/domain';
import { CsvError, parse } from 'csv-parse/sync';

/** One line of a CSV text that could be read. */
export interface CsvRow<TColumn extends string> {
  /** Where it begins, counted as an editor does: the header is line 1. */
  readonly line: number;
  /** The line as it was sent; the parts of a quoted cell with line breaks too. */
  readonly text: string;
  /** Its cells without the blanks around them; an empty cell is not there. */
  readonly fields: Readonly<Partial<Record<TColumn, string>>>;
}

/** One line that was not taken, and why. */
export interface RefusedLine {
  readonly line: number;
  readonly message: string;
  /** The column at fault, where it is one. */
  readonly field?: string | undefined;
  readonly text: string;
}

/** What a CSV text says. */
export interface ReadCsv<TColumn extends string> {
  readonly rows: readonly CsvRow<TColumn>[];
  readonly refused: readonly RefusedLine[];
}

const DELIMITERS = [',', ';'] as const;
const MOST_TEXT_OF_A_REFUSAL = 500;
const MOST_TEXT_OF_A_RECORD = 20_000;
const MOST_UNREADABLE = 200;

/**
 * Reads CSV text with a header line: parted by commas or semicolons, with or without a byte order mark, whatever
 * the case, blanks, hyphens and underscores of its column names. Lines that cannot be read are told apart from
 * those that can; a header that is not understood refuses the whole text, by the names at fault.
 */
export function readCsv<TColumn extends string>(
  csv: string,
  { columns }: { readonly columns: readonly TColumn[] },
): ReadCsv<TColumn> {
  const lines = csv.replace(/^\uFEFF/u, '').split(/\r\n?|\n/u);
  const { records, refused } = parseRecords(lines, delimiterOf(lines, columns));
  const [header, ...body] = records;
  if (!header) throw refusedText('has no header line. Start with the names of the columns');
  const names = readHeader(header.cells, columns);
  const textOf = ({ line, end }: Span) =>
    lines
      .slice(line - 1, end)
      .join('\n')
      .slice(0, MOST_TEXT_OF_A_REFUSAL);

  const rows: CsvRow<TColumn>[] = [];
  const refusals: RefusedLine[] = refused.map((one) => ({
    line: one.line,
    message: one.message,
    text: textOf(one),
  }));
  for (const { cells, ...span } of body) {
    const { line } = span;
    const message = miscount(cells, names.length);
    if (message === undefined)
      rows.push({ line, text: textOf(span), fields: fieldsOf(names, cells) });
    else refusals.push({ line, message, text: textOf(span) });
  }
  return { rows, refused: refusals.toSorted((a, b) => a.line - b.line) };
}

/** What is wrong with how many cells a line has; empty ones too many are none. */
function miscount(cells: readonly string[], wanted: number): string | undefined {
  const counts = `has ${cells.length} cells, the header ${wanted}`;
  if (cells.length < wanted) return `${counts}. Leave cells empty, but keep their delimiters`;
  const isOver = cells.slice(wanted).some((cell) => cell !== '');
  return isOver ? `${counts}. Put a cell with a delimiter in it in quotes` : undefined;
}

/** The first line of a record and its last. */
interface Span {
  readonly line: number;
  readonly end: number;
}

interface CsvRecord extends Span {
  readonly cells: readonly string[];
}

interface Records {
  readonly records: readonly CsvRecord[];
  readonly refused: readonly (Span & { readonly message: string })[];
}

/** Parses from the top and, after a line that is no CSV, again from the next: one bad quote costs one line. */
function parseRecords(lines: readonly string[], delimiter: string): Records {
  const records: CsvRecord[] = [];
  const refused: (Span & { readonly message: string })[] = [];
  let end = 0;
  for (;;) {
    const above = end;
    const error = parseWhole(lines.slice(above).join('\n'), {
      delimiter,
      onRecord: (cells, { lines: count }) => {
        const line = end + 1;
        end = Math.max(above + count, line);
        if (cells.some((cell) => cell !== '')) records.push({ line, end, cells });
      },
    });
    if (error === undefined) return { records, refused };
    end += 1;
    refused.push({ line: end, end, message: complaintOf(error) });
    if (refused.length > MOST_UNREADABLE) {
      throw refusedText(`cannot be read: more than ${MOST_UNREADABLE} lines are not CSV`);
    }
  }
}

interface ParseOptions {
  readonly delimiter: string;
  readonly onRecord: (cells: readonly string[], at: { readonly lines: number }) => void;
}

/** Hands on each record; the parser's code for what stopped it, if something did. */
function parseWhole(text: string, { delimiter, onRecord }: ParseOptions): string | undefined {
  try {
    parse(text, {
      delimiter,
      trim: true,
      relax_column_count: true,
      record_delimiter: '\n',
      max_record_size: MOST_TEXT_OF_A_RECORD,
      on_record: (cells: string[], { lines }) => {
        onRecord(
          cells.map((cell) => cell.trim()),
          { lines },
        );
        return null;
      },
    });
    return undefined;
  } catch (error) {
    if (error instanceof CsvError) return error.code;
    throw error;
  }
}

function complaintOf(code: string): string {
  switch (code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return 'opens a quote that never closes';
    case 'CSV_MAX_RECORD_SIZE':
      return `is longer than ${MOST_TEXT_OF_A_RECORD} characters, or opens a quote that does not close`;
    case 'CSV_INVALID_CLOSING_QUOTE':
    case 'CSV_NON_TRIMABLE_CHAR_AFTER_CLOSING_QUOTE':
      return 'goes on after a closing quote. Write a quote inside a quoted cell twice: ""';
    default:
      return 'has a quote inside a cell that is not quoted. Put the cell in quotes, and write its quotes twice: ""';
  }
}

/** The delimiter that makes the most known names of the header line. */
function delimiterOf(lines: readonly string[], columns: readonly string[]): string {
  const header = lines.find((line) => line.trim() !== '') ?? '';
  const known = new Set(columns.map(plainName));
  const score = (delimiter: string) =>
    header.split(delimiter).filter((name) => known.has(plainName(name))).length;
  const [comma, semicolon] = DELIMITERS;
  return score(semicolon) > score(comma) ? semicolon : comma;
}

/** The column of each cell, in order; nothing for one without a name, as spreadsheets leave at the end. */
function readHeader<TColumn extends string>(
  header: readonly string[],
  columns: readonly TColumn[],
): readonly (TColumn | undefined)[] {
  const byName = new Map(columns.map((column) => [plainName(column), column]));
  const named = header.filter((name) => name !== '');
  const unknown = named.filter((name) => !byName.has(plainName(name)));
  const list = columns.join(', ');
  if (unknown.length > 0) {
    throw refusedText(`has columns we do not know: ${quoted(unknown)}. Columns are ${list}`);
  }
  const names = header.map((name) => byName.get(plainName(name)));
  const twice = named.filter(
    (name, index) => named.findIndex((other) => plainName(other) === plainName(name)) < index,
  );
  if (twice.length > 0) throw refusedText(`names a column twice: ${quoted(twice)}`);
  return names;
}

function fieldsOf<TColumn extends string>(
  names: readonly (TColumn | undefined)[],
  cells: readonly string[],
): Partial<Record<TColumn, string>> {
  const fields: Partial<Record<TColumn, string>> = {};
  for (const [index, name] of names.entries()) {
    const cell = cells[index] ?? '';
    if (name !== undefined && cell !== '') fields[name] = cell;
  }
  return fields;
}

function plainName(name: string): string {
  return name.replaceAll(/[\s_"-]/gu, '').toLowerCase();
}

function quoted(names: readonly string[]): string {
  return names.map((name) => JSON.stringify(name.slice(0, 100))).join(', ');
}

function refusedText(message: string): DomainError {
  return new DomainError('invalid_input', `csv: ${message}.`, {
    issues: [{ path: 'csv', message }],
  });
}
