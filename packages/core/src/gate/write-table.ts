import type { ClientState } from './client-state.ts';

/** A value of a column as it goes to the database. */
export type Value = string | number | null | undefined;

/** The values of one row, column by column. */
export type Row = readonly Value[];

/** How the rows of one table are written: one statement for all of them, an array for each column. */
export interface Table {
  readonly name: string;
  /** The types of the columns of a row, in order. */
  readonly types: readonly string[];
  /** `$1` is the agency; the rows come as `unnest(...)`. */
  readonly text: (rows: string) => string;
  readonly rows: (clientId: string, state: ClientState) => Row[];
}
