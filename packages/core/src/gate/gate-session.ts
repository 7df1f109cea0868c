import type { PoolClient } from 'pg';

import { socketOf } from '../db/socket-of.ts';
import type { SqlSession } from '../db/sql-session.ts';

/** One statement of the gate; `name` lets the server keep its plan. */
export interface Statement {
  readonly name: string;
  readonly text: string;
  readonly values: readonly unknown[];
}

/** One transaction as the gate uses it. Statements given together leave together where the connection can. */
export interface GateSession {
  /** Sends statements whose rows nobody asks for along with the next ones, before them. */
  later(statements: readonly Statement[]): void;
  all(statements: readonly Statement[]): Promise<Record<string, unknown>[][]>;
}

const BEGIN: Statement = { name: 'gate_begin', text: 'begin', values: [] };

/**
 * A transaction on a connection of the gate's own pool, begun by its first statements. Statements given together
 * are pipelined, and leave in one piece.
 */
export function pipelinedSession(client: PoolClient): GateSession {
  const socket = socketOf(client);
  const send = async ({ name, text, values }: Statement): Promise<Record<string, unknown>[]> => {
    const { rows } = await client.query<Record<string, unknown>>({
      name,
      text,
      values: [...values],
    });
    return rows;
  };
  let waiting: readonly Statement[] = [BEGIN];
  return {
    later(statements) {
      waiting = [...waiting, ...statements];
    },
    async all(statements) {
      const burst = [...waiting, ...statements];
      waiting = [];
      socket?.cork();
      const answers = burst.map(send);
      socket?.uncork();
      const results = await settleAll(answers);
      return results.slice(burst.length - statements.length);
    },
  };
}

/** Somebody else's transaction, one statement at a time: a use case's or the host's own. */
export function sequentialSession(session: SqlSession): GateSession {
  let waiting: readonly Statement[] = [];
  return {
    later(statements) {
      waiting = [...waiting, ...statements];
    },
    async all(statements) {
      const results: Record<string, unknown>[][] = [];
      const burst = [...waiting, ...statements];
      waiting = [];
      for (const { text, values } of burst) {
        results.push(await session.query<Record<string, unknown>>(text, values));
      }
      return results.slice(burst.length - statements.length);
    },
  };
}

// The first failure is the cause; those after it only say that the transaction is aborted.
async function settleAll<T>(work: readonly Promise<T>[]): Promise<T[]> {
  const settled = await Promise.allSettled(work);
  const failed = settled.find((one) => one.status === 'rejected');
  if (failed) throw failed.reason;
  return settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
}
