import { sqlSession } from '../db/sql-session.ts';
import { concern } from '../kernel/changed.ts';
import { inTransaction, type ServiceContext } from '../kernel/context.ts';
import type { MadeReport, ReportFile, ReportPorts } from './report-ports.ts';
import { keepFile, readFile } from './report.queries.ts';

/** The file of a report that was made: the one that is kept, or one that is rendered now and kept from then on. */
export async function fileOf(
  ctx: ServiceContext,
  { render }: Pick<ReportPorts, 'render'>,
  report: MadeReport,
): Promise<ReportFile> {
  const kept = await inTransaction(ctx, (em) => readFile(sqlSession(em), report.id), {
    readOnly: true,
  });
  if (kept) return kept;
  const rendered = await render(ctx, report);
  return inTransaction(ctx, async (em) => {
    concern(em, []);
    const sql = sqlSession(em);
    await keepFile(sql, report.id, rendered);
    // Another may have been faster, and what it kept is what people get.
    return (await readFile(sql, report.id)) ?? rendered;
  });
}
