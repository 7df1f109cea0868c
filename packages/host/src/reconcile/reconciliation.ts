import type { AnsweredWindow } from '../calls/hook-answers.ts';
import type { ChannelBody, Moment } from '../calls/hook-bodies.ts';

/** A post as the host has it now. */
export interface ListedPost {
  /** null: its channel belongs to no client. */
  readonly clientWorkspaceId: string | null;
  readonly postId: string;
  /** Of a recurring post: which time it went out. */
  readonly occurrence?: string | undefined;
  /** What went out stays `published`, also where it was deleted later. */
  readonly state: 'draft' | 'scheduled' | 'published' | 'failed' | 'deleted';
  readonly scheduledAt: Moment;
  readonly publishedAt?: Moment | undefined;
  readonly channels?: readonly ChannelBody[] | undefined;
  readonly platforms?: readonly string[] | undefined;
}

/** All posts of a host that were scheduled for a span of time. */
export interface ListedPosts {
  readonly from: Moment;
  /** Up to and not including this instant. */
  readonly to: Moment;
  readonly posts: readonly ListedPost[] | AsyncIterable<ListedPost>;
}

/** What a reconciliation can find. */
export type ExceptionCode =
  | 'was_not_counted'
  | 'was_not_asked'
  | 'was_over_limit'
  | 'was_late'
  | 'was_not_held'
  | 'was_still_held'
  | 'unassigned'
  | 'refused'
  | 'not_told'
  | 'counts_more'
  | 'counts_less'
  | 'holds_more';

/** Something that host and Retainer saw differently, or that went past the gate. */
export interface ReconcileException {
  readonly code: ExceptionCode;
  readonly clientWorkspaceId: string | null;
  readonly postId: string | null;
  readonly window: AnsweredWindow | null;
  /** Whether the two agree now. */
  readonly isSettled: boolean;
  /** What happened, and what there is to do, for a person. */
  readonly explanation: string;
}

/** A week of one client: what Retainer counts, beside what the host published. */
export interface ReconciledWindow {
  readonly clientWorkspaceId: string;
  readonly window: AnsweredWindow;
  readonly used: number;
  readonly held: number;
  readonly published: number;
}

/** What came of settling a host's posts against Retainer's counts. */
export interface Reconciliation {
  readonly posts: number;
  /** Messages that were waiting and are told now; how many still wait, or were refused. */
  readonly delivered: number;
  readonly waiting: number;
  readonly refused: number;
  readonly windows: readonly ReconciledWindow[];
  readonly exceptions: readonly ReconcileException[];
}
