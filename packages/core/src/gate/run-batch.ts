import { DomainError, windowAt, type Instant } from '@retainer/domain';

import type { Decision } from './answer.ts';
import { rememberAnswer, type ClientState } from './client-state.ts';
import type { CounterCache } from './counter-cache.ts';
import { futureCountersStatement } from './counter.queries.ts';
import type { GateSession, Statement } from './gate-session.ts';
import { offersStatement } from './gate.queries.ts';
import type { Needs } from './needs.ts';
import { offersOf } from './offers.queries.ts';
import { openClients, takeRows, type Opening } from './open-clients.ts';
import { remedyFor, WINDOWS_AHEAD, type OpenDenial } from './open-denial.ts';
import { applyOp, needsOf, type GateOp, type Outcome } from './ops.ts';
import type { PolicyCache } from './policy-cache.ts';
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
  /** Counters that need not be read: the database refuses the batch if they are out of date. */
  readonly trusted?: CounterCache | undefined;
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
  /** The clients as they are once that has been committed; nothing where nothing is written. */
  readonly states: ReadonlyMap<string, ClientState>;
}

const NO_STATES: ReadonlyMap<string, ClientState> = new Map();

/**
 * Locks the clients, reads what the calls need, applies each call in turn to what was read, and answers with what
 * to write. Counters are decided by pure rules under the lock, so no interleaving can pass a limit.
 */
export async function runBatch(batch: Batch): Promise<BatchResult> {
  const states = await openClients({ ...batch, ...needsOfBatch(batch) });
  const denied: OpenDenial[] = [];
  const outcomes = batch.calls.map((call) => applyCall(states, call, denied));
  await completeDenials(batch, denied);
  const isRefused = batch.options.atomic && outcomes.some(refuses);
  if (batch.options.dryRun || isRefused) return { outcomes, writes: [], states: NO_STATES };
  return { outcomes, writes: writeStatements(batch.agencyId, states), states };
}

type Wanting = Pick<Opening, 'needs' | 'lock' | 'trustKeys' | 'trusted'>;

function needsOfBatch({ calls, options }: Batch): Wanting {
  const needs = new Map<string, Needs[]>();
  for (const { clientId, op } of calls) {
    const known = needs.get(clientId);
    if (known) known.push(needsOf(op));
    else needs.set(clientId, [needsOf(op)]);
  }
  const { dryRun, trustKeys, trusted } = options;
  return { needs, lock: !dryRun, trustKeys, trusted };
}

/** Whether an outcome stands in the way of "all or none". */
function refuses(outcome: Outcome): boolean {
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
