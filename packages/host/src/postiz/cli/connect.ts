import { createHookCalls, type HookCalls } from '../../calls/hook-calls.ts';
import { createTransport, type Transport } from '../../calls/transport.ts';
import type { Config } from './config.ts';

/** The Retainer of a config: its hooks, and its REST API. */
export interface Connection {
  readonly hooks: HookCalls;
  readonly rest: Transport;
}

/** Connects to Retainer; hooks name the agency, so a token that serves every agency will do. */
export function connect({ retainer }: Pick<Config, 'retainer'>): Connection {
  const { url, token, agencyWorkspaceId, timeLimitMs } = retainer;
  const rest = createTransport({ url, token, timeLimitMs });
  const calls = createHookCalls(rest);
  const named = { agencyWorkspaceId };
  return {
    rest,
    hooks: {
      ...calls,
      check: (body, options) => calls.check({ ...named, ...body }, options),
      events: (body, options) => calls.events({ ...named, ...body }, options),
      metrics: (body, options) => calls.metrics({ ...named, ...body }, options),
    },
  };
}
