import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import type pg from 'pg';

import type { Place } from '../place.ts';
import { retrying } from '../retrying.ts';
import type { Fault } from './fault.ts';

/** PostgreSQL dies: all of it, all of it told to, or one of its processes, which takes the others with it. */
export const killPostgres: Fault = async ({ place, random }) => {
  const postmaster = await postmasterOf(place);
  switch (random.pick(['all', 'quit', 'one'] as const)) {
    case 'all':
      process.kill(postmaster, 'SIGKILL');
      break;
    case 'quit':
      process.kill(postmaster, 'SIGQUIT');
      break;
    case 'one': {
      const backends = await place.owner<{ pid: number }>(SERVICE_BACKENDS);
      process.kill(random.pick(backends).pid, 'SIGKILL');
      break;
    }
  }
  await retrying(() => place.owner('select 1'), 'PostgreSQL stays away');
};

/** All connections that PostgreSQL has are taken, and those of the service are ended. */
export const exhaustConnections: Fault = async ({ place, random }) => {
  const held: pg.Client[] = [];
  const takeAll = async (): Promise<void> => {
    // Until there is none left, which is refused.
    for (;;) held.push(await place.connect());
  };
  const takers = (): Promise<unknown> =>
    Promise.allSettled([takeAll(), takeAll(), takeAll(), takeAll()]);
  await takers();
  await held[0]?.query(`select pg_terminate_backend(pid) from (${SERVICE_BACKENDS}) b`);
  await takers();
  await pause(random.whole(500, 2_000));
  await Promise.all(held.map((client) => client.end()));
};

/** Somebody holds the rows that all callers want: every connection of the pools waits for them. */
export const exhaustPool: Fault = async ({ place, random, clients }) => {
  const holder = await place.connect();
  await holder.query('begin');
  await holder.query(
    'select from retainer.client where agency_id = $1 and id = any($2) for update',
    ['drill', clients],
  );
  await pause(random.whole(500, 7_000));
  await holder.query('rollback');
  await holder.end();
};

/** There is not a byte left where PostgreSQL writes. */
export const fillDisk: Fault = async ({ place, random }) => {
  const giveBack = await place.disk.fill?.();
  // PostgreSQL writes on in files that it has already; what makes new ones is wanted.
  const isAway = place
    .owner('select pg_switch_wal()')
    .then(() => place.owner('checkpoint'))
    .catch(() => undefined);
  await pause(random.whole(1_000, 4_000));
  await giveBack?.();
  await isAway;
  await retrying(() => place.owner('select 1'), 'PostgreSQL stays away');
};

const SERVICE_BACKENDS = `select pid from pg_stat_activity where application_name like 'retainer%'
  and application_name <> 'retainer presence'`;

async function postmasterOf({ dataDir }: Place): Promise<number> {
  const file = join(dataDir, 'postgres', 'postmaster.pid');
  return Number.parseInt(await readFile(file, 'utf8'), 10);
}
