import type { Instant } from '@retainer/domain';

import type { SqlSession } from '../db/sql-session.ts';
import { sequentialSession } from './gate-session.ts';
import { answerOf, type Gate } from './gate.ts';
import type { GateAnswer, GateOp, Outcome } from './ops.ts';
import type { Look, Seen } from './ops/look.ts';
import { createPolicyCache } from './policy-cache.ts';
import { runBatch, type GateCall } from './run-batch.ts';

/**
 * Tells or asks one thing inside a transaction that somebody else opened, on the host's own connection or a use
 * case's: the host's row and our hold commit or vanish together. Call it last in the transaction, never across
 * network I/O: it locks the client's row until the transaction ends.
 */
export async function submitWithin<TOp extends GateOp>(
  session: SqlSession,
  agencyId: string,
  call: { readonly clientId: string; readonly op: TOp },
): Promise<GateAnswer<TOp>> {
  const [outcome] = await runWithin(session, agencyId, [call]);
  return answerOf<TOp>(outcome);
}

/** What stands in a transaction's sight; nothing is locked. */
export async function lookWithin(
  session: SqlSession,
  agencyId: string,
  look: { readonly clientId: string; readonly at: Instant },
): Promise<Seen> {
  const op = { type: 'look', now: look.at } as const;
  const { outcomes } = await runBatch({
    session: sequentialSession(session),
    agencyId,
    policies: createPolicyCache(),
    calls: [{ clientId: look.clientId, op }],
    options: { dryRun: true, atomic: false, trustKeys: false },
  });
  return answerOf<Look>(outcomes[0]);
}

/** As `submitWithin`, for several calls answered one by one. */
async function runWithin(
  session: SqlSession,
  agencyId: string,
  calls: readonly GateCall[],
): Promise<readonly Outcome[]> {
  const gateSession = sequentialSession(session);
  const { outcomes, writes } = await runBatch({
    session: gateSession,
    agencyId,
    // Not shared: this transaction may see promises that it never commits.
    policies: createPolicyCache(),
    calls,
    options: { dryRun: false, atomic: false, trustKeys: false },
  });
  await gateSession.all(writes);
  return outcomes;
}

/** The gate inside one transaction of a host, for the hooks that a library caller tells there. */
export function hostGate(session: SqlSession): Pick<Gate, 'submit'> {
  return {
    submit: (agencyId, clientId, op) => submitWithin(session, agencyId, { clientId, op }),
  };
}
