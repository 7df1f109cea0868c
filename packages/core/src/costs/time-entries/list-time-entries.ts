import type { EntityManager } from '@mikro-orm/postgresql';
import { addDays, lastMomentOf, type CalendarEpoch, type LocalDate } from '@retainer/domain';
import * as z from 'zod';

import { HostId } from '../../hooks/hook-input.ts';
import { inTransaction, type ServiceContext } from '../../kernel/context.ts';
import { readWorld } from '../../rollups/figures-world.ts';
import { Client } from '../../tenancy/client.entity.ts';
import { dayCursor, DayPageInput, readDayPage } from '../../tenancy/day-page.ts';
import { findAgency } from '../../tenancy/find-agency.ts';
import { cursorAfter, pageOf, WorkspaceId, type Page } from '../../tenancy/input-fields.ts';
import { requireClient } from '../../tenancy/require-client.ts';
import { agencyRatedFrom } from '../rates/rate.queries.ts';
import { showTimeEntries, type TimeEntryDto } from './show-time-entries.ts';
import { TimeEntry } from './time-entry.entity.ts';
import {
  readEntryPlaces,
  type ClientSpan,
  type EntryFilter,
  type EntryPlace,
} from './time-entry.queries.ts';

const FILTERS = {
  ...DayPageInput.shape,
  campaignId: HostId.optional(),
  person: HostId.optional(),
  source: z.enum(['manual', 'timer', 'estimated', 'import']).optional(),
  billable: z.boolean().optional(),
  /** Those that no rate prices yet, or those alone that one does. */
  missingRate: z.boolean().optional(),
} as const;

export const ListTimeEntriesInput = z.strictObject({ clientWorkspaceId: WorkspaceId, ...FILTERS });
export type ListTimeEntriesInput = z.input<typeof ListTimeEntriesInput>;

export const ListAgencyTimeEntriesInput = z.strictObject({
  clientWorkspaceId: WorkspaceId.optional(),
  ...FILTERS,
});
export type ListAgencyTimeEntriesInput = z.input<typeof ListAgencyTimeEntriesInput>;
type Wanted = z.output<typeof ListAgencyTimeEntriesInput>;

/** A client's time entries, the latest first, with what they cost; running timers among them, with their cost so far. */
export async function listTimeEntries(
  ctx: ServiceContext,
  input: ListTimeEntriesInput,
): Promise<Page<TimeEntryDto>> {
  return readPage(ctx, ListTimeEntriesInput.parse(input));
}

/** The same for all clients of the agency, or one. Dates are each client's own. */
export async function listAgencyTimeEntries(
  ctx: ServiceContext,
  input: ListAgencyTimeEntriesInput,
): Promise<Page<TimeEntryDto>> {
  return readPage(ctx, ListAgencyTimeEntriesInput.parse(input));
}

// Whether a rate is missing is only known once an entry is priced: these many are, before a page comes short.
const MOST_PRICED = 5_000;
const PRICED_AT_ONCE = 500;

interface Shown {
  readonly place: EntryPlace;
  readonly entry: TimeEntryDto;
}

async function readPage(ctx: ServiceContext, wanted: Wanted): Promise<Page<TimeEntryDto>> {
  const start = readDayPage(wanted);
  return inTransaction(
    ctx,
    async (em) => {
      const filter = await filterOf(em, ctx, wanted);
      const { limit, missingRate } = wanted;
      if (missingRate !== undefined) return readByRate(em, ctx, { filter, start, wanted });
      const shown = await readShown(em, ctx, { ...filter, after: start, limit: limit + 1 });
      return pageOf(shown, { limit, cursorOf, toItem });
    },
    { readOnly: true },
  );
}

interface ByRate {
  readonly filter: EntryFilter;
  readonly start: EntryPlace | undefined;
  readonly wanted: Wanted;
}

