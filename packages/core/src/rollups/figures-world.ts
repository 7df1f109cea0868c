import type { EntityManager } from '@mikro-orm/postgresql';
import type { CalendarEpoch, Rounding } from '@retainer/domain';

import type { Agency } from '../tenancy/agency.entity.ts';
import { ClientCalendar } from '../tenancy/client-calendar.entity.ts';
import { Client } from '../tenancy/client.entity.ts';
import { findAgency } from '../tenancy/find-agency.ts';

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

/** Reads how these clients count, in two statements however many they are. */
export async function readWorld(
  em: EntityManager,
  agencyId: string,
  clientIds: readonly string[],
): Promise<FiguresWorld> {
  const agency = await findAgency(em, agencyId);
  const clients = await em.find(
    Client,
    { agencyId, id: { $in: [...clientIds] } },
    { refresh: true },
  );
  const calendars = await em.find(
    ClientCalendar,
    { agencyId, clientId: { $in: [...clientIds] } },
    { orderBy: { startsAt: 'asc' }, refresh: true },
  );
  const epochs = Map.groupBy(calendars, (row) => row.clientId);
  return {
    agency,
    rounding: agency.rounding,
    clients: new Map(
      clients.map((client) => [
        client.id,
        {
          clientId: client.id,
          currency: client.currency ?? agency.currency,
          epochs: (epochs.get(client.id) ?? []).map((row) => row.toEpoch()),
        },
      ]),
    ),
  };
}
