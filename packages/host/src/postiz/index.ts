export {
  createMetricsCollector,
  type Collected,
  type MetricsCollector,
} from './collect-metrics.ts';
export type { Desk, PostizSettings, WhenUnavailable } from './desk.ts';
export type { PostizLog } from './log.ts';
export type { Poller, PollReport } from './poll/poller.ts';
export { nearSpan, type PollLoop, type PollPace } from './poll/poll-loop.ts';
export { createPostizService, type PostizService, type PostizServiceOptions } from './service.ts';
export { openFileStore } from './state/file-store.ts';
export type { Finding, PostFlag, PostRecord } from './state/records.ts';
export type { StateChange, StateStore } from './state/state-store.ts';
export { normalisePlatform } from '../vocabulary/platforms.ts';
export { levelChange } from '../vocabulary/postiz-analytics.ts';
