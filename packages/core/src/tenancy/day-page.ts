import { DomainError, isLocalDate, type LocalDate } from '@retainer/domain';
import * as z from 'zod';

import { cursorValue, invalidField, LocalDay, PageInput } from './input-fields.ts';

/** A part of a list by day, the latest first; both days are included, and one that is left out is open. */
export const DayPageInput = PageInput.extend({
  startDate: LocalDay.optional(),
  endDate: LocalDay.optional(),
});
type DayPage = z.output<typeof DayPageInput>;

/** Where a list by day goes on: behind this day and id. */
export interface DayPlace {
  readonly day: LocalDate;
  readonly id: string;
}

/** The last row that the caller has seen, if any; refuses a period that ends before it starts. */
export function readDayPage(
  { cursor, startDate, endDate }: DayPage,
  isId: (id: string) => boolean = isUuid,
): DayPlace | undefined {
  if (startDate !== undefined && endDate !== undefined && endDate < startDate) {
    const message = 'must not lie before startDate';
    const issues = [{ path: 'endDate', message }];
    throw new DomainError('period_inverted', `endDate: ${message}`, { issues });
  }
  return readPlace(cursor, isId);
}

/** The row that a cursor stands at; refuses one that none of our lists gave. */
export function readPlace(
  cursor: string | undefined,
  isId: (id: string) => boolean,
): DayPlace | undefined {
  if (cursor === undefined) return undefined;
  const text = cursorValue(cursor);
  const end = text.indexOf(' ');
  const place = { day: text.slice(0, end), id: text.slice(end + 1) };
  if (end > 0 && isLocalDate(place.day) && isId(place.id)) return place;
  throw invalidField('cursor', 'is not a cursor of ours');
}

/** The text of a cursor that stands at a row. */
export function dayCursor({ day, id }: DayPlace): string {
  return `${day} ${id}`;
}

function isUuid(id: string): boolean {
  return z.uuid().safeParse(id).success;
}
