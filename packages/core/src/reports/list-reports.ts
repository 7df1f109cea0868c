import type * as z from 'zod';

import { inTransaction, type ServiceContext } from '../kernel/context.ts';
import { dayCursor, DayPageInput, readDayPage } from '../tenancy/day-page.ts';
import { pageOf, WorkspaceId, type Page } from '../tenancy/input-fields.ts';
import { requireClient } from '../tenancy/require-client.ts';
import { visibleTo } from './find-report.ts';
import { toReportDto, type ReportDto } from './report-dto.ts';
import { Report } from './report.entity.ts';

export const ListReportsInput = DayPageInput.extend({ clientWorkspaceId: WorkspaceId });
export type ListReportsInput = z.input<typeof ListReportsInput>;

/** A client's reports whose periods end within some days, the latest end first. A client sees those that were made. */
export async function listReports(
  ctx: ServiceContext,
  input: ListReportsInput,
): Promise<Page<ReportDto>> {
  const wanted = ListReportsInput.parse(input);
  const { clientWorkspaceId: clientId, limit, startDate, endDate } = wanted;
  const { agencyId } = ctx;
  const after = readDayPage(wanted);
  return inTransaction(
    ctx,
    async (em) => {
      await requireClient(em, agencyId, { clientId, forWriting: false });
      const where = {
        $and: [
          { agencyId, clientId },
          visibleTo(ctx),
          startDate === undefined ? {} : { endDate: { $gte: startDate } },
          endDate === undefined ? {} : { endDate: { $lte: endDate } },
          after
            ? {
                endDate: { $lte: after.day },
                $or: [{ endDate: { $lt: after.day } }, { id: { $lt: after.id } }],
              }
            : {},
        ],
      };
      const rows = await em.find(Report, where, {
        orderBy: { endDate: 'desc', id: 'desc' },
        limit: limit + 1,
      });
      return pageOf(rows, {
        limit,
        cursorOf: (row) => dayCursor({ day: row.endDate, id: row.id }),
        toItem: (row) => toReportDto(row, ctx),
      });
    },
    { readOnly: true },
  );
}
