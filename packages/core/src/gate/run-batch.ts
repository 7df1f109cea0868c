import { DomainError, windowAt, type Instant, type Policy } from '@retainer/domain';

import type { Decision } from './answer.ts';
import { createClientState, rememberAnswer, type ClientState } from './client-state.ts';
import type { GateSession, Statement } from './gate-session.ts';
import {
  agencyStatement,
  countersStatement,
  futureCountersStatement,
  holdsByKeyStatement,
  holdsInTimeStatement,
  holdsStatement,
  lockStatement,
  mediaStatement,
  offersStatement,
  postsStatement,
  takeCounters,
  takeHolds,
  takeMedia,
  takePosts,
  type Named,
} from './gate.queries.ts';
import { markRead, missingWindows, type Needs } from './needs.ts';
import { offersOf } from './offers.queries.ts';
import { remedyFor, WINDOWS_AHEAD, type OpenDenial } from './open-denial.ts';
import { applyOp, needsOf, type GateOp, type Outcome } from './ops.ts';
import type { PolicyCache } from './policy-cache.ts';
import { policiesOf, policyStatement } from './policy.queries.ts';
import { writeStatements } from './write.queries.ts';

/** One operation on one client. */
export interface GateCall {
  readonly clientId: string;
  readonly op: GateOp;
}

/** How a batch runs. */
export interface BatchOptions {
  /** A question: nothing is locked and nothing is written. */
  readonly dryRun: boolean;
  /** One refusal or denial takes back all: the outcomes say what each would have been. */
  readonly atomic: boolean;
  /** Takes keys for new where they most likely are; the database refuses the batch if one is not. */
  readonly trustKeys: boolean;
}

/** A batch of one agency inside an open transaction. */
export interface Batch {
  readonly session: GateSession;
  readonly agencyId: string;
  readonly policies: PolicyCache;
  readonly calls: readonly GateCall[];
  readonly options: BatchOptions;
}

/** What a batch came to. */
export interface BatchResult {
  readonly outcomes: readonly Outcome[];
  /** Writes that must reach the database in this transaction before it commits. */
  readonly writes: readonly Statement[];
}

/**
 * Locks the clients, reads what the calls need, applies each call in turn to what was read, and answers with what
 * to write. Counters are decided by pure rules under the lock, so no interleaving can pass a limit.
 */
export async function runBatch(batch: Batch): Promise<BatchResult> {
  const states = await openClients(batch);
  const denied: OpenDenial[] = [];
  const outcomes = batch.calls.map((call) => applyCall(states, call, denied));
  await completeDenials(batch, denied);
  const isRefused = batch.options.atomic && outcomes.some(refuses);
  const writes = batch.options.dryRun || isRefused ? [] : writeStatements(batch.agencyId, states);
  return { outcomes, writes };
}

/** Whether an outcome stands in the way of "all or none". */
export function refuses(outcome: Outcome): boolean {
  if (!outcome.ok) return true;
  const { answer } = outcome;
  return typeof answer === 'object' && 'decision' in answer && answer.decision === 'deny';
}

function applyCall(
  states: ReadonlyMap<string, ClientState>,
  call: GateCall,
  denied: OpenDenial[],
): Outcome {
  const state = states.get(call.clientId);
  if (!state) {
    const error = new DomainError('not_found', `No client "${call.clientId}" is registered.`);
    return { ok: false, error };
  }
  try {
    const answer = applyOp(state, call.op, denied);
    if ('key' in call.op && call.op.key !== undefined) {
      if (typeof answer === 'object' && 'decision' in answer && !answer.replayed) {
        rememberAnswer(state, call.op.key, answer);
      }
    }
    return { ok: true, answer };
  } catch (error) {
    if (error instanceof DomainError) return { ok: false, error };
    throw error;
  }
}

async function openClients(batch: Batch): Promise<Map<string, ClientState>> {
  const { session, agencyId, policies } = batch;
  const clientIds = [...new Set(batch.calls.map((call) => call.clientId))].toSorted();
  const needs = new Map<string, Needs[]>();
  for (const { clientId, op } of batch.calls) {
    needs.set(clientId, [...(needs.get(clientId) ?? []), needsOf(op)]);
  }
  const guess = statesOf(clientIds, (clientId) => policies.find(agencyId, clientId));
  const lock = !batch.options.dryRun;
  // The counters are read along with the lock: right if our view of the policies is.
  const [, locked = [], ...read] = await session.all([
    agencyStatement(agencyId),
    lockStatement(agencyId, clientIds, { lock }),
    ...readStatements(agencyId, needs, batch.options),
    ...counterStatements(agencyId, guess, needs),
  ]);
  const versions = new Map(locked.map((row) => [String(row['id']), Number(row['version'])]));
  const stale = [...versions].filter(([id, version]) => guess.get(id)?.policy.version !== version);
  if (stale.length > 0) {
    const ids = stale.map(([id]) => id);
    const [rows = []] = await session.all([policyStatement(agencyId, ids)]);
    for (const policy of policiesOf(rows)) policies.keep(agencyId, policy);
  }
  const states = statesOf([...versions.keys()], (id) => policies.find(agencyId, id));
  for (const [id, state] of states) {
    if (guess.get(id)?.policy === state.policy) markAll(state, needs.get(id) ?? []);
  }
  takeRows(states, read);
  await readMissing(batch, states, needs);
  return states;
}

