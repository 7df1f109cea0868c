import {
  DomainError,
  isCurrency,
  isLocalDate,
  isTimeZone,
  type DomainErrorCode,
} from '@retainer/domain';
import * as z from 'zod';

/** One line of text: no control characters, no halves of a surrogate pair. */
const ONE_LINE = /^[^\p{Cc}\p{Cs}]*$/u;
/** Text that may have line breaks and tabs. */
const SEVERAL_LINES = /^(?:[^\p{Cc}\p{Cs}]|[\n\r\t])*$/u;
const NO_CONTROLS = 'must not contain control characters';

/** The host's own id of an agency or client workspace. */
export const WorkspaceId = z.string().min(1).max(128).regex(ONE_LINE, NO_CONTROLS);

/** A name people read. */
export const Name = z.string().trim().min(1).max(200).regex(ONE_LINE, NO_CONTROLS);

/** A longer text people read; it may be empty. */
export const Note = z.string().trim().max(2000).regex(SEVERAL_LINES, NO_CONTROLS);

/** An IANA time zone name. */
export const TimeZone = z
  .string()
  .max(64)
  .refine(isTimeZone, {
    ...rule('invalid_time_zone'),
    error: 'is not an IANA time zone name such as Europe/Berlin',
  });

/** An ISO 4217 code; small letters are taken too. */
export const Currency = z
  .string()
  .max(3)
  .transform((code) => code.toUpperCase())
  .refine(isCurrency, { error: 'is not the ISO 4217 code of a currency, such as USD' });

/** One e-mail address without a name; its domain is written small. */
const EmailAddress = z
  .email({ error: 'is not an e-mail address such as reports@example.com' })
  .max(254)
  .transform((address) => {
    const at = address.lastIndexOf('@');
    return `${address.slice(0, at)}${address.slice(at).toLowerCase()}`;
  });

const MOST_RECIPIENTS = 20;

/** Who is mailed something: addresses, each once. */
export const Recipients = z
  .array(EmailAddress)
  .max(MOST_RECIPIENTS)
  .transform((addresses) => [...new Set(addresses)]);

/** A calendar date, YYYY-MM-DD. */
export const LocalDay = z
  .string()
  .max(10)
  .refine(isLocalDate, { error: 'is not a date written YYYY-MM-DD' });

const INSTANT = z.core.regexes.datetime({ offset: true });
const FIRST_MOMENT = Date.UTC(1970, 0, 1);
const AFTER_LAST_MOMENT = Date.UTC(10_000, 0, 1);
const MOMENT_HELP =
  'must be an instant with its offset, such as 2026-03-01T09:00:00Z, from 1970 to 9999';

/** The instant that `value` says, or `undefined` when it says none, or one before 1970 or after 9999. */
export function momentOf(value: string | Date): Date | undefined {
  if (typeof value === 'string' && !INSTANT.test(value)) return undefined;
  const date = typeof value === 'string' ? new Date(value) : value;
  const ms = date.getTime();
  return ms >= FIRST_MOMENT && ms < AFTER_LAST_MOMENT ? date : undefined;
}

/** An instant: ISO 8601 text with an offset, or a Date. */
export const Moment = z
  .custom<string | Date>((value) => typeof value === 'string' || value instanceof Date, MOMENT_HELP)
  .meta({ override: { type: 'string', format: 'date-time' } })
  .transform((value, ctx) => {
    const moment = momentOf(value);
    if (moment) return moment;
    ctx.addIssue({ code: 'custom', message: MOMENT_HELP });
    return z.NEVER;
  });

/** A whole count that JSON carries exactly. */
const Count = z.int().min(0).max(Number.MAX_SAFE_INTEGER);

/** A limit: a count, 0 for none, null for unlimited. */
export const LimitValue = Count.nullable();

/** How many rows of a list, and from where on. */
export const PageInput = z.strictObject({
  cursor: z
    .string()
    .min(1)
    .max(512)
    .regex(/^[\w-]+$/u, 'is not a cursor of ours')
    .optional(),
  limit: z.int().min(1).max(200).default(50),
});

/** A part of a list; without `nextCursor` it is the last. */
export interface Page<T> {
  readonly items: T[];
  readonly nextCursor: string | null;
}

/** Where the list goes on after `last`. */
export function cursorAfter(last: string): string {
  return Buffer.from(last, 'utf8').toString('base64url');
}

/** What `cursorAfter` was given; refuses what it never made. */
export function cursorValue(cursor: string): string {
  const last = Buffer.from(cursor, 'base64url').toString('utf8');
  if (cursorAfter(last) === cursor && !last.includes('\0')) return last;
  throw invalidField('cursor', 'is not a cursor of ours');
}

/** Cuts rows read with one to spare into a page. */
export function pageOf<Row, T>(
  rows: readonly Row[],
  { limit, cursorOf, toItem }: PageCut<Row, T>,
): Page<T> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const nextCursor = rows.length > limit && last !== undefined ? cursorAfter(cursorOf(last)) : null;
  return { items: shown.map(toItem), nextCursor };
}

interface PageCut<Row, T> {
  readonly limit: number;
  readonly cursorOf: (row: Row) => string;
  readonly toItem: (row: Row) => T;
}

/** A refusal that names one field. */
export function invalidField(path: string, message: string): DomainError {
  return new DomainError('invalid_input', `${path}: ${message}`, { issues: [{ path, message }] });
}

/** Marks a rule that has a code of its own: the API answers with it when nothing else is wrong. */
export function rule(domainCode: DomainErrorCode): {
  readonly params: { readonly domainCode: string };
} {
  return { params: { domainCode } };
}
