import type { Meter } from '@retainer/domain';

/** An instant: a Date, or ISO 8601 text with an offset. */
export type Moment = Date | string;

/** A channel of the host's, and the platform behind it. */
export interface ChannelBody {
  readonly id: string;
  readonly platform: string;
  readonly externalId?: string;
  /** Where the post is live. In a failure it says that this channel did publish. */
  readonly url?: string;
}

/** Which agency a call is for; a token of one agency may leave it out. */
export interface AgencyBody {
  readonly agencyWorkspaceId?: string;
}

interface OfClient extends AgencyBody {
  readonly clientWorkspaceId: string;
}

interface OfPost extends AgencyBody {
  /** null: the channel belongs to no client. */
  readonly clientWorkspaceId: string | null;
  readonly occurrence?: string;
  readonly scheduledAt?: Moment;
  readonly channels?: readonly ChannelBody[];
  /** Stands for `channels` where the host has no channel ids. */
  readonly platforms?: readonly string[];
  readonly contentType?: string;
  readonly campaignId?: string;
  readonly minutesSpent?: number;
  /** The event's own time: an older one than the last applied changes nothing. */
  readonly at?: Moment;
}

/** A post as its host tells it, created or updated. It is known by `postId`, by `idempotencyKey`, or by both. */
export interface PostBody extends OfPost {
  readonly postId?: string;
  readonly idempotencyKey?: string;
  readonly publishNow?: boolean;
  /** The first week with room. */
  readonly queue?: boolean;
  readonly recurrence?: { readonly everyDays: number };
  /** The host did it without asking: it is never refused. */
  readonly observed?: boolean;
  readonly status?: 'draft' | 'scheduled';
  readonly mediaIds?: readonly string[];
  readonly expiresAt?: Moment;
}

/** What became of a post: all of it, or the channels that are named. */
export interface ReportBody extends OfPost {
  readonly postId: string;
}

/** A failure; a final one gives its hold back at once. */
export interface FailureBody extends ReportBody {
  readonly final?: boolean;
}

/** An ask, as a question that changes nothing. */
export interface CheckBody extends PostBody {
  readonly meter?: Meter;
  readonly quantity?: number;
}

/** A hold of any quantity on any meter. */
export interface ReserveBody extends OfClient {
  readonly key: string;
  readonly meter: Meter;
  readonly quantity?: number;
  readonly platforms?: readonly string[];
  readonly scheduledAt?: Moment;
  readonly expiresAt?: Moment;
  readonly at?: Moment;
}

/** Commit or release, by the key that reserved. */
export interface SettleBody extends OfClient {
  readonly key: string;
  readonly occurrence?: string;
  readonly at?: Moment;
}

/** Another time for the hold of a key. */
export interface MoveBody extends OfClient {
  readonly key: string;
  readonly scheduledAt: Moment;
  readonly at?: Moment;
}

/** Which posts were made from a hold. */
export interface AttachBody extends OfClient {
  readonly reservationId: string;
  readonly posts: readonly { readonly channelId: string; readonly postId: string }[];
}

/** An upload; its size is what the host measured. */
export interface UploadBody extends OfClient {
  readonly mediaId: string;
  readonly bytes: number;
  /** The host took it without asking: it is never refused. */
  readonly observed?: boolean;
}

/** An upload that is gone. */
export interface UploadDeletedBody extends OfClient {
  readonly mediaId: string;
}

/** One value of one metric, of a post or of a channel's account. */
export interface Observation {
  readonly postId?: string;
  readonly channelId?: string;
  readonly platform: string;
  /** The host's own label. */
  readonly metric: string;
  readonly kind: 'lifetime' | 'daily' | 'window_total' | 'gauge' | 'rate';
  readonly value: number | string;
  readonly at?: Moment;
  /** Where only the local day is known. */
  readonly date?: string;
  readonly windowDays?: number;
}

/** What a host observed of one client. */
export interface MetricsBody extends OfClient {
  readonly observations: readonly Observation[];
}

/** Each hook's body, by the name of the hook. */
export interface EventBodies {
  readonly reserve: ReserveBody;
  readonly commit: SettleBody;
  readonly release: SettleBody;
  readonly move: MoveBody;
  readonly attach: AttachBody;
  readonly postCreated: PostBody;
  readonly postUpdated: PostBody;
  readonly postPublished: ReportBody;
  readonly postFailed: FailureBody;
  readonly postDeleted: ReportBody;
  readonly uploadCreated: UploadBody;
  readonly uploadDeleted: UploadDeletedBody;
}

/** A hook as one of many: its body without the agency, which all of them share, with its name as `type`. */
export type HookEvent = {
  readonly [TName in keyof EventBodies]: { readonly type: TName } & Omit<
    EventBodies[TName],
    'agencyWorkspaceId'
  >;
}[keyof EventBodies];

/** Many hooks at once. */
export interface EventsBody extends AgencyBody {
  readonly events: readonly HookEvent[];
  /** Take all of them or none. */
  readonly atomic?: boolean;
}

/** The body of everything under `/api/hooks`. */
export interface HookBodies extends EventBodies {
  readonly check: CheckBody;
  readonly metrics: MetricsBody;
  readonly events: EventsBody;
}

/** The name of a hook, as the API's procedures have it. */
export type HookName = keyof HookBodies;
