import { sqlSession } from '../../db/sql-session.ts';
import { inTransaction, type ServiceContext } from '../../kernel/context.ts';
import { readCalendar } from '../../tenancy/client-calendar.ts';
import { requireClient } from '../../tenancy/require-client.ts';
import type { RecordMetricsInput } from './observation-input.ts';
import {
  resolveSeries,
  writeObservations,
  type WrittenObservations,
} from './observation.queries.ts';
import { readObservations } from './read-observations.ts';

/** What became of observations: each is added, changed, unchanged or repeated. */
export interface RecordedMetrics extends WrittenObservations {
  readonly accepted: number;
  /** The names under which labels are kept that we do not know. */
  readonly otherMetrics: readonly string[];
}

/**
 * Keeps what a host observed of a client's posts and channels, in any order and as often as it is sent: of one metric
 * at one instant there is one value, the one told last. All of it is kept, or nothing. `input` is as its schema reads it.
 */
export async function recordMetrics(
  ctx: ServiceContext,
  { clientWorkspaceId: clientId, observations }: RecordMetricsInput,
): Promise<RecordedMetrics> {
  const { agencyId } = ctx;
  return inTransaction(ctx, async (em) => {
    const client = await requireClient(em, agencyId, { clientId, forWriting: true });
    const { series, rows } = readObservations(observations, await readCalendar(em, client));
    const sql = sqlSession(em);
    const ids = await resolveSeries(sql, { agencyId, clientId }, series);
    const written = await writeObservations(sql, { agencyId, clientId }, { rows, ids });
    const others = series.map(({ metric }) => metric).filter((name) => name.startsWith('other:'));
    return {
      accepted: observations.length,
      ...written,
      otherMetrics: [...new Set(others)].toSorted(),
    };
  });
}
