import { isDeepStrictEqual } from 'node:util';

import type { EntityManager } from '@mikro-orm/postgresql';
import { isLocalDate, type LocalDate } from '@retainer/domain';

import { inTransaction, type ServiceContext } from '../../kernel/context.ts';
import type { Client } from '../../tenancy/client.entity.ts';
import { cursorValue, invalidField, pageOf, type Page } from '../../tenancy/input-fields.ts';
import { requireClient } from '../../tenancy/require-client.ts';
import { readClientFacts } from './client-figures.ts';
import { toTrackingFigures } from './tracking-dto.ts';
import { storedTerms } from './tracking-terms.ts';
import { toTrackingDto, type ValueTrackingDto } from './value-tracking-dto.ts';
import { ClientValueTracking } from './value-tracking.entity.ts';

/** Which kept calculations of a client are wanted: those whose periods lie within the dates that are told. */
export interface KeptAsked {
  readonly clientId: string;
  readonly startDate: LocalDate | undefined;
  readonly endDate: LocalDate | undefined;
  readonly cursor: string | undefined;
  readonly limit: number;
}

/** A page of a client's kept calculations, the latest period first. Refresh the client first. */
export function readKeptTracking(
  ctx: ServiceContext,
  { clientId, startDate, endDate, cursor, limit }: KeptAsked,
): Promise<Page<ValueTrackingDto>> {
  const { agencyId } = ctx;
  return inTransaction(
    ctx,
    async (em) => {
      const client = await requireClient(em, agencyId, { clientId, forWriting: false });
      const rows = await em.find(
        ClientValueTracking,
        {
          agencyId,
          clientId,
          ...(startDate !== undefined && { startDate: { $gte: startDate } }),
          ...(endDate !== undefined && { endDate: { $lte: endDate } }),
          ...(cursor !== undefined && after(cursor)),
        },
        { orderBy: { endDate: 'desc', startDate: 'desc' }, limit: limit + 1 },
      );
      const stale = await readStale(em, client, rows.slice(0, limit));
      return pageOf(rows, {
        limit,
        cursorOf: (row) => `${row.endDate} ${row.startDate}`,
        toItem: (row) => toTrackingDto(row, { stale: stale.has(row.id) }),
      });
    },
    { readOnly: true, oneView: true },
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

function after(cursor: string): object {
  const [endDate = '', startDate = ''] = cursorValue(cursor).split(' ');
  if (!isLocalDate(endDate) || !isLocalDate(startDate)) {
    throw invalidField('cursor', 'is not a cursor of ours');
  }
  return { $or: [{ endDate: { $lt: endDate } }, { endDate, startDate: { $lt: startDate } }] };
}
