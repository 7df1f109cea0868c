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
