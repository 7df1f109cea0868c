/** What state a post, or one channel of it, is in at its host. `partial`: some channels are live, some failed. */
export type PostState =
  | 'draft'
  | 'scheduled'
  | 'publishing'
  | 'published'
  | 'partial'
  | 'failed'
  | 'deleted';

/** One channel of a post as its host tells it. */
export interface HostChannel {
  /** The host's id of the connected account; the platform's name where the host gives none. */
  readonly id: string;
  /** The host's own name of the network. */
  readonly platform: string;
  /** Undefined: that of the post. */
  readonly state?: PostState | undefined;
  /** Where the post is live. */
  readonly url?: string | undefined;
  /** The network's own id of the post. */
  readonly externalId?: string | undefined;
}

/** A post as a host tells it, in an event or in answer to a read. Instants are ISO 8601 in UTC. */
export interface HostPost {
  readonly postId: string;
  readonly state: PostState;
  /** None named: all the post has. */
  readonly channels: readonly HostChannel[];
  readonly occurrence?: string | undefined;
  readonly scheduledAt?: string | undefined;
  /** The time that the host stored, where it was asked for `scheduledAt` and stored another. */
  readonly storedAs?: string | undefined;
  readonly publishedAt?: string | undefined;
  /** The event's own time. */
  readonly at?: string | undefined;
  /** The host's id of the event, the same in every repeat. */
  readonly eventId?: string | undefined;
  /** Whose it is in the host's words: a team, a profile, a workspace, an organization. */
  readonly account?: string | undefined;
  /** A hold that the host was given when it asked, and echoes. */
  readonly reservationId?: string | undefined;
  /** Of a deletion: it cannot come back from a bin. */
  readonly isGone?: boolean | undefined;
  /** Of a failure: the host will not try again. */
  readonly isFinal?: boolean | undefined;
}

/** Something worth a line that changes no post. */
export interface HostNote {
  readonly flag: 'channel_disabled' | 'channel_removed' | 'test';
  readonly channelId?: string | undefined;
}

/** What a delivery said. */
export interface ParsedWebhook {
  readonly posts: readonly HostPost[];
  /** Names of events that we do not know: counted, logged, and answered with 202 when nothing else came. */
  readonly unknown: readonly string[];
  readonly notes: readonly HostNote[];
  /** It says that something changed and not what: ask the host soon. */
  readonly pollHint: boolean;
}

/** A delivery once its signature was judged. */
export interface Delivery {
  /** The JSON of the body, undefined where it is none. */
  readonly body: unknown;
  /** Names in small letters. */
  readonly headers: Readonly<Record<string, string>>;
}

/** A parsed delivery from what it has; what is left out is empty. */
export function parsed(parts: Partial<ParsedWebhook>): ParsedWebhook {
  return { posts: [], unknown: [], notes: [], pollHint: false, ...parts };
}
