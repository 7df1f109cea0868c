import { randomUUID } from 'node:crypto';

import { inTransaction, type ServiceContext } from '../../kernel/context.ts';
import { readCalendar } from '../../tenancy/client-calendar.ts';
import { findAgency } from '../../tenancy/find-agency.ts';
import { Rate } from '../rates/rate.entity.ts';
import {
  priceEntries,
  type PricedSegment,
  type PricingWorld,
} from '../time-entries/price-entries.ts';
import { TimeEntry } from '../time-entries/time-entry.entity.ts';

/** Writes a rate as it is, past the use case that guards it; of the agency from the first day of 2025 if nothing else is said. */
export async function keepRate(ctx: ServiceContext, rate: Partial<Rate>): Promise<void> {
  await inTransaction(ctx, async (em) => {
    em.create(Rate, {
      agencyId: ctx.agencyId,
      id: randomUUID(),
      level: 'agency',
      person: '',
      role: '',
      clientId: '',
      campaignId: '',
      fromDate: '2025-01-01',
      rateMinor: null,
      currency: 'USD',
      createdAt: ctx.now(),
      ...rate,
    });
  });
}

/** Writes an entry as it is, past the use case that guards it, and answers it; a billable hour of one person if nothing else is said. */
export async function keepEntry(
  ctx: ServiceContext,
  entry: Partial<TimeEntry> & Pick<TimeEntry, 'clientId'>,
): Promise<TimeEntry> {
  return inTransaction(ctx, async (em) => {
    const isSpan = entry.startedAt instanceof Date;
    return em.create(TimeEntry, {
      agencyId: ctx.agencyId,
      id: randomUUID(),
      person: 'ada',
      activity: '',
      note: '',
      localDate: isSpan ? null : '2026-03-02',
      seconds: isSpan ? null : 3600,
      billable: true,
      source: 'manual',
      createdAt: ctx.now(),
      ...entry,
    });
  });
}

/** The days of each entry as they are priced now, in the order of the entries. */
export async function priced(
  ctx: ServiceContext,
  entries: readonly TimeEntry[],
  assumed: Pick<PricingWorld, 'agencyRate'> = {},
): Promise<(readonly PricedSegment[])[]> {
  return inTransaction(ctx, async (em) => {
    const clients = new Map<string, { epochs: Awaited<ReturnType<typeof readCalendar>> }>();
    for (const id of new Set(entries.map(({ clientId }) => clientId))) {
      // They share one connection.
      // oxlint-disable-next-line no-await-in-loop
      clients.set(id, { epochs: await readCalendar(em, { agencyId: ctx.agencyId, id }) });
    }
    const agency = await findAgency(em, ctx.agencyId);
    const all = await priceEntries(em, { agency, clients, ...assumed }, entries);
    return entries.map(({ id }) => all.get(id) ?? []);
  });
}
