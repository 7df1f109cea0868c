import type { FigureName } from './show-value.ts';

/** The row of a breakdown that a figure is of. */
export type RowOf =
  | { readonly platform: string }
  | { readonly contentType: string }
  | { readonly campaignId: string }
  | { readonly date: string };

/** A figure that somebody wants to see the facts of. */
export interface Explained {
  readonly figure: FigureName;
  readonly row?: RowOf | undefined;
  /** What the row is called. */
  readonly rowLabel?: string | undefined;
  /** Other days than those in sight. */
  readonly days?: { readonly startDate: string; readonly endDate: string } | undefined;
}