function statesOf(
  clientIds: readonly string[],
  find: (clientId: string) => Policy | undefined,
): Map<string, ClientState> {
  const states = new Map<string, ClientState>();
  for (const id of clientIds) {
    const policy = find(id);
    if (policy) states.set(id, createClientState(policy));
  }
  return states;
}

function readStatements(
  agencyId: string,
  needs: ReadonlyMap<string, readonly Needs[]>,
  { trustKeys }: BatchOptions,
): Statement[] {
  const named = (pick: (need: Needs) => readonly string[] | undefined): Named[] =>
    [...needs].flatMap(([clientId, all]) =>
      all.flatMap((need) => (pick(need) ?? []).map((name) => ({ clientId, name }))),
    );
  const keys = named((need) => (trustKeys && need.keysAreNew ? [] : need.keys));
  const postIds = named((need) => need.postIds);
  const seriesIds = named((need) => need.seriesIds);
  const mediaIds = named((need) => need.mediaIds);
  const settles = [...needs.values()].flat().some((need) => need.keys && !need.windows);
  const statements: Statement[] = [];
  if (postIds.length + seriesIds.length + mediaIds.length > 0 || settles) {
    statements.push(holdsStatement(agencyId, { keys, postIds, seriesIds, mediaIds }));
  } else if (keys.length > 0) {
    statements.push(holdsByKeyStatement(agencyId, keys));
  }
  if (postIds.length > 0) statements.push(postsStatement(agencyId, postIds));
  if (mediaIds.length > 0) statements.push(mediaStatement(agencyId, mediaIds));
  for (const [clientId, all] of needs) {
    for (const { dueBy, scheduledFrom, future } of all) {
      if (dueBy !== undefined || scheduledFrom !== undefined) {
        statements.push(holdsInTimeStatement(agencyId, clientId, { dueBy, scheduledFrom }));
      }
      if (future) statements.push(futureCountersStatement(agencyId, { clientId, ...future }));
    }
  }
  return statements;
}

function counterStatements(
  agencyId: string,
  states: ReadonlyMap<string, ClientState>,
  needs: ReadonlyMap<string, readonly Needs[]>,
): Statement[] {
  const windows = [...states].flatMap(([clientId, state]) =>
    missingWindows(state, needs.get(clientId) ?? []).map((one) => ({ clientId, ...one })),
  );
  return windows.length > 0 ? [countersStatement(agencyId, windows)] : [];
}

async function readMissing(
  batch: Batch,
  states: ReadonlyMap<string, ClientState>,
  needs: ReadonlyMap<string, readonly Needs[]>,
): Promise<void> {
  const statements = counterStatements(batch.agencyId, states, needs);
  if (statements.length > 0) takeRows(states, await batch.session.all(statements));
  for (const [id, state] of states) markAll(state, needs.get(id) ?? []);
}

function markAll(state: ClientState, needs: readonly Needs[]): void {
  for (const wanted of missingWindows(state, needs)) markRead(state, wanted);
  for (const { future } of needs) {
    if (future) markAhead(state, future);
  }
}

// Every window from an instant on was read, so those without a counter are empty.
function markAhead(state: ClientState, future: NonNullable<Needs['future']>): void {
  let at = future.from;
  for (let count = 0; count < WINDOWS_AHEAD; count += 1) {
    const window = windowAt(state.policy, future.meter, at);
    markRead(state, { meter: future.meter, start: window.start });
    at = window.end;
  }
}

// Rows say what they are by their columns, whichever statement read them.
function takeRows(
  states: ReadonlyMap<string, ClientState>,
  results: readonly (readonly Record<string, unknown>[])[],
): void {
  for (const rows of results) {
    const [first] = rows;
    if (!first) continue;
    if ('window_start' in first) takeCounters(states, rows);
    else if ('payload_hash' in first) takeHolds(states, rows);
    else if ('media_id' in first) takeMedia(states, rows);
    else takePosts(states, rows);
  }
}

async function completeDenials(batch: Batch, denied: readonly OpenDenial[]): Promise<void> {
  if (denied.length === 0) return;
  const later = new Map<string, Statement>();
  for (const { state, meter, from, isMovable } of denied) {
    const { clientId } = state.policy;
    if (isMovable) {
      const future = { clientId, meter, from };
      later.set(`${clientId}|${meter}|${from}`, futureCountersStatement(batch.agencyId, future));
    }
  }
  const [offerRows = [], ...counters] = await batch.session.all([
    offersStatement(batch.agencyId),
    ...later.values(),
  ]);
  const states = new Map(denied.map((one) => [one.state.policy.clientId, one.state]));
  takeRows(states, counters);
  const offers = offersOf(offerRows);
  for (const open of denied) {
    const ends = open.isMovable ? windowEnds(open, open.from) : [];
    // The answer is not given yet: this completes it where it is remembered, too.
    Object.assign<Decision, Partial<Decision>>(open.decision, remedyFor(open, ends, offers));
  }
}

function windowEnds(open: OpenDenial, from: Instant): Instant[] {
  const ends: Instant[] = [];
  let at = from;
  for (let count = 0; count < WINDOWS_AHEAD; count += 1) {
    at = windowAt(open.state.policy, open.meter, at).end;
    ends.push(at);
  }
  return ends;
}
