/** How a delivery is signed. */
export type SignatureScheme =
  | {
      /** Standard Webhooks: `webhook-id`, `webhook-timestamp`, `webhook-signature` (or the same names from Svix). */
      readonly type: 'standard';
    }
  | {
      /** An HMAC of the raw body, in hex (also after `sha256=`) or base64. */
      readonly type: 'body';
      /** The headers that may have it, in small letters. */
      readonly headers: readonly string[];
      readonly algorithm?: HmacAlgorithm | undefined;
    }
  | {
      /** An HMAC of `<timestamp>.<raw body>`: `t=...,v1=...` in one header, or the time in a header of its own. */
      readonly type: 'timestamped';
      readonly headers: readonly string[];
      readonly timestampHeader?: string | undefined;
      readonly algorithm?: HmacAlgorithm | undefined;
    };

export type HmacAlgorithm = 'sha256' | 'sha512' | 'sha1';

/** What a signature was found to be; `stale` is right but too old, or of a time to come. */
export type SignatureVerdict = 'valid' | 'absent' | 'invalid' | 'stale';

/** A delivery to be judged. */
export interface SignedDelivery {
  readonly body: Uint8Array;
  /** Names in small letters. */
  readonly headers: Readonly<Record<string, string>>;
  /** Every secret that is valid now: the old one stays until its host has the new one. */
  readonly secrets: readonly string[];
  /** Milliseconds since 1970. */
  readonly now: number;
  /** How far a signed time may be from `now`, in milliseconds. */
  readonly toleranceMs: number;
}
