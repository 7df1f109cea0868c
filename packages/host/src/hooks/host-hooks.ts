import type { Decision } from '../calls/hook-answers.ts';
import type {
  CheckBody,
  FailureBody,
  MetricsBody,
  PostBody,
  ReportBody,
  UploadBody,
  UploadDeletedBody,
} from '../calls/hook-bodies.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { ListedPosts, Reconciliation } from '../reconcile/reconciliation.ts';
import type { BreakerOptions } from './breaker.ts';
import type { Clock } from './clock.ts';
import type { Drained } from './courier.ts';
import type { OnUnavailable } from './unanswered.ts';

/** Which posts a host made of an ask that named none. */
export interface MadePosts {
  /** What the ask was answered. */
  readonly decision: Decision;
  /** What was asked. */
  readonly body: PostBody;
  readonly posts: readonly { readonly channelId: string; readonly postId: string }[];
}

/** What a host reports. Reports are kept, never refused, and never wait for Retainer. */
export interface Reports {
  readonly postPublished: (body: ReportBody) => Promise<void>;
  readonly postFailed: (body: FailureBody) => Promise<void>;
  readonly postDeleted: (body: ReportBody) => Promise<void>;
  readonly uploadDeleted: (body: UploadDeletedBody) => Promise<void>;
  readonly recordMetrics: (body: MetricsBody) => Promise<void>;
  /** Names the posts that were made of an ask by `idempotencyKey` alone. */
  readonly attach: (made: MadePosts) => Promise<void>;
}

/**
 * What a host calls. Asks are answered with a decision, whether Retainer can be asked or not; they reject with a
 * `HookError` where the ask itself is wrong. Reports resolve once they are in the outbox.
 */
export interface HostHooks extends Reports {
  /** Whether a post may go out as it stands. Holds nothing, changes nothing. */
  readonly beforePublish: (body: CheckBody) => Promise<Decision>;
  /** Asks for a new post, and holds its capacity. */
  readonly postCreated: (body: PostBody) => Promise<Decision>;
  /** Asks for a post's new time, channels or state. A denial leaves what it held. */
  readonly postUpdated: (body: PostBody) => Promise<Decision>;
  /** Asks for a file's bytes and place in the library. */
  readonly uploadCreated: (body: UploadBody) => Promise<Decision>;
  /** Delivers what waits in the outbox now. */
  readonly drain: () => Promise<Drained>;
  /** Settles what the host knows against what Retainer counted, and lists what is left to say. */
  readonly reconcile: (known: ListedPosts) => Promise<Reconciliation>;
  /** Stops delivering and closes the outbox. What waits is there when it is opened again. */
  readonly close: () => Promise<void>;
}

/** How hooks behave. */
export interface HostHooksOptions {
  /** Keeps what Retainer was not told yet: `openFileOutbox` or `openPostgresOutbox`. */
  readonly outbox: Outbox;
  /** What becomes of an ask that Retainer cannot judge. Default `allow`: the post goes out and is told later. */
  readonly onUnavailable?: OnUnavailable | undefined;
  /** The agency of calls that name none; for a token that serves every agency. */
  readonly agencyWorkspaceId?: string | undefined;
  /** When to stop asking for a while. */
  readonly breaker?: BreakerOptions | undefined;
  /** Hears what stands in the way of a delivery, and of each message that was refused. For a log. */
  readonly onProblem?: ((problem: Error) => void) | undefined;
  /** The machine's, unless a test has another. */
  readonly clock?: Clock | undefined;
}
