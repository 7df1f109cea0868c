import type { DomainError } from '@retainer/domain';

import type { Decision, Settlement } from './answer.ts';
import type { ClientState } from './client-state.ts';
import type { Needs } from './needs.ts';
import type { OpenDenial } from './open-denial.ts';
import { attach, attachNeeds, type Attach, type Attachment } from './ops/attach.ts';
import { look, lookNeeds, type Look, type Seen } from './ops/look.ts';
import {
  mediaNeeds,
  uploadCreated,
  uploadDeleted,
  type UploadCreated,
  type UploadDeleted,
} from './ops/media.ts';
import { postDeleted, postFailed, type PostDeleted, type PostFailed } from './ops/post-failed.ts';
import { postPublished, reportNeeds, type PostPublished } from './ops/post-settled.ts';
import { postToldNeeds, tellPost, type PostTold } from './ops/post-told.ts';
import { recordNeeds, recordUsage, type RecordUsage } from './ops/record-usage.ts';
import { reserve, reserveNeeds, type Reserve } from './ops/reserve.ts';
import {
  commit,
  keyNeeds,
  move,
  moveNeeds,
  release,
  type Commit,
  type Move,
  type Release,
} from './ops/settle.ts';
import {
  expire,
  expireNeeds,
  extend,
  extendNeeds,
  rebucket,
  rebucketNeeds,
  type Expire,
  type Extend,
  type Rebucket,
} from './ops/upkeep.ts';

/** Everything the gate can be told or asked about one client. */
export type GateOp =
  | Reserve
  | Commit
  | Release
  | Move
  | Attach
  | PostTold
  | PostPublished
  | PostFailed
  | PostDeleted
  | UploadCreated
  | UploadDeleted
  | RecordUsage
  | Expire
  | Rebucket
  | Extend
  | Look;

/** What each operation answers. */
export type GateAnswer<TOp extends GateOp = GateOp> = TOp extends
  | Reserve
  | Move
  | PostTold
  | UploadCreated
  | UploadDeleted
  | RecordUsage
  ? Decision
  : TOp extends Attach
    ? Attachment
    : TOp extends Expire | Rebucket | Extend
      ? number
      : TOp extends Look
        ? Seen
        : Settlement;

/** What an operation must have read before it is applied. */
export function needsOf(op: GateOp): Needs {
  switch (op.type) {
    case 'reserve':
      return reserveNeeds(op);
    case 'commit':
    case 'release':
      return keyNeeds(op);
    case 'move':
      return moveNeeds(op);
    case 'attach':
      return attachNeeds(op);
    case 'postCreated':
    case 'postUpdated':
      return postToldNeeds(op);
    case 'postPublished':
    case 'postFailed':
    case 'postDeleted':
      return reportNeeds(op);
    case 'uploadCreated':
    case 'uploadDeleted':
      return mediaNeeds(op);
    case 'recordUsage':
      return recordNeeds(op);
    case 'expire':
      return expireNeeds(op);
    case 'rebucket':
      return rebucketNeeds(op);
    case 'extend':
      return extendNeeds(op);
    case 'look':
      return lookNeeds(op);
  }
}

/** Applies an operation to what the batch knows of its client. A refusal is thrown before anything is changed. */
export function applyOp(state: ClientState, op: GateOp, denied: OpenDenial[]): GateAnswer {
  switch (op.type) {
    case 'reserve':
      return reserve(state, op, denied);
    case 'commit':
      return commit(state, op);
    case 'release':
      return release(state, op);
    case 'move':
      return move(state, op, denied);
    case 'attach':
      return attach(state, op);
    case 'postCreated':
    case 'postUpdated':
      return tellPost(state, op, denied);
    case 'postPublished':
      return postPublished(state, op);
    case 'postFailed':
      return postFailed(state, op);
    case 'postDeleted':
      return postDeleted(state, op);
    case 'uploadCreated':
      return uploadCreated(state, op, denied);
    case 'uploadDeleted':
      return uploadDeleted(state, op);
    case 'recordUsage':
      return recordUsage(state, op, denied);
    case 'expire':
      return expire(state, op);
    case 'rebucket':
      return rebucket(state, op);
    case 'extend':
      return extend(state, op);
    case 'look':
      return look(state, op);
  }
}

/** An operation came through, or was refused for a reason its caller can mend. */
export type Outcome =
  | { readonly ok: true; readonly answer: GateAnswer }
  | { readonly ok: false; readonly error: DomainError };
