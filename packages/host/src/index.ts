export type {
  AnsweredWindow,
  Attachment,
  Decision,
  DecisionReason,
  HookAnswers,
  HookOutcome,
  InstantText,
  RecordedMetrics,
  Settlement,
  Usage,
} from './calls/hook-answers.ts';
export type {
  AgencyBody,
  AttachBody,
  ChannelBody,
  CheckBody,
  EventBodies,
  EventsBody,
  FailureBody,
  HookBodies,
  HookEvent,
  HookName,
  MetricsBody,
  Moment,
  MoveBody,
  Observation,
  PostBody,
  ReportBody,
  ReserveBody,
  SettleBody,
  UploadBody,
  UploadDeletedBody,
} from './calls/hook-bodies.ts';
export {
  createHookCalls,
  type CallOptions,
  type HookCall,
  type HookCalls,
} from './calls/hook-calls.ts';
export { HookError, type HookErrorFacts } from './calls/hook-error.ts';
export {
  createTransport,
  type RetainerRequest,
  type Transport,
  type TransportOptions,
} from './calls/transport.ts';
export type { BreakerOptions } from './hooks/breaker.ts';
export type { Clock } from './hooks/clock.ts';
export type { Drained } from './hooks/courier.ts';
export { createHostHooks } from './hooks/create-host-hooks.ts';
export { denialOf, type Denial } from './hooks/denial.ts';
export type { HostHooks, HostHooksOptions, MadePosts, Reports } from './hooks/host-hooks.ts';
export type { Ask, OnUnavailable, Question } from './hooks/unanswered.ts';
export { entryFor } from './hooks/message.ts';
export { openFileOutbox } from './outbox/file-outbox.ts';
export type {
  Entry,
  Handled,
  Message,
  NewEntry,
  Outbox,
  QueuedHook,
  RefusedEntry,
  Refusal,
  WaitingAsk,
} from './outbox/outbox.ts';
export {
  openPostgresOutbox,
  type PostgresOutbox,
  type PostgresOutboxOptions,
  type RunSql,
} from './outbox/postgres-outbox.ts';
export type {
  ExceptionCode,
  ListedPost,
  ListedPosts,
  ReconciledWindow,
  ReconcileException,
  Reconciliation,
} from './reconcile/reconciliation.ts';
export type {
  CoreCall,
  CoreContext,
  CoreLibrary,
  CoreSchema,
  CoreSession,
} from './library/core-library.ts';
export type { LibraryHooks, LibraryOptions } from './library/library-hooks.ts';
