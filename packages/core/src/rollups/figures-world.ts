import type { EntityManager } from '@mikro-orm/postgresql';
import type { CalendarEpoch, Rounding } from '@retainer/domain';

import { Agency } from '../tenancy/agency.entity.ts';
import { ClientCalendar } from '../tenancy/client-calendar.entity.ts';
import { Client } from '../tenancy/client.entity.ts';

/** How one client counts: its currency, and the days it lives by. */
export interface ClientCounting {
  readonly clientId: string;
  readonly currency: string;
  readonly epochs: readonly CalendarEpoch[];
}

/** What a refresh knows of an agency and some of its clients before it looks at any fact. */
export interface FiguresWorld {
  readonly agency: Agency;
  readonly rounding: Rounding;
  readonly clients: ReadonlyMap<string, ClientCounting>;
}

// Read from the database each time, whatever the unit of work has seen before: figures made by what was so would stay.
const AS_IT_IS = { disableIdentityMap: true } as const;

/** Reads how these clients count, in three statements however many they are. */
export async function readWorld(
  em: EntityManager,
  agencyId: string,
  clientIds: readonly string[],
): Promise<FiguresWorld> {
  const agency = await em.findOneOrFail(Agency, { id: agencyId }, AS_IT_IS);
  const clients = await em.find(Client, { agencyId, id: { $in: [...clientIds] } }, AS_IT_IS);
  const epochs = await readEpochs(em, agencyId, clientIds);
  return {
    agency,
    rounding: agency.rounding,
    clients: new Map(
      clients.map((client) => [
        client.id,
        {
          clientId: client.id,
          currency: client.currency ?? agency.currency,
          epochs: epochs.get(client.id) ?? [],
        },
      ]),
    ),
  };
}

async function readEpochs(
  em: EntityManager,
  agencyId: string,
  clientIds: readonly string[],
): Promise<ReadonlyMap<string, readonly CalendarEpoch[]>> {
  const rows = await em.find(
    ClientCalendar,
    { agencyId, clientId: { $in: [...clientIds] } },
    { orderBy: { startsAt: 'asc' }, ...AS_IT_IS },
  );
  const byClient = Map.groupBy(rows, (row) => row.clientId);
  return new Map([...byClient].map(([id, some]) => [id, some.map((row) => row.toEpoch())]));
}
