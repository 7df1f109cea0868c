import type { Socket } from 'node:net';

import type { Pool } from 'pg';

import { socketOf } from './socket-of.ts';

const PATIENCE_MS = 2_000;

/**
 * Ends connections on which nothing is under way. One whose other end says nothing any more would be waited for until
 * the system notices: it is broken off after a moment.
 */
export async function partWith(
  clients: Iterable<object>,
  end: () => Promise<unknown>,
): Promise<void> {
  const sockets: readonly (Socket | undefined)[] = [...clients].map(socketOf);
  const timer = setTimeout(() => {
    for (const socket of sockets) socket?.destroy();
  }, PATIENCE_MS);
  try {
    await end();
  } finally {
    clearTimeout(timer);
  }
}

/** The connections that a pool has open, from now on. */
export function openClients(pool: Pool): ReadonlySet<object> {
  const open = new Set<object>();
  pool.on('connect', (client) => {
    open.add(client);
    client.once('end', () => open.delete(client));
  });
  return open;
}
