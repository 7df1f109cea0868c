import type { LocalDate, Rounding } from '@retainer/domain';

import type { SqlSession } from '../../db/sql-session.ts';
import type { CountedClient } from './client-figures.ts';
import type { KnownKinds } from './first-told.ts';

/** All that the figures of a client depend on beside its facts, and what it has told by a day. */
export interface TrackedClient extends CountedClient, KnownKinds {
  /** Whether there are kept calculations of periods within the dates that were asked for. */
  readonly hasKept: boolean;
}

interface TrackedRow extends KnownKinds {
  readonly currency: string;
  readonly agencyCurrency: string;
  readonly rounding: Rounding;
  readonly conversionValueMinor: string | null;
  readonly leadValueMinor: string | null;
  readonly savedTimeInRoi: boolean;
  readonly hasKept: boolean;
}

/** Whose kept calculations are asked for, and within which dates. */
interface KeptDates {
  readonly clientId: string;
  readonly startDate: LocalDate | undefined;
  readonly endDate: LocalDate | undefined;
}

/** Reads a client for its figures in one statement; undefined for an unknown one. */
export async function readTrackedClient(
  sql: SqlSession,
  { clientId, startDate, endDate }: KeptDates,
  until: LocalDate,
): Promise<TrackedClient | undefined> {
  const told = (kind: string, more = ''): string =>
    `exists (select from retainer.leaf l where l.agency_id = c.agency_id and l.client_id = c.id
       and l.kind = '${kind}' and l.from_date <= $2::date ${more})`;
  const [row] = await sql.query<TrackedRow>(
    `select coalesce(c.currency, g.currency) as currency, g.currency as "agencyCurrency", g.rounding,
       g.conversion_value_minor::text as "conversionValueMinor", g.lead_value_minor::text as "leadValueMinor",
       g.saved_time_in_roi as "savedTimeInRoi", ${told('lead')} as leads, ${told('conversion')} as conversions,
       c.revenue_connected or ${told('revenue')}
         or ${told('conversion', 'and (l.amount_minor is not null or l.missing)')} as revenue,
       exists (select from retainer.value_tracking t where t.agency_id = c.agency_id and t.client_id = c.id
         and ($3::date is null or t.start_date >= $3::date) and ($4::date is null or t.end_date <= $4::date)) as "hasKept"
     from retainer.client c join retainer.agency g on g.id = c.agency_id
     where c.agency_id = current_setting('retainer.agency') and c.id = $1`,
    [clientId, until, startDate ?? null, endDate ?? null],
  );
  if (!row) return undefined;
  const { currency, agencyCurrency, rounding, savedTimeInRoi, ...rest } = row;
  const { leads, conversions, revenue, hasKept } = rest;
  const minorOf = (text: string | null): bigint | null => (text === null ? null : BigInt(text));
  const agency = {
    currency: agencyCurrency,
    rounding,
    conversionValueMinor: minorOf(rest.conversionValueMinor),
    leadValueMinor: minorOf(rest.leadValueMinor),
    savedTimeInRoi,
  };
  return { clientId, currency, agency, leads, conversions, revenue, hasKept };
}
