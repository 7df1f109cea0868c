import type { HostPost } from '../host-post.ts';
import type { KnownPost } from '../post-memory.ts';

/** A delivery that was verified and parsed, before anybody was told of it. */
export interface LoggedDelivery {
  readonly kind: 'delivery';
  readonly id: string;
  /** The key of the endpoint it came to. */
  readonly endpoint: string;
  /** Milliseconds since 1970. */
  readonly receivedAt: number;
  readonly isSigned: boolean;
  readonly posts: readonly HostPost[];
}

/** A delivery that was told, and what is known since. */
export interface LoggedOutcome {
  readonly kind: 'told';
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly eventIds: readonly string[];
  readonly known: Readonly<Record<string, KnownPost>>;
}

export type LogRecord = LoggedDelivery | LoggedOutcome;

/** Where deliveries are kept until they are told, and what was told is remembered. */
export interface DeliveryLog {
  /** Resolves once the record would survive a crash. */
  readonly append: (record: LogRecord) => Promise<void>;
  /** What was appended, in order. */
  readonly read: () => Promise<readonly LogRecord[]>;
  /**
   * Puts records in place of all there are, whole or not at all. They are asked for once no append is under way, so
   * that they can tell everything that was appended before.
   */
  readonly replace: (records: () => readonly LogRecord[]) => Promise<void>;
  readonly close: () => Promise<void>;
}
