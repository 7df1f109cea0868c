import { createHmac, timingSafeEqual } from 'node:crypto';

import type { HmacAlgorithm } from './signature.ts';

/** What is signed, with what. */
export interface HmacInput {
  readonly key: string | Uint8Array;
  readonly parts: readonly (string | Uint8Array)[];
  readonly algorithm?: HmacAlgorithm | undefined;
}

/** The digest of the parts, one after the other. */
export function hmacDigest({ key, parts, algorithm = 'sha256' }: HmacInput): Buffer {
  const hmac = createHmac(algorithm, key);
  for (const part of parts) hmac.update(part);
  return hmac.digest();
}

/**
 * Whether a text is exactly this digest in small hex letters or in base64, compared in constant time. Other spellings
 * of the same bytes are refused, so that no bit of a signature can change and still pass.
 */
export function isDigest(text: string, digest: Uint8Array): boolean {
  const bytes = Buffer.from(digest);
  const isHex = isSameText(text, bytes.toString('hex'));
  return isSameText(text, bytes.toString('base64')) || isHex;
}

function isSameText(a: string, b: string): boolean {
  const [one, other] = [Buffer.from(a, 'utf8'), Buffer.from(b, 'utf8')];
  return one.length === other.length && timingSafeEqual(one, other);
}
