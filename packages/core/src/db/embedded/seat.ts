import { setTimeout as pause } from 'node:timers/promises';

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

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 10_000;

/**
 * Keeps our place at the server through a crash of it, however long it cannot be started again: a full disk is empty
 * one day. The function returned gives the place up.
 */
export function keepSeat({ cluster, client, settings, log }: SeatOptions): () => Promise<void> {
  const leaving = new AbortController();
  const { signal } = leaving;
  let seat: Promise<pg.Client | undefined>;

  const returnTo = async (): Promise<pg.Client | undefined> => {
    log.error({ folder: cluster.folder }, 'PostgreSQL went away and is started again');
    for (let failures = 0; !signal.aborted; failures += 1) {
      try {
        // oxlint-disable-next-line no-await-in-loop
        const presence = await enter(cluster, settings);
        return watch(presence.client);
      } catch (error) {
        log.error({ error, failures }, 'PostgreSQL stays away');
        const ms = Math.min(FIRST_WAIT_MS * 2 ** failures, LONGEST_WAIT_MS);
        // oxlint-disable-next-line no-await-in-loop
        await pause(ms, undefined, { signal }).catch(() => undefined);
      }
    }
    return undefined;
  };
  const watch = (held: pg.Client): pg.Client =>
    held.once('end', () => {
      if (!signal.aborted) seat = returnTo();
    });
  seat = Promise.resolve(watch(client));

  return async () => {
    if (signal.aborted) return;
    leaving.abort();
    const held = await seat;
    if (!held) return;
    if (await leave(held).catch(() => false)) await halt(cluster);
    await held.end();
  };
}
