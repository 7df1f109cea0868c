import type { EntityManager } from '@mikro-orm/postgresql';

import { sqlSession } from '../db/sql-session.ts';

export interface NewClient {
  readonly agencyId: string;
  readonly id: string;
  readonly name: string;
  readonly createdAt: Date;
}

/** Adds a client unless there is one under this id, also one that another transaction adds now; true when it did. */
export async function insertClient(em: EntityManager, client: NewClient): Promise<boolean> {
  const rows = await sqlSession(em).query(
    `insert into retainer.client (agency_id, id, name, created_at) values ($1, $2, $3, $4)
     on conflict do nothing returning id`,
    [client.agencyId, client.id, client.name, client.createdAt],
  );
  return rows.length > 0;
}

export interface NewAgency {
  readonly id: string;
  readonly name: string;
  readonly timeZone: string;
  readonly currency: string;
  readonly createdAt: Date;
}

/** Adds an agency unless there is one under this id, also one that another transaction adds now; true when it did. */
export async function insertAgency(em: EntityManager, agency: NewAgency): Promise<boolean> {
  const rows = await sqlSession(em).query(
    `insert into retainer.agency (id, name, time_zone, currency, created_at)
     values ($1, $2, $3, $4, $5) on conflict do nothing returning id`,
    [agency.id, agency.name, agency.timeZone, agency.currency, agency.createdAt],
  );
  return rows.length > 0;
}

/** The ids of all agencies after `after`, in order. The only thing that is known across agencies. */
export async function readAgencyIds(
  em: EntityManager,
  { after, limit }: { readonly after: string; readonly limit: number },
): Promise<string[]> {
  const rows = await sqlSession(em).query<{ id: string }>(
    `select id from retainer.agency_ids() as id
     where id collate "C" > $1 order by id collate "C" limit $2`,
    [after, limit],
  );
  return rows.map((row) => row.id);
}
