import * as z from 'zod';

import type { SqlSession } from '../../db/sql-session.ts';
import { atOneMoment, type ServiceContext } from '../../kernel/context.ts';
import { readStanding, refreshClient } from '../../rollups/refresh.ts';
import type { DateRange } from '../../rollups/sums.ts';
import { LocalDay, PageInput, WorkspaceId, type Page } from '../../tenancy/input-fields.ts';
import { noSuchClient } from '../../tenancy/lock-client.ts';
import { defaultTerms, readPeriodFacts, valueTerms } from './client-figures.ts';
import { clientToday } from './client-today.ts';
import { readKeptTracking, type KeptAsked } from './kept-tracking.ts';
import { readTrackedClient } from './tracked-client.queries.ts';
import { toTrackingFigures, type TrackingFiguresDto } from './tracking-dto.ts';
import { checkPeriod } from './tracking-input.ts';
import { storeTerms, termsOf, type StoredTerms } from './tracking-terms.ts';
import type { ValueTrackingDto } from './value-tracking-dto.ts';

export const GetClientValueTrackingInput = PageInput.extend({
  clientWorkspaceId: WorkspaceId,
  /** The first day of the period; the first of the month unless told. */
  startDate: LocalDay.optional(),
  /** Its last day; today unless told. */
  endDate: LocalDay.optional(),
  limit: z.int().min(1).max(50).default(10),
});
export type GetClientValueTrackingInput = z.input<typeof GetClientValueTrackingInput>;

/** A client's figures as they are now, and the calculations that were kept of periods in them. */
export interface ClientTracking {
  readonly clientWorkspaceId: string;
  readonly current: TrackingFiguresDto & { readonly inputs: StoredTerms; readonly asOf: Date };
  readonly stored: Page<ValueTrackingDto>;
}

/**
 * A client's cost, value and ROI of a period, from all facts known now: nobody needs to calculate first. With it the
 * kept calculations that lie within the asked dates (all of them without dates), the latest period first.
 */
export async function getClientValueTracking(
  ctx: ServiceContext,
  input: GetClientValueTrackingInput,
): Promise<ClientTracking> {
  const { clientWorkspaceId: clientId, ...wanted } = GetClientValueTrackingInput.parse(input);
  const { startDate, cursor, limit } = wanted;
  const endDate = wanted.endDate ?? (await clientToday(ctx, clientId));
  const period = checkPeriod({ startDate: startDate ?? `${endDate.slice(0, 8)}01`, endDate });
  const kept = { clientId, startDate, endDate: wanted.endDate, cursor, limit };

  const { current, hasKept } = await readFresh(ctx, { period, kept });
  const stored = hasKept ? await readKeptTracking(ctx, kept) : { items: [], nextCursor: null };
  return { clientWorkspaceId: clientId, current, stored };
}

interface Asked {
  readonly period: DateRange;
  readonly kept: KeptAsked;
}

interface Seen {
  readonly current: ClientTracking['current'];
  readonly hasKept: boolean;
}

/** Mostly nothing waits to be counted, and the first look at the figures is the answer. */
async function readFresh(ctx: ServiceContext, asked: Asked): Promise<Seen> {
  for (let isRefreshed = false; ; isRefreshed = true) {
    // oxlint-disable-next-line no-await-in-loop
    const seen = await atOneMoment(ctx, (sql) => look(ctx, sql, { ...asked, isRefreshed }));
    if (seen) return seen;
    // oxlint-disable-next-line no-await-in-loop
    await refreshClient(ctx, asked.kept.clientId, asked.period.endDate);
  }
}

/** The figures as one moment of the database has them; undefined where they are to be refreshed first. */
async function look(
  ctx: ServiceContext,
  sql: SqlSession,
  { period, kept, isRefreshed }: Asked & { readonly isRefreshed: boolean },
): Promise<Seen | undefined> {
  const { clientId } = kept;
  const { endDate } = period;
  const [client, standing] = await Promise.all([
    readTrackedClient(sql, kept, endDate),
    readStanding(ctx, sql, { clientId, until: endDate }),
  ]);
  if (!client) throw noSuchClient();
  if (!standing.isUpToDate && !isRefreshed) return undefined;

  const { currency, agency, hasKept } = client;
  const [facts, defaults] = await Promise.all([
    readPeriodFacts(sql, { ...period, clientId, currency }),
    defaultTerms(sql, client, endDate),
  ]);
  const assumed = termsOf({}, defaults, currency);
  const terms = valueTerms(client, agency, {
    conversionValueMinor: assumed.conversionValue?.amountMinor,
    leadValueMinor: assumed.leadValue?.amountMinor,
  });
  const figures = toTrackingFigures({ ...facts, currency, terms }, period);
  return { current: { ...figures, inputs: storeTerms(assumed), asOf: ctx.now() }, hasKept };
}
