import type * as z from 'zod';

import { HostId } from '../../hooks/hook-input.ts';
import { inTransaction, type ServiceContext } from '../../kernel/context.ts';
import { dayCursor, DayPageInput, readDayPage } from '../../tenancy/day-page.ts';
import { pageOf, WorkspaceId, type Page } from '../../tenancy/input-fields.ts';
import { requireClient } from '../../tenancy/require-client.ts';
import { toConversionDto, type ConversionDto } from './conversion-dto.ts';
import { CONVERSION_FIELDS } from './conversion-input.ts';
import { Conversion } from './conversion.entity.ts';

export const ListConversionsInput = DayPageInput.extend({
  clientWorkspaceId: WorkspaceId,
  kind: CONVERSION_FIELDS.kind.optional(),
  campaignId: HostId.optional(),
});
export type ListConversionsInput = z.input<typeof ListConversionsInput>;

/** A client's leads, conversions and revenues, the latest day first; what was deleted is left out. */
export async function listConversions(
  ctx: ServiceContext,
  input: ListConversionsInput,
): Promise<Page<ConversionDto>> {
  const wanted = ListConversionsInput.parse(input);
  const { clientWorkspaceId: clientId, limit, kind, campaignId } = wanted;
  const { agencyId } = ctx;
  const after = readDayPage(wanted);
  return inTransaction(
    ctx,
    async (em) => {
      await requireClient(em, agencyId, { clientId, forWriting: false });
      const where = {
        agencyId,
        clientId,
        deletedAt: null,
        ...(kind !== undefined && { kind }),
        ...(campaignId !== undefined && { campaignId }),
        $and: [
          wanted.startDate === undefined ? {} : { localDate: { $gte: wanted.startDate } },
          wanted.endDate === undefined ? {} : { localDate: { $lte: wanted.endDate } },
          after
            ? {
                localDate: { $lte: after.day },
                $or: [{ localDate: { $lt: after.day } }, { id: { $lt: after.id } }],
              }
            : {},
        ],
      };
      const rows = await em.find(Conversion, where, {
        orderBy: { localDate: 'desc', id: 'desc' },
        limit: limit + 1,
      });
      const cursorOf = (row: Conversion) => dayCursor({ day: row.localDate, id: row.id });
      return pageOf(rows, { limit, cursorOf, toItem: toConversionDto });
    },
    { readOnly: true },
  );
}
