import type pg from 'pg';

import type { Log } from '../../kernel/log.ts';
import type { Cluster } from './cluster.ts';
import { enter, leave } from './presence.ts';
import { halt, type ServerSettings } from './server.ts';

export interface SeatOptions {
  readonly cluster: Cluster;
  /** The connection that holds our place now. */
  readonly client: pg.Client;
  /** What the server is started with, should it fall over; with its port, so that our URL stays right. */
  readonly settings: ServerSettings;
  readonly log: Log;
}

/** Keeps our place at the server through a crash of it; the function returned gives the place up. */
export function keepSeat({ cluster, client, settings, log }: SeatOptions): () => Promise<void> {
  let leaving = false;
  let seat: Promise<pg.Client | undefined>;

  const returnTo = async (): Promise<pg.Client | undefined> => {
    log.error({ folder: cluster.folder }, 'PostgreSQL went away and is started again');
    try {
      const presence = await enter(cluster, settings);
      return watch(presence.client);
    } catch (error) {
      log.error({ error }, 'PostgreSQL stays away');
      return undefined;
    }
  };
  const watch = (held: pg.Client): pg.Client =>
    held.once('end', () => {
      if (!leaving) seat = returnTo();
    });
  seat = Promise.resolve(watch(client));

  return async () => {
    if (leaving) return;
    leaving = true;
    const held = await seat;
    if (!held) return;
    if (await leave(held).catch(() => false)) await halt(cluster);
    await held.end();
  };
}
