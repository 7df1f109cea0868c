import type pg from 'pg';

/**
 * Gives the pool back the place of a connection that is lost while checked out. Kysely keeps such a place for ever
 * when it cannot begin, commit or roll back; after as many losses as the pool is large, nothing would work again.
 */
export function releaseLostConnections(pool: pg.Pool): void {
  const watched = new WeakMap<pg.PoolClient, () => void>();
  pool.on('acquire', (client) => {
    const lost = (): void => {
      client.release(true);
      // Whoever holds it may still release it, and a second release throws.
      client.release = () => undefined;
    };
    watched.set(client, lost);
    client.once('end', lost);
  });
  pool.on('release', (_error, client) => {
    const lost = watched.get(client);
    if (lost) client.off('end', lost);
  });
}
