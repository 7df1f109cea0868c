import { createHash } from 'node:crypto';

/** A caller's own `Idempotency-Key` as Retainer takes it; undefined where it gave none. */
export function callerKey(header: string | string[] | undefined): string | undefined {
  if (typeof header !== 'string' || header === '') return undefined;
  if (/^[ -~]{1,180}$/u.test(header)) return header;
  return createHash('sha256').update(header).digest('base64url');
}
