import { hmacDigest, isDigest } from './hmac.ts';
import type { SignatureScheme, SignatureVerdict, SignedDelivery } from './signature.ts';
import { isRecent, judgeStandard } from './standard-webhooks.ts';

/** Headers in which hosts without a scheme of their own put the HMAC of the raw body. */
const COMMON_HEADERS = [
  'x-signature',
  'x-hub-signature-256',
  'x-webhook-signature',
  'x-signature-256',
  'x-hook-signature',
  'x-hmac-signature',
  'x-signature-sha256',
];

/** What a host is taken to sign with when nothing else is said: the schemes in use, each tried where its headers are. */
export const COMMON_SCHEMES: readonly SignatureScheme[] = [
  { type: 'standard' },
  { type: 'timestamped', headers: COMMON_HEADERS, timestampHeader: 'x-webhook-timestamp' },
  { type: 'timestamped', headers: COMMON_HEADERS, timestampHeader: 'x-signature-timestamp' },
  { type: 'body', headers: COMMON_HEADERS },
];

/**
 * Judges a delivery by any of the schemes and any of the secrets: valid if one says so. Every comparison takes the same
 * time whatever is compared. With no secret nothing is valid.
 */
export function judgeSignature(
  schemes: readonly SignatureScheme[],
  delivery: SignedDelivery,
): SignatureVerdict {
  const verdicts = schemes.map((scheme) => judge(scheme, delivery));
  const best = (['valid', 'stale', 'invalid'] as const).find((one) => verdicts.includes(one));
  return best ?? 'absent';
}

function judge(scheme: SignatureScheme, delivery: SignedDelivery): SignatureVerdict {
  switch (scheme.type) {
    case 'standard':
      return judgeStandard(delivery);
    case 'body':
      return judgeBody(scheme, delivery);
    case 'timestamped':
      return judgeTimestamped(scheme, delivery);
  }
}

type Of<TType> = Extract<SignatureScheme, { readonly type: TType }>;

function judgeBody(scheme: Of<'body'>, delivery: SignedDelivery): SignatureVerdict {
  const told = toldIn(scheme.headers, delivery);
  if (told.length === 0) return 'absent';
  const { algorithm = 'sha256' } = scheme;
  const digests = delivery.secrets.map((key) =>
    hmacDigest({ key, parts: [delivery.body], algorithm }),
  );
  const isValid = told
    .map((text) => withoutPrefix(text, `${algorithm}=`))
    .some((text) => digests.some((digest) => isDigest(text, digest)));
  return isValid ? 'valid' : 'invalid';
}

function judgeTimestamped(scheme: Of<'timestamped'>, delivery: SignedDelivery): SignatureVerdict {
  const told = toldIn(scheme.headers, delivery).flatMap((text) =>
    signedAt(text, delivery.headers[scheme.timestampHeader ?? '']),
  );
  if (told.length === 0) return 'absent';
  const { algorithm = 'sha256' } = scheme;
  const valid = told.filter(({ timestamp, signatures }) =>
    delivery.secrets.some((key) => {
      const digest = hmacDigest({ key, parts: [`${timestamp}.`, delivery.body], algorithm });
      return signatures.some((text) => isDigest(withoutPrefix(text, `${algorithm}=`), digest));
    }),
  );
  if (valid.length === 0) return 'invalid';
  return valid.some(({ timestamp }) => isRecent(timestamp, delivery)) ? 'valid' : 'stale';
}

interface SignedAt {
  readonly timestamp: string;
  readonly signatures: readonly string[];
}

// `t=1700000000,v1=<hex>,v1=<hex>`, or a bare signature beside a header with the time.
function signedAt(text: string, header: string | undefined): SignedAt[] {
  const parts = text.split(',').map((part) => part.trim());
  const timestamp = parts.find((part) => part.startsWith('t='))?.slice('t='.length);
  if (timestamp !== undefined) {
    const signatures = parts.flatMap((part) => /^v1=(.+)$/u.exec(part)?.[1] ?? []);
    return [{ timestamp, signatures }];
  }
  return header === undefined ? [] : [{ timestamp: header, signatures: [text] }];
}

function toldIn(headers: readonly string[], delivery: SignedDelivery): string[] {
  return headers.flatMap((name) => delivery.headers[name] ?? []).filter((text) => text !== '');
}

function withoutPrefix(text: string, prefix: string): string {
  return text.startsWith(prefix) ? text.slice(prefix.length) : text;
}
