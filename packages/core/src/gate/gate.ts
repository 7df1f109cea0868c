import type { Pool } from 'pg';

import type { Changed } from '../kernel/changed.ts';
import { translateDatabaseError } from '../kernel/database-errors.ts';
import { errorCode } from '../kernel/error-code.ts';
import { changedIn } from './client-state.ts';
import { createCounterCache } from './counter-cache.ts';
import { pipelinedSession } from './gate-session.ts';
import { createLanes } from './lanes.ts';
import type { GateAnswer, GateOp, Outcome } from './ops.ts';
import { createPolicyCache } from './policy-cache.ts';
import { runBatch, type BatchOptions, type GateCall } from './run-batch.ts';

/** The one door to counters and holds. */
export interface Gate {
  /** Tells or asks one thing about one client. Calls that wait at the same moment share a commit. */
  submit<TOp extends GateOp>(agencyId: string, clientId: string, op: TOp): Promise<GateAnswer<TOp>>;
  /** What `submit` would answer; changes nothing. */
  ask<TOp extends GateOp>(agencyId: string, clientId: string, op: TOp): Promise<GateAnswer<TOp>>;
  /** Several calls in one transaction, answered one by one; `atomic` takes all or none. */
  together(
    agencyId: string,
    calls: readonly GateCall[],
    options: { readonly atomic: boolean },
  ): Promise<readonly Outcome[]>;
  /** Resolves when nothing waits and nothing is under way. */
  drain(): Promise<void>;
  /** Batches run and calls served since the start, and how many wait now. */
  stats(): GateStats;
}

export interface GateStats {
  readonly batches: number;
  readonly calls: number;
  readonly waiting: number;
}

type Wanted = Pick<BatchOptions, 'dryRun' | 'atomic'>;
type Trust = Pick<BatchOptions, 'trustKeys' | 'trusted'>;

const EACH: Wanted = { dryRun: false, atomic: false };

export interface GateOptions {
  /** Told of the clients that each commit changed. */
  readonly changed?: Changed;
}

/** Opens the gate on a pool of its own. A client's calls keep their order within a process. */
export function createGate(pool: Pool, { changed }: GateOptions = {}): Gate {
  const policies = createPolicyCache();
  const counters = createCounterCache();
  const transact = async (
    agencyId: string,
    calls: readonly GateCall[],
    wanted: Wanted,
  ): Promise<readonly Outcome[]> => {
    const run = async (trust: Trust): Promise<readonly Outcome[]> => {
      const { outcomes, states } = await inOwnTransaction(
        pool,
        (session) =>
          runBatch({ session, agencyId, policies, calls, options: { ...wanted, ...trust } }),
        (clientIds) => changed?.(agencyId, clientIds),
      );
      counters.keep(agencyId, states);
      return outcomes;
    };
    // What is taken back writes nothing that would show a key to be used or a counter to be another.
    const isWritten = !wanted.dryRun && !wanted.atomic;
    const trusted = isWritten && counters.isTrusted() ? counters : undefined;
    return run({ trustKeys: isWritten, trusted })
      .catch((error: unknown) => {
        if (!isOutdated(error)) throw error;
        counters.distrust();
        return run({ trustKeys: isWritten });
      })
      .catch((error: unknown) => {
        if (!isUsedKey(error)) throw error;
        return run({ trustKeys: false });
      })
      .catch((error: unknown) => {
        throw translateDatabaseError(error);
      });
  };
  const lanes = createLanes((agencyId, calls) => transact(agencyId, calls, EACH));

  return {
    async submit<TOp extends GateOp>(agencyId: string, clientId: string, op: TOp) {
      return answerOf<TOp>(await lanes.enter(agencyId, { clientId, op }));
    },
    async ask<TOp extends GateOp>(agencyId: string, clientId: string, op: TOp) {
      const [outcome] = await transact(agencyId, [{ clientId, op }], {
        dryRun: true,
        atomic: false,
      });
      return withoutReservation(answerOf<TOp>(outcome));
    },
    together: (agencyId, calls, { atomic }) => transact(agencyId, calls, { dryRun: false, atomic }),
    drain: () => lanes.drain(),
    stats: () => lanes.stats(),
  };
}

// A question holds nothing, so there is nothing to name.
function withoutReservation<TAnswer>(answer: TAnswer): TAnswer {
  const isDecision = typeof answer === 'object' && answer !== null && 'reservationId' in answer;
  return isDecision ? { ...answer, reservationId: null } : answer;
}

/** The answer of an outcome, or its refusal thrown. */
export function answerOf<TOp extends GateOp>(outcome: Outcome | undefined): GateAnswer<TOp> {
  if (!outcome) throw new Error('a call was not answered');
  if (!outcome.ok) throw outcome.error;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- `applyOp` answers each op with its `GateAnswer`
  return outcome.answer as GateAnswer<TOp>;
}

// A key that was taken for new was used before: nothing of the batch stands, and it runs again with its keys read.
function isUsedKey(error: unknown): boolean {
  const isUnique = errorCode(error) === '23505' && error instanceof Error;
  return isUnique && 'constraint' in error && error.constraint === 'hold_key';
}

// `retainer.insist` did not find what this process remembered: nothing of the batch stands.
function isOutdated(error: unknown): boolean {
  return errorCode(error) === 'RT001';
}

type Work = (session: ReturnType<typeof pipelinedSession>) => ReturnType<typeof runBatch>;

// At most two round trips: begin and all reads leave together, then all writes and the commit. Where nothing need be
// read, all of it leaves together.
async function inOwnTransaction(
  pool: Pool,
  work: Work,
  changed: (clientIds: readonly string[]) => void,
): ReturnType<typeof runBatch> {
  const client = await pool.connect();
  let isSound = false;
  let changes: readonly string[] = [];
  try {
    const session = pipelinedSession(client);
    const result = await work(session);
    const end = { name: 'gate_commit', text: 'commit', values: [] };
    changes = changedIn(result.states);
    await session.all([...result.writes, end]);
    isSound = true;
    return result;
  } catch (error) {
    isSound = await client.query('rollback').then(
      () => true,
      () => false,
    );
    // Where the connection is lost, nobody knows whether it was committed.
    if (isSound) changes = [];
    throw error;
  } finally {
    // A connection in an unknown state is not given to the next batch.
    client.release(!isSound);
    if (changes.length > 0) changed(changes);
  }
}
