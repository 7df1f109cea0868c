import { windowAt, type Policy } from '@retainer/domain';

import { createClientState, windowKey, type ClientState } from './client-state.ts';
import type { CounterCache } from './counter-cache.ts';
import { countersStatement, futureCountersStatement, takeCounters } from './counter.queries.ts';
import type { GateSession, Statement } from './gate-session.ts';
import {
  agencyStatement,
  holdsByKeyStatement,
  holdsInTimeStatement,
  holdsStatement,
  insistOnPolicies,
  lockStatement,
  mediaStatement,
  postsStatement,
  takeHolds,
  takeMedia,
  takePosts,
  type Named,
} from './gate.queries.ts';
import { markRead, missingWindows, type Needs } from './needs.ts';
import { WINDOWS_AHEAD } from './open-denial.ts';
import type { PolicyCache } from './policy-cache.ts';
import { policiesOf, policyStatement } from './policy.queries.ts';

/** What a batch reads before it is applied. */
export interface Opening {
  readonly session: GateSession;
  readonly agencyId: string;
  readonly policies: PolicyCache;
  /** By client. */
  readonly needs: ReadonlyMap<string, readonly Needs[]>;
  /** Nobody else changes these clients until the transaction ends. */
  readonly lock: boolean;
  /** Leaves out the keys that are most likely new. */
  readonly trustKeys: boolean;
  /** Counters to build on without reading them; only where clients are locked. */
  readonly trusted: CounterCache | undefined;
}

/**
 * Locks the clients that exist, in one order for all, and reads what is needed of each. Where all of it is remembered
 * nothing is asked: the lock, with the promises it must find, leaves along with the writes.
 */
export async function openClients(opening: Opening): Promise<Map<string, ClientState>> {
  const { session, agencyId, policies, needs } = opening;
  const clientIds = [...needs.keys()].toSorted();
  const guess = statesOf(clientIds, (clientId) => policies.find(agencyId, clientId));
  if (isRemembered(opening, guess)) {
    const known = [...guess.values()].map(({ policy }) => policy);
    session.later([agencyStatement(agencyId), insistOnPolicies(agencyId, known)]);
    return guess;
  }
  // The counters are read along with the lock: right if our view of the policies is.
  const [, locked = [], ...read] = await session.all([
    agencyStatement(agencyId),
    lockStatement(agencyId, clientIds, opening),
    ...readStatements(opening),
    ...counterStatements(agencyId, guess, needs),
  ]);
  const versions = new Map(locked.map((row) => [String(row['id']), Number(row['version'])]));
  await refresh(opening, guess, versions);
  const states = statesOf([...versions.keys()], (id) => policies.find(agencyId, id));
  for (const [id, state] of states) {
    if (guess.get(id)?.policy === state.policy) markAll(state, needs.get(id) ?? []);
  }
  takeRows(states, read);
  await readMissing(opening, states);
  return states;
}

// Fills the views from memory as far as it goes; true if that is all that the batch needs.
function isRemembered(opening: Opening, guess: ReadonlyMap<string, ClientState>): boolean {
  const { agencyId, needs, trusted } = opening;
  if (!trusted || guess.size < needs.size || readStatements(opening).length > 0) return false;
  for (const [clientId, state] of guess) {
    for (const wanted of missingWindows(state, needs.get(clientId) ?? [])) {
      const counter = trusted.find(agencyId, clientId, wanted);
      if (!counter) return false;
      state.counters.set(windowKey(counter.meter, counter.window), counter);
      markRead(state, wanted);
    }
  }
  return true;
}

// Policies that changed since this process last looked.
async function refresh(
  { session, agencyId, policies }: Opening,
  guess: ReadonlyMap<string, ClientState>,
  versions: ReadonlyMap<string, number>,
): Promise<void> {
  const stale = [...versions].filter(([id, version]) => guess.get(id)?.policy.version !== version);
  if (stale.length === 0) return;
  const [rows = []] = await session.all([
    policyStatement(
      agencyId,
      stale.map(([id]) => id),
    ),
  ]);
  for (const policy of policiesOf(rows)) policies.keep(agencyId, policy);
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

function readStatements({ agencyId, needs, trustKeys }: Opening): Statement[] {
  const named = (pick: (need: Needs) => readonly string[] | undefined): Named[] =>
    [...needs].flatMap(([clientId, all]) =>
      all.flatMap((need) => (pick(need) ?? []).map((name) => ({ clientId, name }))),
    );
  const keys = named((need) => (trustKeys && need.keysAreNew ? [] : need.keys));
  const postIds = named((need) => need.postIds);
  const seriesIds = named((need) => need.seriesIds);
  const mediaIds = named((need) => need.mediaIds);
  // Asking by a key needs the hold of that key alone; everything else the whole series.
  const settles = [...needs.values()].flat().some((need) => need.keys && !need.windows);
  const wantsSeries = settles || postIds.length + seriesIds.length + mediaIds.length > 0;
  const statements: Statement[] = [];
  if (wantsSeries)
    statements.push(holdsStatement(agencyId, { keys, postIds, seriesIds, mediaIds }));
  else if (keys.length > 0) statements.push(holdsByKeyStatement(agencyId, keys));
  if (postIds.length > 0) statements.push(postsStatement(agencyId, postIds));
  if (mediaIds.length > 0) statements.push(mediaStatement(agencyId, mediaIds));
  return [...statements, ...timeStatements(agencyId, needs)];
}

function timeStatements(agencyId: string, needs: Opening['needs']): Statement[] {
  return [...needs].flatMap(([clientId, all]) =>
    all.flatMap(({ dueBy, scheduledFrom, future }) => {
      const statements: Statement[] = [];
      if (dueBy !== undefined || scheduledFrom !== undefined) {
        statements.push(holdsInTimeStatement(agencyId, clientId, { dueBy, scheduledFrom }));
      }
      if (future) statements.push(futureCountersStatement(agencyId, { clientId, ...future }));
      return statements;
    }),
  );
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
  { session, agencyId, needs }: Opening,
  states: ReadonlyMap<string, ClientState>,
): Promise<void> {
  const statements = counterStatements(agencyId, states, needs);
  if (statements.length > 0) takeRows(states, await session.all(statements));
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

/** Puts rows where the operations look for them; they say what they are by their columns. */
export function takeRows(
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
