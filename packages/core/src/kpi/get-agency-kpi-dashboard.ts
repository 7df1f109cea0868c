import { localDateOf } from '@retainer/domain';

import { createAnswers, mayKeep, type Answers } from '../kernel/answers.ts';
import { atOneMoment, type ServiceContext } from '../kernel/context.ts';
import { readAgencyTerms } from '../tenancy/agency-terms.ts';
import { askedPeriod } from './asked-period.ts';
import type { KpiDashboard } from './dashboard-dto.ts';
import { GetAgencyKPIDashboardInput } from './dashboard-input.ts';
import { makeDashboard, markOf } from './make-dashboard.ts';
import { readMarks } from './mark.queries.ts';

/**
 * Where the agency stands in a period, beside the days that it is compared with: performance, content, clients,
 * campaigns and ROI, from all facts known now, and what its own numbers tell. All figures are of one moment.
 * `period_inverted`.
 */
export async function getAgencyKPIDashboard(
  ctx: ServiceContext,
  input: GetAgencyKPIDashboardInput,
): Promise<KpiDashboard> {
  const wanted = GetAgencyKPIDashboardInput.parse(input);
  const asOf = ctx.now();
  const answers = keptDashboards(ctx);
  const { asked, marks } = await atOneMoment(ctx, async (sql) => {
    const { timeZone, currency } = await readAgencyTerms(sql);
    const today = localDateOf(timeZone, asOf.getTime());
    const found = { wanted, period: askedPeriod(wanted, today), currency, today, asOf };
    return { asked: found, marks: answers && (await readMarks(sql, markOf(found))) };
  });
  const make = () => makeDashboard(ctx, asked);
  if (!answers) return (await make()).answer;
  const key = JSON.stringify([ctx.agencyId, asked.today, wanted]);
  const mark = marks?.isSettled === true ? marks.whole : undefined;
  return answers.take({ key, mark, now: asOf }, make);
}

/** By connection, so that databases in one process do not share their answers. */
const kept = new WeakMap<object, Answers<KpiDashboard>>();

function keptDashboards(ctx: ServiceContext): Answers<KpiDashboard> | undefined {
  if (!mayKeep(ctx)) return undefined;
  const driver = ctx.em.getDriver();
  const known = kept.get(driver) ?? createAnswers<KpiDashboard>();
  kept.set(driver, known);
  return known;
}
