import { LockMode } from '@mikro-orm/postgresql';
import { DomainError } from '@retainer/domain';
import * as z from 'zod';

import { recordAudit } from '../../audit/record-audit.ts';
import { inTransaction, type ServiceContext } from '../../kernel/context.ts';
import { toRateDto, type RateDto } from './rate-dto.ts';
import { Rate } from './rate.entity.ts';
import { todayOf } from './set-rate.ts';
import { rateSubject } from './write-rate.ts';

export const RemoveRateInput = z.strictObject({ rateId: z.uuid() });
export type RemoveRateInput = z.input<typeof RemoveRateInput>;

/** Takes back a rate that is still to come; one that has begun prices time, and only another can follow it. */
export async function removeRate(ctx: ServiceContext, input: RemoveRateInput): Promise<RateDto> {
  const { rateId: id } = RemoveRateInput.parse(input);
  const { agencyId } = ctx;
  return inTransaction(ctx, async (em) => {
    const lockMode = LockMode.PESSIMISTIC_WRITE;
    const row = await em.findOne(Rate, { agencyId, id }, { lockMode, refresh: true });
    if (!row) throw new DomainError('not_found', 'No such rate.');
    const { clientId } = row;
    const client = clientId === '' ? undefined : { agencyId, id: clientId };
    if (row.fromDate <= (await todayOf(em, ctx, client))) {
      const help = 'Set another one from a later day, or null to leave it to the next wider level.';
      throw new DomainError('conflict', `The rate has begun and prices time. ${help}`);
    }
    const before = toRateDto(row);
    recordAudit(em, ctx, {
      action: 'rate.removed',
      subject: rateSubject(row),
      clientId: client?.id,
      before,
    });
    em.remove(row);
    return before;
  });
}
