import type { EntityManager } from '@mikro-orm/postgresql';
import type { LocalDate } from '@retainer/domain';

import { sqlSession } from '../../db/sql-session.ts';
import type { KeptRateLevel, Rate } from './rate.entity.ts';

/** The date that a rate has which was always there. */
export const ALWAYS: LocalDate = '0001-01-01';

/** A rate to add, unless its level and keys have one from the same date. */
export type NewRate = Pick<
  Rate,
  | 'agencyId'
  | 'id'
  | 'level'
  | 'person'
  | 'role'
  | 'clientId'
  | 'campaignId'
  | 'fromDate'
  | 'rateMinor'
  | 'currency'
  | 'createdAt'
>;

/** Adds a rate unless there is one of its level, keys and date, also one that another transaction adds now. */
export async function insertRate(em: EntityManager, rate: NewRate): Promise<boolean> {
  const rows = await sqlSession(em).query(
    `insert into retainer.rate (agency_id, id, level, person, role, client_id, campaign_id, from_date, rate_minor,
       currency, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
     on conflict do nothing returning id`,
    [
      rate.agencyId,
      rate.id,
      rate.level,
      rate.person,
      rate.role,
      rate.clientId,
      rate.campaignId,
      rate.fromDate,
      rate.rateMinor?.toString() ?? null,
      rate.currency,
      rate.createdAt,
    ],
  );
  return rows.length > 0;
}

/** Which rates are wanted; what is undefined does not matter. */
export interface RateFilter {
  readonly agencyId: string;
  readonly level: KeptRateLevel | undefined;
  readonly person: string | undefined;
  readonly role: string | undefined;
  readonly clientId: string | undefined;
  readonly campaignId: string | undefined;
  /** Those in force on this date; else all there ever were and will be. */
  readonly asOf: LocalDate | undefined;
  readonly after: Pick<Rate, 'fromDate' | 'id'> | undefined;
  readonly limit: number;
}

/** The ids of the wanted rates, the one that begins last first. */
export async function readRateIds(em: EntityManager, filter: RateFilter): Promise<string[]> {
  const rows = await sqlSession(em).query<{ id: string }>(IDS, [
    filter.agencyId,
    filter.level,
    filter.person,
    filter.role,
    filter.clientId,
    filter.campaignId,
    filter.asOf,
    filter.after?.fromDate,
    filter.after?.id,
    filter.limit,
  ]);
  return rows.map(({ id }) => id);
}

const IDS = `
select r.id from retainer.rate r
where r.agency_id = $1 and ($2::text is null or r.level = $2) and ($3::text is null or r.person = $3)
  and ($4::text is null or r.role = $4) and ($5::text is null or r.client_id = $5)
  and ($6::text is null or r.campaign_id = $6)
  and ($7::date is null or r.from_date = (
    select max(o.from_date) from retainer.rate o
    where o.agency_id = r.agency_id and o.level = r.level and o.person = r.person and o.role = r.role
      and o.client_id = r.client_id and o.campaign_id = r.campaign_id and o.from_date <= $7))
  and ($8::date is null or (r.from_date, r.id) < ($8, $9::uuid))
order by r.from_date desc, r.id desc limit $10`;

/** The date from which the agency itself has a rate for good; undefined where it has none in the end. */
export async function agencyRatedFrom(
  em: EntityManager,
  agencyId: string,
): Promise<LocalDate | undefined> {
  const rows = await sqlSession(em).query<{ from: LocalDate; none: boolean }>(
    `select from_date::text as from, rate_minor is null as none from retainer.rate
     where agency_id = $1 and level = 'agency' order by from_date`,
    [agencyId],
  );
  const lastNone = rows.findLastIndex(({ none }) => none);
  return rows[lastNone + 1]?.from;
}
