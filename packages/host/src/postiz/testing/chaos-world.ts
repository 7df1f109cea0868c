import { createNetwork, type Fate, type Network } from '../../testing/network.ts';
import type { Retainer } from '../../testing/retainer.ts';
import { openPostizWorld, type PostizWorld } from './postiz-world.ts';

/** A client of the chaos: how its posts count, and the channels it has. */
export interface ChaosClient {
  readonly clientId: string;
  readonly customerId: string;
  readonly channels: readonly string[];
  /** How many channels one content of it may go to: as many as still count one by one. */
  readonly mostChannels: number;
  /** Of a hundred posts. */
  readonly share: number;
}

/** One that is always at its limit, one without a limit, and one whose channels count each for itself. */
export const CLIENTS: readonly ChaosClient[] = [
  {
    clientId: 'bakery',
    customerId: 'cust-1',
    channels: ['ch-x', 'ch-li', 'ch-fb'],
    mostChannels: 1,
    share: 20,
  },
  {
    clientId: 'florist',
    customerId: 'florist',
    channels: ['fl-x', 'fl-li'],
    mostChannels: 1,
    share: 45,
  },
  {
    clientId: 'cafe',
    customerId: 'cafe',
    channels: ['ca-x', 'ca-li', 'ca-fb'],
    mostChannels: 3,
    share: 35,
  },
];

/** A world of bad luck: what is between gateway and Retainer can be told what to do. */
export interface ChaosWorld {
  readonly world: PostizWorld;
  readonly retainer: Retainer;
  readonly agencyId: string;
  /** What becomes of the gateway's calls to Retainer. */
  readonly network: Pick<Network, 'set'>;
}

/** Opens a world with the clients above. */
export async function openChaosWorld(retainer: Retainer, agencyId: string): Promise<ChaosWorld> {
  let fate: Fate | (() => Fate) = 'arrives';
  const world = await openPostizWorld(retainer, agencyId, {
    tier: 'gold',
    sim: {
      customers: CLIENTS.map(({ customerId: id, clientId: name }) => ({ id, name })),
      channels: CLIENTS.flatMap(({ channels, customerId, clientId }) =>
        channels.map((id) => ({
          id,
          name: `${clientId} ${id}`,
          identifier: networkOf(id),
          customerId,
        })),
      ),
    },
    fetch(send) {
      const network = createNetwork(send);
      network.set(() => (typeof fate === 'string' ? fate : fate()));
      return network.fetch;
    },
  });
  const own = await retainer.asAgency(agencyId, '2026-01-01T00:00:00Z');
  for (const countBy of ['post', 'channel'] as const) {
    const tier = {
      key: `open-${countBy}`,
      name: `Open by ${countBy}`,
      countBy,
      features: { postsPerWeek: null },
    };
    const pricing = { monthly: 1 };
    const path = `/api/agency/${agencyId}/service-tiers`;
    // oxlint-disable-next-line no-await-in-loop -- two
    await own({ method: 'POST', path, body: { ...tier, pricing } });
  }
  await retainer.addClient({ agencyId, clientId: 'florist', tierId: 'open-post' });
  await retainer.addClient({ agencyId, clientId: 'cafe', tierId: 'open-channel' });
  return { world, retainer, agencyId, network: { set: (next) => void (fate = next) } };
}

function networkOf(channelId: string): string {
  if (channelId.endsWith('-li')) return 'linkedin-page';
  return channelId.endsWith('-fb') ? 'facebook' : 'x';
}
