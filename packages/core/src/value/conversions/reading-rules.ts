import type { EntityManager } from '@mikro-orm/postgresql';
import type { CalendarEpoch } from '@retainer/domain';

import { currencyOf } from '../../costs/currency-of.ts';
import { readCalendar } from '../../tenancy/client-calendar.ts';
import { requireClient } from '../../tenancy/require-client.ts';

/** What a client's facts are read by. */
export interface ReadingRules {
  readonly calendar: readonly CalendarEpoch[];
  /** Of amounts that name none. */
  readonly currency: string;
}

/** The rules of a client whose facts are to be written; refuses an unknown or archived one. */
export async function readingRulesOf(
  em: EntityManager,
  agencyId: string,
  clientId: string,
): Promise<ReadingRules> {
  const client = await requireClient(em, agencyId, { clientId, forWriting: true });
  const calendar = await readCalendar(em, client);
  return { calendar, currency: await currencyOf(em, client) };
}