/** Prices entries until enough of them lack a rate, or have one. */
async function readByRate(
  em: EntityManager,
  ctx: ServiceContext,
  { filter, start, wanted: { limit, missingRate } }: ByRate,
): Promise<Page<TimeEntryDto>> {
  const found: Shown[] = [];
  let after = start;
  for (let looked = 0; looked < MOST_PRICED; looked += PRICED_AT_ONCE) {
    // Each part begins where the last one ended.
    // oxlint-disable-next-line no-await-in-loop
    const shown = await readShown(em, ctx, { ...filter, after, limit: PRICED_AT_ONCE });
    found.push(...shown.filter(({ entry }) => lacksRate(entry) === missingRate));
    after = shown.at(-1)?.place;
    if (found.length > limit || shown.length < PRICED_AT_ONCE) {
      return pageOf(found, { limit, cursorOf, toItem });
    }
  }
  // None is known to follow, but not all were looked at: the next page begins there.
  const nextCursor = after ? cursorAfter(dayCursor(after)) : null;
  return { items: found.map(toItem), nextCursor };
}

function lacksRate({ reason, live }: TimeEntryDto): boolean {
  return (live ?? { reason }).reason === 'missing_rate';
}

async function readShown(
  em: EntityManager,
  { agencyId, now }: ServiceContext,
  filter: EntryFilter,
): Promise<Shown[]> {
  const places = await readEntryPlaces(em, filter);
  const id = { $in: places.map((place) => place.id) };
  const rows = await em.find(TimeEntry, { agencyId, id }, { disableIdentityMap: true });
  const entries = await showTimeEntries(em, { agencyId, now: now() }, rows);
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  return places.flatMap((place) => {
    const entry = byId.get(place.id);
    return entry ? [{ place, entry }] : [];
  });
}

function cursorOf({ place }: Shown): string {
  return dayCursor(place);
}

function toItem({ entry }: Shown): TimeEntryDto {
  return entry;
}

async function filterOf(
  em: EntityManager,
  { agencyId, now }: ServiceContext,
  wanted: Wanted,
): Promise<EntryFilter> {
  const { clientWorkspaceId: clientId, missingRate } = wanted;
  if (clientId !== undefined) await requireClient(em, agencyId, { clientId, forWriting: false });
  const agency = await findAgency(em, agencyId);
  const { campaignId, person, source, billable, startDate, endDate, limit } = wanted;
  const isOpen = startDate === undefined && endDate === undefined;
  return {
    agencyId,
    clientId,
    campaignId,
    person,
    source,
    billable,
    startDate,
    endDate,
    spans: isOpen ? undefined : await readSpans(em, { agencyId, wanted }),
    byStart: agency.reportingSplitsTime === 'start',
    unratedUntil: missingRate === true ? await lastUnratedDay(em, agencyId) : undefined,
    now: now(),
    after: undefined,
    limit,
  };
}

/** The last day on which an entry may lack a rate: from the next on the agency's own is there for all. */
async function lastUnratedDay(em: EntityManager, agencyId: string): Promise<LocalDate> {
  const from = (await agencyRatedFrom(em, agencyId)) ?? LAST_DATE;
  // A local day is at most one from the day of UTC that entries are found by.
  return from < LAST_DATE ? addDays(from, 1) : from;
}

async function readSpans(
  em: EntityManager,
  { agencyId, wanted }: { readonly agencyId: string; readonly wanted: Wanted },
): Promise<ClientSpan[]> {
  const { clientWorkspaceId: id } = wanted;
  const where = { agencyId, ...(id !== undefined && { id }) };
  const clients = await em.find(Client, where, { fields: ['id'], disableIdentityMap: true });
  const world = await readWorld(
    em,
    agencyId,
    clients.map((client) => client.id),
  );
  return [...world.clients.values()].map((client) => spanOf(client, wanted));
}

/** Beyond these there are no dates, or no day after them. */
const FIRST_DATE: LocalDate = '1970-01-02';
const LAST_DATE: LocalDate = '9999-12-31';

/** The instants of the wanted dates by a client's calendar; beyond the first and last that there are, all of them. */
function spanOf(
  { clientId, epochs }: { readonly clientId: string; readonly epochs: readonly CalendarEpoch[] },
  { startDate = '', endDate = LAST_DATE }: Pick<Wanted, 'startDate' | 'endDate'>,
): ClientSpan {
  return {
    clientId,
    starts: startDate < FIRST_DATE ? '-infinity' : endOf(epochs, addDays(startDate, -1)),
    ends: endDate >= LAST_DATE ? 'infinity' : endOf(epochs, endDate),
  };
}

/** The first instant after a date. */
function endOf(epochs: readonly CalendarEpoch[], date: LocalDate): string {
  return new Date(lastMomentOf(epochs, date) + 1).toISOString();
}
