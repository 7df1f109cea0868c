import { isDeepStrictEqual } from 'node:util';

import * as z from 'zod';

import { recordAudit } from '../../audit/record-audit.ts';
import { HostId } from '../../hooks/hook-input.ts';
import { inTransaction, type ServiceContext } from '../../kernel/context.ts';
import { durationInput, secondsIn } from '../../tenancy/duration-input.ts';
import { firstDay, LocalMonth } from '../../tenancy/month-page.ts';
import { lockAgency } from '../../tenancy/upsert-agency.ts';
import { toCapacityDto, type CapacityDto } from './capacity-dto.ts';
import { Capacity } from './capacity.entity.ts';

const MOST_SECONDS = 31 * 24 * 3600;

export const SetCapacityInput = z.strictObject({
  person: HostId,
  month: LocalMonth,
  /** 0: the person has none, and is left out of what is counted with it. */
  hours: durationInput('hours').refine((hours) => secondsIn(hours, 'hours') <= MOST_SECONDS, {
    error: 'is more than a month has: 744',
  }),
});
export type SetCapacityInput = z.input<typeof SetCapacityInput>;

/** Sets how many hours a person has for work in a month. */
export async function setCapacity(
  ctx: ServiceContext,
  input: SetCapacityInput,
): Promise<CapacityDto> {
  const { person, month, hours } = SetCapacityInput.parse(input);
  const { agencyId } = ctx;
  return inTransaction(ctx, async (em) => {
    // Plans of an agency change one at a time: seldom, and by hand.
    await lockAgency(em, agencyId);
    const key = { agencyId, person, month: firstDay(month) };
    const values = { seconds: secondsIn(hours, 'hours') };
    const known = await em.findOne(Capacity, key, { refresh: true });
    const before = known ? toCapacityDto(known) : undefined;
    const row = known
      ? em.assign(known, values)
      : em.create(Capacity, { ...key, ...values, changedAt: ctx.now() });
    if (before && !isDeepStrictEqual(toCapacityDto(row), before)) row.changedAt = ctx.now();
    const after = toCapacityDto(row);
    const subject = `capacity:${month}:${person}`;
    recordAudit(em, ctx, { action: 'capacity.set', subject, before, after });
    return after;
  });
}
