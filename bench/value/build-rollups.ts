import { createContext, refreshAgency, refreshClient } from '@retainer/core';
import pg from 'pg';

import { clientIdOf } from './client-seed.ts';
import { AGENCY_ID, loadSharedTools, type Making } from './load-facts.ts';
import { startProgress } from './progress.ts';
import { DAYS, dateOf } from './span.ts';

const WORKERS = 2;

/**
 * Builds leaves and rollups as the product does, from everything there is: each client is queued as a whole. What
 * clients share by posts and hours comes last, when those are counted; from then on no client is refreshed alone.
 */
export async function buildRollups(making: Making): Promise<void> {
  const { url, database, clients } = making;
  const context = () =>
    createContext({
      orm: database.orm,
      agencyId: AGENCY_ID,
      actor: { kind: 'system', id: 'bench' },
      now: () => new Date(),
    });
  const owner = new pg.Client({ connectionString: url });
  await owner.connect();
  try {
    await owner.query('vacuum analyze');
    await owner.query('truncate retainer.dirty');
    await owner.query(
      `insert into retainer.dirty (agency_id, client_id, kind)
       select agency_id, id, 'all' from retainer.client where agency_id = $1`,
      [AGENCY_ID],
    );
    const progress = startProgress('building rollups', clients);
    const waiting = Array.from({ length: clients }, (_, index) => index);
    const worker = async (): Promise<void> => {
      for (let index = waiting.shift(); index !== undefined; index = waiting.shift()) {
        await refreshClient(context(), clientIdOf(index));
        progress.advance();
      }
    };
    await Promise.all(Array.from({ length: WORKERS }, worker));
    progress.end();

    await loadSharedTools(making);
    await owner.query(
      `insert into retainer.dirty (agency_id, client_id, kind) values ($1, '', 'weights')`,
      [AGENCY_ID],
    );
    await refreshAgency(context(), dateOf(DAYS - 1));
    const { rowCount } = await owner.query('select from retainer.dirty limit 1');
    if (rowCount !== 0) throw new Error('Something is still queued after the refresh');
    await owner.query('vacuum analyze');
    await owner.query('checkpoint');
  } finally {
    await owner.end();
  }
}
