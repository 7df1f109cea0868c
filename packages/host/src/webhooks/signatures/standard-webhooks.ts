import { hmacDigest, isDigest } from './hmac.ts';
import type { SignatureVerdict, SignedDelivery } from './signature.ts';

const PREFIX = 'whsec_';

/**
 * Judges a delivery signed as Standard Webhooks has it: `v1,<base64>` over `<id>.<timestamp>.<body>`, several apart by
 * spaces while a secret is being rotated.
 * @see https://www.standardwebhooks.com
 */
export function judgeStandard(delivery: SignedDelivery): SignatureVerdict {
  const { headers, body } = delivery;
  const id = named(headers, 'id');
  const timestamp = named(headers, 'timestamp');
  const told = named(headers, 'signature');
  if (id === undefined || timestamp === undefined || told === undefined) return 'absent';
  const signatures = told
    .split(' ')
    .flatMap((one) => (one.startsWith('v1,') ? [one.slice('v1,'.length)] : []));
  const digests = delivery.secrets.map((secret) =>
    hmacDigest({ key: keyOf(secret), parts: [`${id}.${timestamp}.`, body] }),
  );
  const isValid = signatures.some((text) => digests.some((digest) => isDigest(text, digest)));
  if (!isValid) return 'invalid';
  return isRecent(timestamp, delivery) ? 'valid' : 'stale';
}

/** Whether a signed time, in Unix seconds, is near enough to now. */
export function isRecent(
  timestamp: string,
  { now, toleranceMs }: Pick<SignedDelivery, 'now' | 'toleranceMs'>,
): boolean {
  if (!/^\d{10,13}$/u.test(timestamp)) return false;
  const time = Number(timestamp) * (timestamp.length === 13 ? 1 : 1000);
  return Math.abs(now - time) <= toleranceMs;
}

function named(headers: Readonly<Record<string, string>>, name: string): string | undefined {
  return headers[`webhook-${name}`] ?? headers[`svix-${name}`];
}

// A secret is the base64 of its bytes, mostly with a prefix; a host's own text is its bytes.
function keyOf(secret: string): Uint8Array {
  const text = secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : secret;
  const bytes = Buffer.from(text, 'base64');
  const isBase64 = bytes.toString('base64').replace(/=+$/u, '') === text.replace(/=+$/u, '');
  return isBase64 || secret.startsWith(PREFIX) ? bytes : Buffer.from(secret, 'utf8');
}
