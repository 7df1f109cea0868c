import type { DateSpan, Total } from '@retainer/domain';

import { readFeesOf } from '../billing/read-fees.ts';
import { rangeOf, type KpiWorld } from './counted.ts';

/** What clients were charged on some days, by client: all of them, or one, in a currency. */
export function readFeesIn(
  { sql, agency, roster, today, memory }: KpiWorld,
  span: DateSpan,
  of: { readonly currency: string; readonly clientId?: string },
): Promise<ReadonlyMap<string, Total>> {
  const { currency, clientId } = of;
  const clients = new Map(roster.map((client) => [client.id, client]));
  const wanted = clientId === undefined ? roster : roster.filter(({ id }) => id === clientId);
  return readFeesOf(
    sql,
    {
      ...rangeOf(span),
      currency,
      rounding: agency.rounding,
      today,
      epochsOf: (id) => clients.get(id)?.epochs ?? [],
    },
    {
      agencyId: agency.id,
      memory: memory.fees,
      versions: new Map(wanted.map(({ id, version }) => [id, version])),
    },
  );
}
