import type { Database } from '../../db/connect.ts';
import { found, START } from '../../tenancy/testing/world.ts';
import { upsertClient } from '../../tenancy/upsert-client.ts';
import { createDefaultTiers } from '../../tiers/create-default-tiers.ts';
import { CLIENTS, stageOf, type Stage } from './stage.ts';

/** Founds an agency on a database, whose three clients live by other clocks and currencies. */
export async function openStage(database: Pick<Database, 'orm'>): Promise<Stage> {
  const { agencyId, at } = await found(database, { timeZone: 'Europe/Berlin', currency: 'USD' });
  const settings = [
    {},
    { currency: 'EUR', timeZone: 'America/New_York' },
    { currency: 'JPY', timeZone: 'Australia/Lord_Howe' },
  ];
  for (const [index, own] of settings.entries()) {
    // oxlint-disable-next-line no-await-in-loop
    await upsertClient(at(START), { clientWorkspaceId: CLIENTS[index] ?? '', name: 'C', ...own });
  }
  await createDefaultTiers(at(START));
  return stageOf(database, agencyId);
}
