import { createGate } from '@retainer/core';
import pg from 'pg';
import { RateLimiterPostgres } from 'rate-limiter-flexible';

import type { World } from './world.ts';

/** Somebody who can be asked for one unit of a client's week, again and again. */
export interface Contender {
  readonly name: string;
  readonly ask: (caller: number) => Promise<unknown>;
  readonly close: () => Promise<void>;
}

const CONNECTIONS = 16;
const WEEK_SECONDS = 604_800;

let asked = 0;

/** A reserve of one post on one platform tomorrow, under a key never used before. */
export function reserveOf(world: Pick<World, 'now'>) {
  asked += 1;
  return {
    type: 'reserve',
    now: world.now,
    key: `bench-${process.pid}-${asked}`,
    meter: 'posts',
    quantity: 1,
    platforms: ['linkedin'],
    scheduledAt: world.now + 86_400_000,
    expiresAt: undefined,
  } as const;
}

/** Any client, all alike. */
export function anyClient(world: Pick<World, 'clientIds'>): string {
  return world.clientIds[Math.floor(Math.random() * world.clientIds.length)] ?? '';
}

/** The gate as a host's library uses it: calls that wait share a commit. */
export function inProcess(world: World): Contender {
  const { gate, agencyId } = world;
  return {
    name: 'in process',
    ask: () => gate.submit(agencyId, anyClient(world), reserveOf(world)),
    close: async () => undefined,
  };
}

/** The very same statements, one call for each transaction. */
export async function singleCall(world: World): Promise<Contender> {
  const pool = new pg.Pool({ ...world.database.gatePool.options, max: CONNECTIONS });
  const gate = createGate(pool);
  return {
    name: 'one call a transaction',
    ask: () =>
      gate.together(world.agencyId, [{ clientId: anyClient(world), op: reserveOf(world) }], {
        atomic: false,
      }),
    close: () => pool.end(),
  };
}

/** The peer a user would pick: a bare counter with no holds, no idempotency and no ledger. */
export async function rateLimiter(world: World): Promise<Contender> {
  const pool = new pg.Pool({ connectionString: world.url, max: CONNECTIONS });
  const limiter = await new Promise<RateLimiterPostgres>((resolve, reject) => {
    const made: RateLimiterPostgres = new RateLimiterPostgres(
      {
        storeClient: pool,
        tableName: 'bench_rate_limiter',
        keyPrefix: 'bench',
        points: 1_000_000_000,
        duration: WEEK_SECONDS,
      },
      (error?: Error) => (error ? reject(error) : resolve(made)),
    );
  });
  return {
    name: 'rate-limiter-flexible',
    ask: () => limiter.consume(anyClient(world)),
    close: () => pool.end(),
  };
}
