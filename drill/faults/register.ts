import { createAsker, type Ask, type Asker } from './ask.ts';
import { fieldOf } from './book.ts';
import { AGENCY, ROOM, type Place } from './place.ts';
import { retrying } from './retrying.ts';

/** Founds the agency and its one tier; answers a token of the agency's. */
export async function foundAgency({ server, adminToken }: Place): Promise<string> {
  const admin = createAsker(server, adminToken, refuse);
  const facts = { name: 'Drill', timeZone: 'Europe/Berlin', currency: 'EUR' };
  await answered(admin, { method: 'PUT', path: `/api/agency/${AGENCY}`, body: facts });
  const wanted = { role: 'agency' };
  const path = `/api/agency/${AGENCY}/tokens`;
  const minted = await answered(admin, { method: 'POST', path, body: wanted });
  const token = String(fieldOf(minted, 'token'));
  const tier = {
    name: 'Room',
    key: 'room',
    pricing: { monthly: 1 },
    features: { postsPerWeek: ROOM },
  };
  const agency = createAsker(server, token, refuse);
  await answered(agency, {
    method: 'POST',
    path: `/api/agency/${AGENCY}/service-tiers`,
    body: tier,
  });
  return token;
}

/** Registers clients on the tier; tries again where the last fault still shows. */
export async function registerClients(asker: Asker, clients: readonly string[]): Promise<void> {
  for (const client of clients) {
    const path = `/api/agency/${AGENCY}/clients/${client}`;
    const tier = `/api/clients/${client}/service-tier/assign`;
    await retrying(async () => {
      await answered(asker, { method: 'PUT', path, body: { name: client } });
      await answered(asker, { method: 'POST', path: tier, body: { tierId: 'room' } });
    }, `${client} cannot be registered`);
  }
}

async function answered(asker: Asker, ask: Ask): Promise<unknown> {
  const seen = await asker.ask(ask);
  if (seen.kind === 'answered') return seen.body;
  throw new Error(`${ask.method} ${ask.path}: ${seen.kind}`);
}

function refuse(what: string): never {
  throw new Error(what);
}
