import type * as z from 'zod';

import { inTransaction, type ServiceContext } from '../../kernel/context.ts';
import { dayCursor, readPlace } from '../../tenancy/day-page.ts';
import { pageOf, PageInput, WorkspaceId, type Page } from '../../tenancy/input-fields.ts';
import { requireClient } from '../../tenancy/require-client.ts';
import { toBenchmarkDto, type BenchmarkDto } from './benchmark-dto.ts';
import { Benchmark } from './benchmark.entity.ts';

export const ListBenchmarksInput = PageInput.extend({ clientWorkspaceId: WorkspaceId });
export type ListBenchmarksInput = z.input<typeof ListBenchmarksInput>;

/** A client's benchmarks by the day they hold from, the latest first. */
export async function listBenchmarks(
  ctx: ServiceContext,
  input: ListBenchmarksInput,
): Promise<Page<BenchmarkDto>> {
  const { clientWorkspaceId: clientId, cursor, limit } = ListBenchmarksInput.parse(input);
  const { agencyId } = ctx;
  const after = readPlace(cursor, () => true);
  return inTransaction(
    ctx,
    async (em) => {
      await requireClient(em, agencyId, { clientId, forWriting: false });
      const where = { agencyId, clientId, ...(after && { fromDate: { $lt: after.day } }) };
      const rows = await em.find(Benchmark, where, {
        orderBy: { fromDate: 'desc' },
        limit: limit + 1,
      });
      const cursorOf = (row: Benchmark) => dayCursor({ day: row.fromDate, id: '' });
      return pageOf(rows, { limit, cursorOf, toItem: toBenchmarkDto });
    },
    { readOnly: true },
  );
}
