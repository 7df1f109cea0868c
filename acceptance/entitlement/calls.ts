import type { Fields } from '../compare.ts';
import { sendOrThrow, type Reply } from '../rest.ts';
import { asAgency, tierPath, type World, type WorldClient } from './world.ts';

/** One step on its way to the API. */
export interface Ask {
  readonly world: World;
  readonly when: Fields;
  readonly at: string;
  /** The client that the step names, or the only one there is. */
  readonly client: WorldClient;
}

/** What a host asks of us: with the host's own token. */
export function hook({ world, at, client }: Ask, name: string, body: Fields): Promise<Reply> {
  return world.send({
    method: 'POST',
    path: `/api/hooks/${name}`,
    token: world.hostToken,
    at,
    body: { clientWorkspaceId: client.id, ...body },
  });
}

/** What the agency does to a client's tier. */
export function command({ world, at, client }: Ask, name: string, body: Fields): Promise<Reply> {
  return world.send(asAgency(world, { method: 'POST', path: tierPath(client.id, name), at, body }));
}

/** What the agency reads of a client's tier. */
export function read({ world, at, client }: Ask, name: string, query: Fields): Promise<Reply> {
  return world.send(asAgency(world, { method: 'GET', path: tierPath(client.id, name), at, query }));
}

/** What the operator does to, or reads of, the case's agency. */
export function operate({ world, at }: Ask, name: 'sweep' | 'drift'): Promise<Fields> {
  const agency = { agencyWorkspaceId: world.agencyId };
  return sendOrThrow(world.send, {
    ...(name === 'sweep' ? { method: 'POST', body: agency } : { method: 'GET', query: agency }),
    path: `/api/operations/${name}`,
    token: world.target.adminToken,
    at,
  });
}

/** Sets a level, or records use of a counter. */
export function setUsage({ world, at, client }: Ask, body: Fields): Promise<Reply> {
  return world.send(
    asAgency(world, { method: 'PUT', path: tierPath(client.id, '/usage'), at, body }),
  );
}
