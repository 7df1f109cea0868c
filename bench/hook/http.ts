import { createRetainerClient } from '@retainer/client';

import { postJson, startApi } from '../api-process.ts';
import type { Contender } from './contenders.ts';
import { anyClient, reserveOf } from './contenders.ts';
import type { World } from './world.ts';

/** The served API on the same database, called by a host over HTTP: by our client, or by plain REST. */
export async function httpContender(world: World, by: 'client' | 'rest'): Promise<Contender> {
  const api = await startApi(world.url, world.agencyId);
  const { close } = api;
  if (by === 'rest') {
    const ask = () => postJson(api, '/api/hooks/reserve', JSON.stringify(bodyOf(world)));
    return { name: 'http, rest', close, ask };
  }
  const client = createRetainerClient({ url: api.url, token: api.token });
  return {
    name: 'http, typed client',
    close,
    ask: () => client.hooks.reserve.mutate(bodyOf(world)),
  };
}

function bodyOf(world: World) {
  const { key, meter, quantity, platforms, scheduledAt } = reserveOf(world);
  return {
    clientWorkspaceId: anyClient(world),
    key,
    meter,
    quantity,
    platforms: [...platforms],
    scheduledAt: new Date(scheduledAt),
  };
}
