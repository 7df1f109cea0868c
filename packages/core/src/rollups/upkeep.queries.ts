import type { EntityManager } from '@mikro-orm/postgresql';

/** The agencies with something that is not in their figures yet: ids alone. */
export async function readDirtyAgencies(em: EntityManager): Promise<string[]> {
  return readIds(em, 'select retainer.agencies_with_dirty() as id');
}

/** Every agency there is: ids alone. */
export async function readAllAgencies(em: EntityManager): Promise<string[]> {
  return readIds(em, 'select retainer.agency_ids() as id');
}

async function readIds(em: EntityManager, sql: string): Promise<string[]> {
  const rows = await em.execute<{ id: string }[]>(sql);
  return rows.map((row) => row.id);
}
