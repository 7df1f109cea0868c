import { Socket } from 'node:net';

import type { PoolClient } from 'pg';

import type { SqlSession } from '../db/sql-session.ts';

/** One statement of the gate; `name` lets the server keep its plan. */
export interface Statement {
  readonly name: string;
  readonly text: string;
  readonly values: readonly unknown[];
}

/** One transaction as the gate uses it. Statements given together leave together where the connection can. */
export interface GateSession {
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
  let isBegun = false;
  return {
    async all(statements) {
      const burst = isBegun ? statements : [BEGIN, ...statements];
      isBegun = true;
      socket?.cork();
      const answers = burst.map(send);
      socket?.uncork();
      const results = await settleAll(answers);
      return results.slice(burst.length - statements.length);
    },
  };
}

// pg does not tell of its socket; without it each statement is a system call of its own, no more.
function socketOf(client: object): Socket | undefined {
  const connection = 'connection' in client ? client.connection : undefined;
  const isObject = typeof connection === 'object' && connection !== null;
  const stream = isObject && 'stream' in connection ? connection.stream : undefined;
  return stream instanceof Socket ? stream : undefined;
}

/** Somebody else's transaction, one statement at a time: a use case's or the host's own. */
export function sequentialSession(session: SqlSession): GateSession {
  return {
    async all(statements) {
      const results: Record<string, unknown>[][] = [];
      for (const { text, values } of statements) {
        results.push(await session.query<Record<string, unknown>>(text, values));
      }
      return results;
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
