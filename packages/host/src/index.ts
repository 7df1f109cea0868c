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
export { ayrshareGateway } from './gateway/ayrshare-gateway.ts';
export type {
  AskedTime,
  GatewayAsk,
  GatewayHost,
  GatewayLookup,
  GatewayReply,
  GatewayRequest,
} from './gateway/gateway-host.ts';
export {
  createHostGateway,
  denialMessage,
  type GatewayNote,
  type HostGateway,
  type HostGatewayOptions,
} from './gateway/host-gateway.ts';
export { listMixpostPosts } from './mixpost/list-mixpost-posts.ts';
export { mixpostGateway } from './mixpost/mixpost-gateway.ts';
export { readMixpostPost } from './mixpost/mixpost-post.ts';
export {
  createHostApi,
  HostApiError,
  type HostApi,
  type HostApiOptions,
} from './readers/host-api.ts';
export { pollPosts, type PollResult, type PostPoll } from './readers/poll-posts.ts';
export { createPostReader, READABLE_HOSTS } from './readers/post-readers.ts';
export {
  metricAs,
  readMetric,
  type Aggregate,
  type MetricKind,
  type MetricReading,
  type MetricScope,
  type ReadMetric,
} from './vocabulary/metrics.ts';
export {
  normalisePlatform,
  tierPlatform,
  type PlatformReading,
  type Variants,
} from './vocabulary/platforms.ts';
export {
  levelChange,
  readPostizAnalytics,
  seriesObservations,
  type AnalyticsRequest,
  type DropReason,
  type MetricSeries,
  type ReadAnalytics,
} from './vocabulary/postiz-analytics.ts';
export {
  createUnknownNames,
  type NameKind,
  type UnknownName,
  type UnknownNames,
} from './vocabulary/unknown-names.ts';
export type { Endpoint, EndpointOwner, PostReader } from './webhooks/endpoint.ts';
export type {
  Delivery,
  HostChannel,
  HostNote,
  HostPost,
  ParsedWebhook,
  PostState,
} from './webhooks/host-post.ts';
export { brightbeanState, readBrightbeanPost } from './webhooks/hosts/brightbean.ts';
export { bufferState, readBufferPosts } from './webhooks/hosts/buffer.ts';
export { WEBHOOK_HOSTS } from './webhooks/hosts/webhook-hosts.ts';
export type {
  DeliveryLog,
  LoggedDelivery,
  LoggedOutcome,
  LogRecord,
} from './webhooks/log/delivery-log.ts';
export { openFileLog } from './webhooks/log/file-log.ts';
export { createMemoryLog } from './webhooks/log/memory-log.ts';
export type { Heard, KnownPost } from './webhooks/post-memory.ts';
export {
  openReceiver,
  type DeliveryReply,
  type EndpointAddress,
  type IncomingDelivery,
  type ReceiverOptions,
  type WebhookReceiver,
} from './webhooks/receiver.ts';
export type { WaitingPost } from './webhooks/known-state.ts';
export { judgeSignature } from './webhooks/signatures/judge-signature.ts';
export type {
  HmacAlgorithm,
  SignatureScheme,
  SignatureVerdict,
  SignedDelivery,
} from './webhooks/signatures/signature.ts';
export type { DeliveryFlag, DeliveryNote, ReceiverStatus } from './webhooks/tally.ts';
export type { WebhookHost } from './webhooks/webhook-host.ts';
export { webhookHandler, type WebhookHandler } from './webhooks/http/node-handler.ts';
export {
  fastifyWebhooks,
  type FastifyLike,
  type FastifyRaw,
  type FastifyReplyLike,
  type FastifyScope,
} from './webhooks/http/fastify-plug.ts';
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
