import {
  checkRollups,
  isMigrated,
  openDatabase,
  startEmbedded,
  type AgencyRollups,
  type Log,
} from '@retainer/core';

import { createLogger } from '../edge/logger.ts';
import type { Settings } from '../env.ts';
import type { RollupAsk } from './ask.ts';

/** How many rows of a client are shown. */
const SHOWN = 5;

/** Does what is asked and says what is found; answers the exit code. */
export async function runRollup(
  ask: RollupAsk,
  settings: Pick<Settings, 'databaseUrl' | 'dataDir'>,
  say: (line: string) => void,
): Promise<number> {
  const log = createLogger('error');
  const { databaseUrl, dataDir } = settings;
  const embedded = databaseUrl === undefined ? await startEmbedded({ dataDir, log }) : undefined;
  try {
    return await onDatabase(databaseUrl ?? embedded?.url ?? '', log, (database) =>
      report(ask, database, say),
    );
  } finally {
    await embedded?.stop();
  }
}

type OpenDatabase = Awaited<ReturnType<typeof openDatabase>>;

async function onDatabase(
  url: string,
  log: Log,
  work: (database: OpenDatabase) => Promise<number>,
): Promise<number> {
  const database = await openDatabase({ url, log });
  try {
    if (await isMigrated(database.gatePool)) return await work(database);
    throw new Error(
      'The database does not stand at this version of Retainer. Start the service once, then try again: pnpm start',
    );
  } finally {
    await database.close();
  }
}

async function report(
  { verb, agencyId, clientId }: RollupAsk,
  database: OpenDatabase,
  say: (line: string) => void,
): Promise<number> {
  const upkeep = { database, now: () => new Date() };
  let [clients, differences, agencies] = [0, 0, 0];
  for await (const agency of checkRollups(upkeep, {
    agencyId,
    clientId,
    repair: verb === 'rebuild',
  })) {
    agencies += 1;
    clients += agency.clients;
    differences += sayAgency(agency, say);
  }
  if (agencyId !== undefined && agencies === 0) throw new Error(`There is no agency ${agencyId}.`);
  if (clientId !== undefined && clients === 0) throw new Error(`There is no client ${clientId}.`);
  say(`${clients} clients, ${differences} differences`);
  return verb === 'check' && differences > 0 ? 1 : 0;
}

/** Answers how many rows differ. */
function sayAgency(
  { agencyId, clients, differences }: AgencyRollups,
  say: (line: string) => void,
): number {
  let rows = 0;
  say(
    `agency ${agencyId}: ${clients} clients${differences.length === 0 ? ', as they should be' : ''}`,
  );
  for (const { clientId, surplus, lacking } of differences) {
    const count = surplus.length + lacking.length;
    rows += count;
    say(
      `  ${clientId === '' ? 'costs that clients share' : `client ${clientId}`}: ${count} rows differ`,
    );
    for (const row of surplus.slice(0, SHOWN)) say(`    is there, and should not be: ${row}`);
    for (const row of lacking.slice(0, SHOWN)) say(`    should be there, and is not: ${row}`);
    if (surplus.length > SHOWN || lacking.length > SHOWN) say('    and more');
  }
  return rows;
}
