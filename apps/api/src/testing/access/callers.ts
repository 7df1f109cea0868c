import type { Role } from '../../auth/actor.ts';
import { fieldOf } from '../../fields.ts';
import type { ListedProcedure } from '../../rest/procedures.ts';
import type { RealServer, Tenant } from '../real-server.ts';

/** Somebody who calls, with what is theirs. */
export interface Caller {
  readonly name: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Left out: nobody of ours. */
  readonly role: Role | undefined;
  /** What of its role it may call; a key with scopes not all. */
  readonly opens: (procedure: ListedProcedure) => boolean;
  readonly own: Tenant;
  /** Another client of the same agency. */
  readonly sibling: Tenant;
  /** Whether it works for one agency alone. */
  readonly isBound: boolean;
  /** Whether it is looked at closely: each way by itself. Of those that are judged alike only one is. */
  readonly isClose: boolean;
}

/** Who calls, and how they come to be one. */
export const CALLERS: readonly CallerFacts[] = [
  { name: 'nobody', role: undefined, open: async () => ({}) },
  {
    name: 'expired',
    role: undefined,
    open: (agencyId, { server }) => server.headersOf({ role: 'agency', agencyId }, 'expired'),
  },
  {
    name: 'forged',
    role: undefined,
    open: (agencyId, { server }) => server.headersOf({ role: 'agency', agencyId }, 'forged'),
  },
  {
    name: 'unknown key',
    role: undefined,
    open: async () => bearer('rt_nobody-ever-made-this-key-0123456789abcdef'),
  },
  { name: 'revoked key', role: undefined, open: revokedKey },
  { name: 'admin', role: 'admin', open: async (_, { server }) => server.admin },
  {
    name: 'agency',
    role: 'agency',
    open: (agencyId, { server }) => server.headersOf({ role: 'agency', agencyId }),
  },
  {
    name: 'host',
    role: 'host',
    open: (agencyId, { server }) => server.headersOf({ role: 'host', agencyId }),
  },
  {
    name: 'platform host',
    role: 'host',
    serves: 'all',
    open: (_, { server }) => server.headersOf({ role: 'host', agencyId: undefined }),
  },
  {
    name: 'client',
    role: 'client',
    open: (agencyId, { server, own }) =>
      server.headersOf({ role: 'client', agencyId, clientId: own.clientWorkspaceId }),
  },
  key('agency', ['*'], () => true),
  key('host', ['*'], () => true),
  key('agency', ['read'], ({ type }) => type !== 'mutation'),
  key('host', ['hooks'], ({ path }) => path.startsWith('hooks.')),
  key('agency', ['reports.list', 'costs'], ({ path }) => path === 'reports.list'),
];

/** How somebody comes to be a caller. */
export interface CallerFacts {
  readonly name: string;
  readonly role: Role | undefined;
  readonly serves?: 'all';
  readonly opens?: Caller['opens'];
  readonly open: (agencyId: string, on: Ground) => Promise<Record<string, string>>;
}

interface Ground {
  readonly server: RealServer;
  readonly own: Tenant;
}

/** Makes a caller, and an agency with two clients that nobody else calls for. */
export async function openCaller(server: RealServer, facts: CallerFacts): Promise<Caller> {
  const agencyId = `agency of ${facts.name}`;
  const own = await server.found(agencyId);
  // Who is let in nowhere needs nothing of its own.
  const sibling = facts.role ? await server.found(agencyId, `sibling of ${facts.name}`) : own;
  const headers = await facts.open(agencyId, { server, own });
  return {
    name: facts.name,
    // Answers say which request they are for: it is always the same one.
    headers: { ...server.clock, ...headers, 'x-request-id': 'one' },
    role: facts.role,
    opens: facts.opens ?? (() => true),
    own,
    sibling,
    isClose: !/key|expired|forged/.test(facts.name),
    isBound: facts.role !== 'admin' && facts.serves !== 'all',
  };
}

function key(
  role: 'agency' | 'host',
  scopes: readonly string[],
  opens: Caller['opens'],
): CallerFacts {
  const open: CallerFacts['open'] = async (agencyId, { server }) =>
    bearer((await makeKey(server, agencyId, { role, scopes })).text);
  return { name: `key of role ${role} for ${scopes.join(', ')}`, role, opens, open };
}

async function revokedKey(agencyId: string, { server }: Ground) {
  const { id, text } = await makeKey(server, agencyId, { role: 'agency', scopes: ['*'] });
  const url = `/api/agency/${encodeURIComponent(agencyId)}/api-keys/${id}/revoke`;
  const headers = await server.headersOf({ role: 'agency', agencyId });
  const answer = await server.app.inject({ method: 'POST', url, headers });
  if (answer.statusCode !== 200) throw new Error(answer.body);
  return bearer(text);
}

async function makeKey(
  { app, headersOf }: RealServer,
  agencyId: string,
  facts: { readonly role: string; readonly scopes: readonly string[] },
) {
  const answer = await app.inject({
    method: 'POST',
    url: `/api/agency/${encodeURIComponent(agencyId)}/api-keys`,
    payload: { name: 'Caller', ...facts },
    headers: await headersOf({ role: 'agency', agencyId }),
  });
  if (answer.statusCode !== 200) throw new Error(answer.body);
  return {
    id: String(fieldOf(answer.json(), 'id')),
    text: String(fieldOf(answer.json(), 'key')),
  };
}

function bearer(token: string): Record<string, string> {
  return { authorization: `Bearer ${token}` };
}
