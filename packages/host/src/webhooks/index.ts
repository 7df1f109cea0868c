export { ayrshareGateway } from '../gateway/ayrshare-gateway.ts';
export type {
  AskedTime,
  GatewayAsk,
  GatewayHost,
  GatewayLookup,
  GatewayReply,
  GatewayRequest,
} from '../gateway/gateway-host.ts';
export type { GatewayNote, HostGatewayOptions } from '../gateway/gateway-options.ts';
export { createHostGateway, type HostGateway } from '../gateway/host-gateway.ts';
export { denialMessage } from '../gateway/host-verdict.ts';
export { gatewayHandler, sendTo } from '../gateway/node-gateway.ts';
export { listMixpostPosts } from '../mixpost/list-mixpost-posts.ts';
export { mixpostGateway } from '../mixpost/mixpost-gateway.ts';
export { readMixpostPost } from '../mixpost/mixpost-post.ts';
export {
  createHostApi,
  HostApiError,
  type HostApi,
  type HostApiOptions,
} from '../readers/host-api.ts';
export { pollPosts, type PollResult, type PostPoll } from '../readers/poll-posts.ts';
export { createPostReader, READABLE_HOSTS } from '../readers/post-readers.ts';
export {
  metricAs,
  readMetric,
  type Aggregate,
  type MetricKind,
  type MetricReading,
  type MetricScope,
  type ReadMetric,
} from '../vocabulary/metrics.ts';
export {
  normalisePlatform,
  tierPlatform,
  type PlatformReading,
  type Variants,
} from '../vocabulary/platforms.ts';
export {
  levelChange,
  readPostizAnalytics,
  seriesObservations,
  type AnalyticsRequest,
  type DropReason,
  type MetricSeries,
  type ReadAnalytics,
} from '../vocabulary/postiz-analytics.ts';
export {
  createUnknownNames,
  type NameKind,
  type UnknownName,
  type UnknownNames,
} from '../vocabulary/unknown-names.ts';
export type { Endpoint, EndpointOwner, PostReader } from './endpoint.ts';
export type {
  Delivery,
  HostChannel,
  HostNote,
  HostPost,
  ParsedWebhook,
  PostState,
} from './host-post.ts';
export { brightbeanState, readBrightbeanPost } from './hosts/brightbean.ts';
export { bufferState, readBufferPosts } from './hosts/buffer.ts';
export { WEBHOOK_HOSTS } from './hosts/webhook-hosts.ts';
export type { DeliveryLog, LoggedDelivery, LoggedOutcome, LogRecord } from './log/delivery-log.ts';
export { openFileLog } from './log/file-log.ts';
export { createMemoryLog } from './log/memory-log.ts';
export type { Heard, KnownPost } from './post-memory.ts';
export {
  openReceiver,
  type DeliveryReply,
  type EndpointAddress,
  type IncomingDelivery,
  type ReceiverOptions,
  type WebhookReceiver,
} from './receiver.ts';
export type { WaitingPost } from './known-state.ts';
export { judgeSignature } from './signatures/judge-signature.ts';
export type {
  HmacAlgorithm,
  SignatureScheme,
  SignatureVerdict,
  SignedDelivery,
} from './signatures/signature.ts';
export type { DeliveryFlag, DeliveryNote, ReceiverStatus } from './tally.ts';
export type { WebhookHost } from './webhook-host.ts';
export { webhookHandler, type WebhookHandler } from './http/node-handler.ts';
export {
  fastifyWebhooks,
  type FastifyLike,
  type FastifyRaw,
  type FastifyReplyLike,
  type FastifyScope,
} from './http/fastify-plug.ts';
