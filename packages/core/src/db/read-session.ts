import type { Pool, PoolClient } from 'pg';

import { socketOf } from './socket-of.ts';
import type { SqlSession } from './sql-session.ts';

/**
 * Runs reads of one agency on a connection of a pool that pipelines: all see the same moment, and those that are not
 * waited for leave together. What they say is prepared once a connection, so it must not name values itself.
 */
export async function readOnPool<T>(
  pool: Pool,
  agencyId: string,
  work: (sql: SqlSession) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  const failures: unknown[] = [];
  const sql = preparedSession(client, failures);
  try {
    const begun = Promise.all([sql.query(BEGIN, []), sql.query(SET_AGENCY, [agencyId])]);
    const [result] = await Promise.all([work(sql), begun]);
    return result;
  } catch (cause) {
    // Where one statement fails, so do all that left after it, and any of them may be heard of first.
    throw failures.includes(cause) ? failures[0] : cause;
  } finally {
    // Nobody waits for it: there is nothing to keep. A connection that cannot say so is not used again.
    client.query('commit').then(
      () => client.release(),
      () => client.release(true),
    );
  }
}

const BEGIN = 'begin isolation level repeatable read read only';
const SET_AGENCY = `select set_config('retainer.agency', $1, true)`;

/** Every text that was ever prepared, with the name it has on all connections. */
const names = new Map<string, string>();

function nameOf(text: string): string {
  const known = names.get(text);
  if (known !== undefined) return known;
  const name = `read_${names.size}`;
  names.set(text, name);
  return name;
}

function preparedSession(client: PoolClient, failures: unknown[]): SqlSession {
  const hold = holdingBack(client);
  return {
    async query<T>(text: string, values: readonly unknown[]): Promise<T[]> {
      hold();
      const statement = { name: nameOf(text), text, values: [...values] };
      try {
        const { rows } = await client.query<T & object>(statement);
        return rows;
      } catch (error) {
        failures.push(error);
        throw error;
      }
    },
  };
}

// What is said before anybody waits leaves in one piece: a system call each would cost more than most statements.
function holdingBack(client: PoolClient): () => void {
  const socket = socketOf(client);
  let isHeld = false;
  return () => {
    if (!socket || isHeld) return;
    isHeld = true;
    socket.cork();
    process.nextTick(() => {
      isHeld = false;
      socket.uncork();
    });
  };
}
