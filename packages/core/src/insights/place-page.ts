import { cursorAfter, cursorValue, invalidField, type Page } from '../tenancy/input-fields.ts';

const PLACE = /^(?:0|[1-9]\d{0,8})$/u;

/** Cuts a page out of a list that is worked out anew for each: its cursor is a place in it. */
export function placePage<Row, T>(
  rows: readonly Row[],
  page: { readonly cursor?: string | undefined; readonly limit: number },
  toItem: (row: Row) => T,
): Page<T> {
  const first = page.cursor === undefined ? 0 : placeOf(page.cursor);
  const end = first + page.limit;
  return {
    items: rows.slice(first, end).map(toItem),
    nextCursor: end < rows.length ? cursorAfter(String(end)) : null,
  };
}

function placeOf(cursor: string): number {
  const text = cursorValue(cursor);
  if (PLACE.test(text)) return Number(text);
  throw invalidField('cursor', 'is not a cursor of ours');
}
