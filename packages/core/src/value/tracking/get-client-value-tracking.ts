import { isDeepStrictEqual } from 'node:util';

import type { EntityManager } from '@mikro-orm/postgresql';
import { calendarDateOf, isLocalDate, type LocalDate } from '@retainer/domain';
import * as z from 'zod';

import { inTransaction, type ServiceContext } from '../../kernel/context.ts';
import { readWorld, type FiguresWorld } from '../../rollups/figures-world.ts';
import { refreshClient } from '../../rollups/refresh.ts';
import type { Client } from '../../tenancy/client.entity.ts';
import {
  cursorValue,
  invalidField,
  LocalDay,
  PageInput,
  pageOf,
  WorkspaceId,
  type Page,
} from '../../tenancy/input-fields.ts';
import { requireClient } from '../../tenancy/require-client.ts';
import { currencyIn, defaultTerms, readClientFacts } from './client-figures.ts';
import { toTrackingFigures, type TrackingFiguresDto } from './tracking-dto.ts';
import { checkPeriod } from './tracking-input.ts';
import { storedTerms, storeTerms, termsOf, type StoredTerms } from './tracking-terms.ts';
import { toTrackingDto, type ValueTrackingDto } from './value-tracking-dto.ts';
import { ClientValueTracking } from './value-tracking.entity.ts';

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
  const wanted = GetClientValueTrackingInput.parse(input);
  const { clientWorkspaceId: clientId, cursor, limit } = wanted;
  const { client, period } = await inTransaction(
    ctx,
    async (em) => {
      const known = await requireClient(em, ctx.agencyId, { clientId, forWriting: false });
      const world = await readWorld(em, ctx.agencyId, [clientId]);
      return { client: known, period: checkPeriod(periodOf(ctx, world, wanted)) };
    },
    { readOnly: true },
  );
  await refreshClient(ctx, clientId, period.endDate);
  return inTransaction(
    ctx,
    async (em) => {
      const world = await readWorld(em, ctx.agencyId, [clientId]);
      const defaults = await defaultTerms(em, world, { ...period, clientId });
      const currency = currencyIn(world, clientId);
      const terms = termsOf({}, defaults, currency);
      const facts = await readClientFacts(em, client, { ...period, terms });
      const rows = await em.find(
        ClientValueTracking,
        {
          agencyId: ctx.agencyId,
          clientId,
          ...(wanted.startDate !== undefined && { startDate: { $gte: wanted.startDate } }),
          ...(wanted.endDate !== undefined && { endDate: { $lte: wanted.endDate } }),
          ...(cursor !== undefined && after(cursor)),
        },
        { orderBy: { endDate: 'desc', startDate: 'desc' }, limit: limit + 1 },
      );
      const stale = await readStale(em, client, rows.slice(0, limit));
      return {
        clientWorkspaceId: clientId,
        current: {
          ...toTrackingFigures(facts, period),
          inputs: storeTerms(terms),
          asOf: ctx.now(),
        },
        stored: pageOf(rows, {
          limit,
          cursorOf: (row) => `${row.endDate} ${row.startDate}`,
          toItem: (row) => toTrackingDto(row, { stale: stale.has(row.id) }),
        }),
      };
    },
    { readOnly: true },
  );
}

/** The kept calculations that would come out otherwise today: calculated again, with what they assumed. */
async function readStale(
  em: EntityManager,
  client: Client,
  rows: readonly ClientValueTracking[],
): Promise<ReadonlySet<string>> {
  const stale = new Set<string>();
  for (const row of rows) {
    const { startDate, endDate } = row;
    const terms = storedTerms(row.inputs);
    // One after another: they share the transaction.
    // oxlint-disable-next-line no-await-in-loop
    const facts = await readClientFacts(em, client, { startDate, endDate, terms });
    const today: unknown = JSON.parse(
      JSON.stringify(toTrackingFigures(facts, { startDate, endDate })),
    );
    if (!isDeepStrictEqual(today, JSON.parse(JSON.stringify(row.result)))) stale.add(row.id);
  }
  return stale;
}

function periodOf(
  ctx: ServiceContext,
  { clients }: FiguresWorld,
  wanted: {
    readonly clientWorkspaceId: string;
    readonly startDate?: LocalDate | undefined;
    readonly endDate?: LocalDate | undefined;
  },
): { readonly startDate: LocalDate; readonly endDate: LocalDate } {
  const epochs = clients.get(wanted.clientWorkspaceId)?.epochs ?? [];
  const endDate = wanted.endDate ?? calendarDateOf(epochs, ctx.now().getTime());
  return { startDate: wanted.startDate ?? `${endDate.slice(0, 8)}01`, endDate };
}

function after(cursor: string): object {
  const [endDate = '', startDate = ''] = cursorValue(cursor).split(' ');
  if (!isLocalDate(endDate) || !isLocalDate(startDate)) {
    throw invalidField('cursor', 'is not a cursor of ours');
  }
  return { $or: [{ endDate: { $lt: endDate } }, { endDate, startDate: { $lt: startDate } }] };
}
