import * as z from 'zod';

import { ruleOf } from './input-issues.ts';

const MAX_ID_LENGTH = 128;
const MAX_KEY_LENGTH = 200;
const MAX_PAGE = 200;
const DEFAULT_PAGE = 50;

// Control characters (NUL among them) and halves of surrogate pairs cannot be stored or shown.
const PLAIN = /^[^\p{Cc}\p{Cs}]*$/u;
const PROSE = /^(?:[^\p{Cc}\p{Cs}]|[\t\n\r])*$/u;
const INSTANT = z.core.regexes.datetime({ offset: true });
const FIRST_INSTANT = Date.parse('1970-01-01T00:00:00Z');
const LAST_INSTANT = Date.parse('9999-12-31T23:59:59.999Z');

/** One line of text without control characters. */
export function line(max: number) {
  return z
    .string()
    .min(1, 'must not be empty')
    .max(max, `must be at most ${max} characters long`)
    .regex(PLAIN, 'must not contain control characters or broken Unicode');
}

/** Text of several lines, without other control characters. It may be empty. */
export function prose(max: number) {
  return z
    .string()
    .max(max, `must be at most ${max} characters long`)
    .regex(PROSE, 'must not contain control characters or broken Unicode');
}

/** The host's own id of an agency or of a client: 1 to 128 characters, no control characters. */
export const workspaceId = line(MAX_ID_LENGTH).meta({
  description: 'The id in the host, 1 to 128 characters without control characters.',
});

/** The host's own id of a post, channel, upload or campaign. */
export const hostId = line(MAX_KEY_LENGTH);

/** A key that makes a repeated request the same request. */
export const idempotencyKey = line(MAX_KEY_LENGTH);

/** An id that Retainer made. */
export const ownId = z.uuid('must be the id that Retainer gave it');

const INSTANT_HELP =
  'must be an instant with its offset, such as 2026-03-01T09:00:00Z, from 1970 to 9999';

/** An instant: ISO 8601 text with an offset or, over tRPC, a Date. */
export const instant = z
  .union([z.string(), z.date()], { error: INSTANT_HELP })
  .transform((value, ctx) => {
    const parsed = instantOf(value);
    if (parsed) return parsed;
    ctx.addIssue({ code: 'custom', message: INSTANT_HELP });
    return z.NEVER;
  })
  .meta({ override: { type: 'string', format: 'date-time' } });

/** An instant in an answer: a Date here and over tRPC, ISO 8601 UTC on REST. */
export const instantOut = z.date().meta({ override: { type: 'string', format: 'date-time' } });

/** A calendar date `YYYY-MM-DD` from 1970 to 9999. */
export const localDate = z.iso
  .date('must be a date that exists, such as 2026-03-01')
  .refine((date) => date >= '1970-01-01' && date.length === 10, 'must lie from 1970 to 9999');

/** An ISO 4217 code; whether we know the currency is the core's to say. */
export const currencyCode = z.string().regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code such as USD');

/** The name of a time zone; whether it exists is the core's to say. */
export const timeZoneName = line(64).meta({
  description: 'An IANA time zone, such as Europe/Paris.',
});

const DECIMAL_HELP = 'must be an amount in major units, such as "499.00"';
const decimalText = z
  .string()
  .max(32, DECIMAL_HELP)
  .regex(/^-?\d+(?:\.\d+)?$/, DECIMAL_HELP);

/** Money as it may be sent: a decimal string, a JSON number, or an amount with its currency. */
export const moneyInput = z.union(
  [
    decimalText,
    z.number(DECIMAL_HELP),
    z.strictObject({ amount: z.union([decimalText, z.number()]), currency: currencyCode }),
  ],
  { error: `${DECIMAL_HELP} or { "amount": "499.00", "currency": "USD" }` },
);

/** Money in an answer. */
export const moneyOut = z
  .object({ amount: z.string(), currency: z.string() })
  .meta({ description: 'Major units as a decimal string, with an ISO 4217 currency.' });

/** How many of something: a positive whole number. Anything else is `invalid_quantity`. */
export const quantity = z
  .number('must be a whole number greater than 0')
  .refine((value) => Number.isSafeInteger(value) && value > 0, {
    message: 'must be a whole number greater than 0',
    params: ruleOf('invalid_quantity'),
  })
  .meta({ override: { type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER } });

/** The input of a procedure: an object that has no other fields than these. */
export function input<TShape extends z.ZodRawShape>(shape: TShape) {
  return z.strictObject(shape);
}

/** The field by which a platform-wide host, or the operator, names the agency that a call is for. */
export const agencyShape = {
  agencyWorkspaceId: workspaceId
    .optional()
    .meta({ description: 'Which agency. A token of one agency may leave it out.' }),
} as const;

/** The input of a procedure about an agency whose REST path does not name it. */
export function agencyInput<TShape extends z.ZodRawShape>(shape: TShape) {
  return z.strictObject({ ...agencyShape, ...shape });
}

/** The input of a procedure about one client of an agency. */
export function clientInput<TShape extends z.ZodRawShape>(shape: TShape) {
  return z.strictObject({ ...agencyShape, clientWorkspaceId: workspaceId, ...shape });
}

/** Which page of a list: where the last one ended, and how many rows. */
export const pageShape = {
  cursor: line(512).optional().meta({ description: 'The nextCursor of the page before.' }),
  limit: z.int().min(1).max(MAX_PAGE).default(DEFAULT_PAGE),
} as const;

/** A page of a list; `nextCursor` is null on the last one. */
export function pageOf<TItem extends z.ZodType>(item: TItem) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}

/** The instant that `value` says, or `undefined` when it says none, or one before 1970 or after 9999. */
export function instantOf(value: string | Date): Date | undefined {
  if (typeof value === 'string' && !INSTANT.test(value)) return undefined;
  const date = typeof value === 'string' ? new Date(value) : value;
  const ms = date.getTime();
  return ms >= FIRST_INSTANT && ms <= LAST_INSTANT ? date : undefined;
}
