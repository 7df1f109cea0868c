import type { PostizState } from '../api/postiz-rows.ts';

/** What of a post is known beyond its row in Postiz. */
export interface PostRecord {
  readonly postId: string;
  /** Frozen when it was charged: a channel that moves does not take its posts along. null: nobody's. */
  readonly clientId: string | null;
  readonly channelId: string;
  /** The platform of a tier that it counts as. */
  readonly platform: string;
  /** The hold it belongs to in Retainer. */
  readonly reservationId: string | undefined;
  /** The time that Retainer was told. */
  readonly scheduledAt: number;
  readonly everyDays: number | undefined;
  /** Whether the gateway asked before it was made; else it was adopted. */
  readonly isAsked: boolean;
  /** What Retainer heard last. */
  readonly told: 'draft' | 'scheduled' | 'failing' | 'failed' | 'published' | 'deleted' | 'nothing';
  /** The releases and slots that were counted. */
  readonly counted: readonly string[];
  /** The occurrences beside the first that wait: slots of a recurring post, or a republish. */
  readonly waiting: readonly string[];
  /** How Postiz listed it last; nothing before the first poll. */
  readonly seen: SeenPost | undefined;
  readonly flags: readonly PostFlag[];
  readonly createdAt: number;
}

/** A row of Postiz as far as a change of it matters. */
export interface SeenPost {
  readonly state: PostizState;
  readonly publishDate: number;
  readonly release: string | undefined;
  readonly releaseId: string | undefined;
  readonly everyDays: number | undefined;
  readonly group: string | undefined;
}

/** What is worth telling a person of a post. */
export type PostFlag =
  | 'unchecked'
  | 'over_limit_unchecked'
  | 'late'
  | 'overdue'
  | 'schedule_drift'
  | 'channel_unassigned'
  | 'unknown_channel'
  | 'partial_thread'
  | 'release_missing'
  | 'failed'
  | 'channel_disabled'
  | 'unconfirmed_publish'
  | 'storage_unchecked';

/** One channel's post of a create call. */
export interface Placed {
  readonly clientId: string | null;
  readonly channelId: string;
  readonly platform: string;
  readonly at: number;
  /** What its text is known by. */
  readonly contentKey: string;
  /** The key under which Retainer was asked. */
  readonly key: string;
  readonly reservationId: string | undefined;
  readonly everyDays: number | undefined;
  readonly isAsked: boolean;
  /** The row that turned out to be it. */
  readonly postId: string | undefined;
}

/** A create call that was sent to Postiz and whose rows are not all known. */
export interface RequestRecord {
  readonly id: string;
  /** `sent`: no answer yet; `failed`: Postiz answered with an error, or not at all. */
  readonly phase: 'sent' | 'failed';
  readonly since: number;
  readonly placed: readonly Placed[];
}

/** A file that was measured. */
export interface MediaRecord {
  readonly mediaId: string;
  readonly bytes: number;
  /** The clients it is counted for. */
  readonly clientIds: readonly string[];
  readonly at: number;
}

/** Something a person should know of: what, about whom, since when. */
export interface Finding {
  readonly flag: PostFlag;
  readonly postId: string;
  readonly channelId: string | undefined;
  readonly clientId: string | null;
  readonly at: number;
  readonly detail: string;
}
