import { HookError } from '../../calls/hook-error.ts';
import type { PostizCustomer } from '../api/postiz-rows.ts';
import type { PostizLog } from '../log.ts';
import type { Config } from './config.ts';
import type { Connection } from './connect.ts';

/**
 * Registers customers that came after `init` as clients, under their own id. Who is a client already stays as it is; a
 * new one may not post until it has a tier.
 */
export function meetCustomers(
  config: Config,
  { hooks, rest }: Connection,
  log: PostizLog,
): (customer: PostizCustomer) => Promise<void> {
  const { clients, retainer, newCustomers } = config;
  return async ({ id, name }) => {
    if (newCustomers === 'ignore' || clients[id]) return;
    try {
      if (await isClient(hooks, id)) return;
      const agency = encodeURIComponent(retainer.agencyWorkspaceId);
      const path = `/api/agency/${agency}/clients/${encodeURIComponent(id)}`;
      await rest({ method: 'PUT', path, body: { name } });
      log.info({ customer: name, id }, 'a new customer is a client now: assign it a tier');
    } catch (cause) {
      log.warn({ customer: name, id, cause: String(cause) }, 'a customer could not be registered');
      throw cause;
    }
  };
}

async function isClient(hooks: Connection['hooks'], clientWorkspaceId: string): Promise<boolean> {
  try {
    await hooks.check({ clientWorkspaceId, publishNow: true, platforms: [] });
    return true;
  } catch (cause) {
    if (cause instanceof HookError && cause.code === 'not_found') return false;
    throw cause;
  }
}
