import { LockMode, type EntityManager } from '@mikro-orm/postgresql';

import { recordAudit } from '../../audit/record-audit.ts';
import { newId } from '../../gate/identity.ts';
import type { ServiceContext } from '../../kernel/context.ts';
import { toRateDto } from './rate-dto.ts';
import { Rate } from './rate.entity.ts';
import { insertRate, type NewRate } from './rate.queries.ts';

/** A rate to keep: what it is for, from when, and what an hour costs. */
export type RateToWrite = Omit<NewRate, 'agencyId' | 'id' | 'createdAt'>;

/** Keeps a rate, in place of what its level and keys had from the same date. */
export async function writeRate(
  em: EntityManager,
  ctx: ServiceContext,
  wanted: RateToWrite,
): Promise<Rate> {
  const { agencyId } = ctx;
  const createdAt = ctx.now();
  const id = newId(createdAt.getTime());
  const isNew = await insertRate(em, { ...wanted, agencyId, id, createdAt });
  const { rateMinor, currency, ...keys } = wanted;
  const lockMode = LockMode.PESSIMISTIC_WRITE;
  const row = await em.findOneOrFail(Rate, { agencyId, ...keys }, { lockMode, refresh: true });
  const before = isNew ? undefined : toRateDto(row);
  row.rateMinor = rateMinor ?? null;
  row.currency = currency;
  recordAudit(em, ctx, {
    action: 'rate.set',
    subject: rateSubject(row),
    clientId: row.clientId === '' ? undefined : row.clientId,
    before,
    after: toRateDto(row),
  });
  // What is priced in the same transaction reads it.
  await em.flush();
  return row;
}

/** What the audit calls a rate. */
export function rateSubject({ id }: Pick<Rate, 'id'>): string {
  return `rate:${id}`;
}
