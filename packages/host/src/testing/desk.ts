import { createHostHooks } from '../hooks/create-host-hooks.ts';
import type { HostHooks, HostHooksOptions } from '../hooks/host-hooks.ts';
import { openFileOutbox } from '../outbox/file-outbox.ts';
import { createHandClock, type HandClock } from './hand-clock.ts';
import { createNetwork, type Network } from './network.ts';
import { hostTest } from './outboxes.ts';
import type { Retainer } from './retainer.ts';

/** One agency's host, with its hooks, its clock and its network. */
export interface Desk {
  readonly hooks: HostHooks;
  readonly clock: HandClock;
  readonly network: Network;
  /** What the hooks complained of, by code or message. */
  readonly problems: readonly string[];
  /** What is taken of a client's posts in the week of `at`; of the bakery's where none is named. */
  readonly count: (at?: string, clientId?: string) => Promise<Taken>;
  readonly addClient: (clientId: string, tierId: 'bronze' | 'silver') => Promise<void>;
  /** Ends the host as a crash would, as far as its outbox goes, and starts it anew. */
  readonly restart: () => Promise<Desk>;
}

/** Used and held. */
export interface Taken {
  readonly used: number;
  readonly held: number;
}

/** When a desk's clock starts: a Monday. */
export const MONDAY = '2026-03-02T12:00:00.000Z';

/** What a desk is opened with besides an outbox. */
export type DeskOptions = Partial<HostHooksOptions> & { readonly tierId?: 'bronze' | 'silver' };

/** `test` with desks: each an agency of its own with one client, `bakery`. */
export const test = hostTest.extend('desk', ({ retainer, path }, { onCleanup }) => {
  const open: HostHooks[] = [];
  onCleanup(async () => {
    await Promise.all(open.map((hooks) => hooks.close()));
  });
  return async ({ tierId: first = 'silver', ...options }: DeskOptions = {}): Promise<Desk> => {
    const agencyId = `agency-${crypto.randomUUID()}`;
    await retainer.found(agencyId, first);
    const token = await retainer.hostToken(agencyId);
    const clock = createHandClock(MONDAY);
    const network = createNetwork(retainer.fetchAt(() => new Date(clock.now()).toISOString()));
    const problems: string[] = [];
    const start = async (): Promise<Desk> => {
      const hooks = createHostHooks(
        { url: retainer.url, token, fetch: network.fetch, timeLimitMs: 20_000 },
        {
          outbox: await openFileOutbox(`${path}-${agencyId}`),
          clock,
          onProblem: (problem) =>
            problems.push('code' in problem ? String(problem.code) : problem.message),
          ...options,
        },
      );
      open.push(hooks);
      return {
        hooks,
        clock,
        network,
        problems,
        count: (at = MONDAY, clientId = 'bakery') => countOf(retainer, { agencyId, clientId, at }),
        addClient: (clientId, tierId) => retainer.addClient({ agencyId, clientId, tierId }),
        restart: async () => {
          await hooks.close();
          open.splice(open.indexOf(hooks), 1);
          return start();
        },
      };
    };
    return start();
  };
});

async function countOf(
  retainer: Retainer,
  { agencyId, clientId, at }: { agencyId: string; clientId: string; at: string },
): Promise<Taken> {
  const send = await retainer.asAgency(agencyId, at);
  const path = `/api/clients/${clientId}/service-tier?at=${at}`;
  const { usage } = (await send({ method: 'GET', path })) as {
    readonly usage: readonly (Taken & { readonly meter: string })[];
  };
  const { used = -1, held = -1 } = usage.find(({ meter }) => meter === 'posts') ?? {};
  return { used, held };
}
