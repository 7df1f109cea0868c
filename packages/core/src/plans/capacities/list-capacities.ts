import type * as z from 'zod';

import { HostId } from '../../hooks/hook-input.ts';
import { inTransaction, type ServiceContext } from '../../kernel/context.ts';
import { dayCursor } from '../../tenancy/day-page.ts';
import { pageOf, type Page } from '../../tenancy/input-fields.ts';
import { MonthPageInput, readMonthPage } from '../../tenancy/month-page.ts';
import { toCapacityDto, type CapacityDto } from './capacity-dto.ts';
import { Capacity } from './capacity.entity.ts';

export const ListCapacitiesInput = MonthPageInput.extend({ person: HostId.optional() });
export type ListCapacitiesInput = z.input<typeof ListCapacitiesInput>;

/** Who has how many hours, the latest month first. */
export async function listCapacities(
  ctx: ServiceContext,
  input: ListCapacitiesInput = {},
): Promise<Page<CapacityDto>> {
  const wanted = ListCapacitiesInput.parse(input);
  const { person, limit } = wanted;
  const { agencyId } = ctx;
  const { months, after } = readMonthPage(wanted);
  return inTransaction(
    ctx,
    async (em) => {
      const behind = after && [
        { month: { $lt: after.day } },
        { month: after.day, person: { $gt: after.id } },
      ];
      const where = {
        agencyId,
        month: months,
        ...(person !== undefined && { person }),
        ...(behind && { $or: behind }),
      };
      const orderBy = { month: 'desc', person: 'asc' } as const;
      const rows = await em.find(Capacity, where, { orderBy, limit: limit + 1 });
      const cursorOf = (row: Capacity) => dayCursor({ day: row.month, id: row.person });
      return pageOf(rows, { limit, cursorOf, toItem: toCapacityDto });
    },
    { readOnly: true },
  );
}
