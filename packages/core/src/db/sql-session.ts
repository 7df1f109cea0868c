import type { EntityManager } from '@mikro-orm/postgresql';
import { CompiledQuery } from 'kysely';

/** One connection, for SQL with PostgreSQL's own `$1` placeholders; a host's transaction fits as well as ours. */
export interface SqlSession {
  query<T>(text: string, values: readonly unknown[]): Promise<T[]>;
}

/** SQL inside the transaction that `em` is in. */
export function sqlSession(em: EntityManager): SqlSession {
  if (!em.isInTransaction()) throw new Error('sqlSession needs a transaction: use inTransaction');
  const connection = em.getKysely();
  return {
    async query<T>(text: string, values: readonly unknown[]): Promise<T[]> {
      const { rows } = await connection.executeQuery<T>(CompiledQuery.raw(text, [...values]));
      return rows;
    },
  };
}
