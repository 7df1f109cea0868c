import type { UnknownName } from '../vocabulary/unknown-names.ts';

/** Something about deliveries that somebody may want to look at. */
export type DeliveryFlag =
  | 'unknown_event'
  | 'unknown_channel'
  | 'unconfirmed_publish'
  | 'channel_unassigned'
  | 'channel_disabled'
  | 'channel_removed'
  | 'refused'
  | 'given_up'
  | 'bad_signature'
  | 'failed'
  | 'partial';

/** One line of what happened. */
export interface DeliveryNote {
  readonly flag: DeliveryFlag;
  readonly host: string;
  /** The key of the endpoint, never its token. */
  readonly endpoint: string;
  readonly postId?: string | undefined;
  readonly channelId?: string | undefined;
  /** What it was about: the name of an event, the reason of a refusal. */
  readonly detail?: string | undefined;
}

/** What a receiver has done since it started. */
export interface ReceiverStatus {
  readonly received: number;
  readonly told: number;
  readonly duplicates: number;
  /** Deliveries that wait for Retainer or their host to answer. */
  readonly waiting: number;
  readonly flags: Readonly<Partial<Record<DeliveryFlag, number>>>;
  /** The latest, the newest last. */
  readonly notes: readonly DeliveryNote[];
  readonly unknown: readonly UnknownName[];
}

const MOST_NOTES = 200;

/** Counts and keeps the latest notes. */
export interface Tally {
  readonly count: (what: 'received' | 'told' | 'duplicates', by?: number) => void;
  readonly note: (note: DeliveryNote) => void;
  readonly read: () => Pick<ReceiverStatus, 'received' | 'told' | 'duplicates' | 'flags' | 'notes'>;
}

/** An empty tally; each note is also handed to `log`. */
export function createTally(log: (note: DeliveryNote) => void): Tally {
  const counts = { received: 0, told: 0, duplicates: 0 };
  const flags: Partial<Record<DeliveryFlag, number>> = {};
  const notes: DeliveryNote[] = [];
  return {
    count: (what, by = 1) => {
      counts[what] += by;
    },
    note: (note) => {
      flags[note.flag] = (flags[note.flag] ?? 0) + 1;
      notes.push(note);
      if (notes.length > MOST_NOTES) notes.shift();
      log(note);
    },
    read: () => ({ ...counts, flags: { ...flags }, notes: [...notes] }),
  };
}
