import type { Rounding } from '@retainer/domain';

import type { SqlSession } from '../db/sql-session.ts';
import type { Agency } from './agency.entity.ts';

/** What an agency's figures are counted and judged by, as the row has it now. */
export type AgencyTerms = Readonly<
  Pick<
    Agency,
    | 'id'
    | 'timeZone'
    | 'currency'
    | 'rounding'
    | 'conversionValueMinor'
    | 'leadValueMinor'
    | 'savedTimeInRoi'
    | 'stablePercent'
    | 'stablePoints'
    | 'highlightsAboveMinor'
  >
>;

interface TermsRow {
  readonly id: string;
  readonly timeZone: string;
  readonly currency: string;
  readonly rounding: Rounding;
  readonly conversionValueMinor: string | null;
  readonly leadValueMinor: string | null;
  readonly savedTimeInRoi: boolean;
  readonly stablePercent: string;
  readonly stablePoints: string;
  readonly highlightsAboveMinor: string | null;
}

/** The terms of the agency that is set; undefined when the host never registered it. */
export async function selectAgencyTerms(sql: SqlSession): Promise<AgencyTerms | undefined> {
  const [row] = await sql.query<TermsRow>(
    `select id, time_zone as "timeZone", currency, rounding, conversion_value_minor::text as "conversionValueMinor",
       lead_value_minor::text as "leadValueMinor", saved_time_in_roi as "savedTimeInRoi",
       stable_percent::text as "stablePercent", stable_points::text as "stablePoints",
       highlights_above_minor::text as "highlightsAboveMinor"
     from retainer.agency where id = current_setting('retainer.agency')`,
    [],
  );
  return (
    row && {
      ...row,
      conversionValueMinor: minorOf(row.conversionValueMinor),
      leadValueMinor: minorOf(row.leadValueMinor),
      highlightsAboveMinor: minorOf(row.highlightsAboveMinor),
    }
  );
}

function minorOf(text: string | null): bigint | null {
  return text === null ? null : BigInt(text);
}
