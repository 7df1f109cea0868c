import { isDeepStrictEqual } from 'node:util';

import type { EntityManager } from '@mikro-orm/postgresql';
import { localDateOf, type LocalDate, type Money } from '@retainer/domain';

import type { ServiceContext } from '../../kernel/context.ts';
import type { Agency } from '../../tenancy/agency.entity.ts';
import { Rate } from './rate.entity.ts';
import { ALWAYS } from './rate.queries.ts';
import { writeRate } from './write-rate.ts';

type AgencyClock = Pick<Agency, 'id' | 'timeZone'>;

/** What an hour costs on the agency's own level on the day of an instant; null when nothing does. */
export async function readAgencyRate(
  em: EntityManager,
  agency: AgencyClock,
  at: Date,
): Promise<Money | null> {
  const row = await findAgencyRate(em, agency, dayOf(agency, at));
  if (!row || typeof row.rateMinor !== 'bigint') return null;
  return { amountMinor: row.rateMinor, currency: row.currency };
}

/** The rate that an agency is to have: null for none any more. */
export interface WantedAgencyRate {
  readonly agency: AgencyClock & Pick<Agency, 'currency'>;
  readonly money: Money | null;
}

/** Sets it from today on, or for all days if it is the first there is; what it was before keeps its days. */
export async function setAgencyRate(
  em: EntityManager,
  ctx: ServiceContext,
  { agency, money }: WantedAgencyRate,
): Promise<void> {
  const now = ctx.now();
  const before = await readAgencyRate(em, agency, now);
  if (isDeepStrictEqual(before, money)) return;
  const isFirst = (await em.count(Rate, { agencyId: agency.id, level: 'agency' })) === 0;
  const { amountMinor: rateMinor, currency } = money ?? { amountMinor: null, ...agency };
  await writeRate(em, ctx, {
    level: 'agency',
    person: '',
    role: '',
    clientId: '',
    campaignId: '',
    fromDate: isFirst ? ALWAYS : dayOf(agency, now),
    rateMinor,
    currency,
  });
}

async function findAgencyRate(
  em: EntityManager,
  { id: agencyId }: AgencyClock,
  day: LocalDate,
): Promise<Rate | null> {
  const where = { agencyId, level: 'agency' as const, fromDate: { $lte: day } };
  return em.findOne(Rate, where, { orderBy: { fromDate: 'desc' }, refresh: true });
}

function dayOf({ timeZone }: AgencyClock, at: Date): LocalDate {
  return localDateOf(timeZone, at.getTime());
}
