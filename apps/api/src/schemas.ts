import { Moment, momentOf } from '@retainer/core';
import * as z from 'zod';

const MAX_ID_LENGTH = 128;

// Control characters (NUL among them) and halves of surrogate pairs cannot be stored or shown.
const PLAIN = /^[^\p{Cc}\p{Cs}]*$/u;
/** The host's own id of an agency or of a client: 1 to 128 characters, no control characters. */
export const workspaceId = z
  .string()
  .min(1, 'must not be empty')
  .max(MAX_ID_LENGTH, `must be at most ${MAX_ID_LENGTH} characters long`)
  .regex(PLAIN, 'must not contain control characters or broken Unicode')
  .meta({
    description: 'The id in the host, 1 to 128 characters without control characters.',
  });

/** An instant: ISO 8601 text with an offset or, over tRPC, a Date. */
export { Moment as instant, momentOf as instantOf };

/** An instant in an answer: a Date here and over tRPC, ISO 8601 UTC on REST. */
export const instantOut = z.date().meta({ override: { type: 'string', format: 'date-time' } });

/** The id of an event, as a stream sent it. */
export const eventId = z
  .string()
  .regex(/^\d{1,15}$/, 'must be the id of an event that a stream sent, a whole number')
  .meta({
    description:
      'The id of the last event received, to be told at once of what changed since. Browsers send it as the header `Last-Event-ID`.',
  });

/** Money in an answer. */
export const moneyOut = z
  .object({ amount: z.string(), currency: z.string() })
  .meta({ description: 'Major units as a decimal string, with an ISO 4217 currency.' });

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

/** The input of a procedure whose REST path names the agency. */
export function inAgency<TShape extends z.ZodRawShape>(shape: TShape) {
  return z.strictObject({ agencyWorkspaceId: workspaceId, ...shape });
}

/** An input as the use case takes it: the agency is in its context. */
export function withoutAgency<TInput extends { readonly agencyWorkspaceId?: unknown }>({
  agencyWorkspaceId: _known,
  ...rest
}: TInput): Omit<TInput, 'agencyWorkspaceId'> {
  return rest;
}

/** A whole list. */
export function listOf<TItem extends z.ZodType>(item: TItem) {
  return z.object({ items: z.array(item) });
}

/** A page of a list; `nextCursor` is null on the last one. */
export function pageOf<TItem extends z.ZodType>(item: TItem) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}
