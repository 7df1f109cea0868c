import { randomUUID } from 'node:crypto';

import type { Pool } from 'pg';

import { assignTierToClient, type AssignTierInput } from '../../billing/assign-tier-to-client.ts';
import { HookInputs, type HookName } from '../../hooks/hook-input.ts';
import type { HookCall } from '../../hooks/hook-op.ts';
import {
  checkHook,
  tellHook,
  tellHooks,
  type HookAnswer,
  type HookContext,
  type HookOutcome,
} from '../../hooks/tell-hook.ts';
import { START, test as base, type World } from '../../tenancy/testing/world.ts';
import { createServiceTier, type CreateServiceTierInput } from '../../tiers/create-service-tier.ts';
import { sweep } from '../../usage/sweep.ts';
import { updateTierUsage } from '../../usage/update-tier-usage.ts';
import type { Decision } from '../answer.ts';
import { createGate, type Gate } from '../gate.ts';
import { hookContext, readCounters, type CounterRow } from './ledger.ts';

/** A tier as these stories name it: limits first, the rest by default. */
export interface TierWish {
  readonly posts?: number | null;
  readonly platforms?: NonNullable<CreateServiceTierInput['features']>['platforms'];
  readonly ai?: number | null;
  readonly reports?: number | null;
  readonly storage?: number | null;
  readonly library?: number | null;
  readonly countBy?: 'post' | 'channel';
  readonly enforcement?: 'hard' | 'soft';
  readonly price?: string;
}

/** Anything a hook takes, but for whose it is. */
export type Told = Readonly<Record<string, unknown>>;

/** One client at the gate; instants are ISO. */
export interface Desk {
  readonly world: World;
  readonly gate: Gate;
  readonly clientId: string;
  readonly tell: <T extends HookName>(at: string, type: T, input: Told) => Promise<HookAnswer<T>>;
  readonly check: (at: string, input: Told) => Promise<Decision>;
  readonly events: (
    at: string,
    calls: readonly (Told & { readonly type: HookName })[],
    options?: { readonly atomic: boolean },
  ) => Promise<readonly HookOutcome[]>;
  readonly record: (
    at: string,
    input: { meter: string; quantity: number; idempotencyKey: string; at?: Date },
  ) => Promise<Decision>;
  readonly sweep: (at: string) => Promise<number>;
  /** What a counter stands at, by the day its window starts (`2026-03-02`; '' for a level). */
  readonly count: (gate?: Partial<Where>) => Promise<{ used: number; held: number }>;
  readonly counters: () => Promise<readonly CounterRow[]>;
  /** A tier of this agency by its limits; answers its id. */
  readonly tier: (wish: TierWish) => Promise<string>;
  readonly assign: (at: string, input: Omit<AssignTierInput, 'clientWorkspaceId'>) => Promise<void>;
}

interface Where {
  readonly meter: string;
  readonly platform: string;
  readonly week: string;
}

/** The Monday of the week that most stories happen in. */
export const WEEK = '2026-03-02';
export const NEXT_WEEK = '2026-03-09';
export const NOW = '2026-03-02T09:00:00Z';

/** `test` with a gate of the test's own, and a way to put clients at it. */
export const test = base
  .extend('gate', async ({ database }) => createGate(database.gatePool))
  .extend(
    'desk',
    async ({ database, world, gate }) =>
      (wish: TierWish & { timeZone?: string } = {}) =>
        openDesk({ world, gate, pool: database.gatePool }, wish),
  );

async function openDesk(
  place: { readonly world: World; readonly gate: Gate; readonly pool: Pool },
  { timeZone, ...wish }: TierWish & { timeZone?: string },
): Promise<Desk> {
  const { world, gate, pool } = place;
  const clientId = await world.client(timeZone === undefined ? {} : { timeZone });
  const context = (at: string): HookContext => hookContext(world, gate, at);
  const tier = async (asked: TierWish): Promise<string> =>
    (await createServiceTier(world.at(START), tierInput(asked))).id;
  const assign: Desk['assign'] = async (at, input) => {
    await assignTierToClient(world.at(at), { clientWorkspaceId: clientId, ...input });
  };
  await assign(START, { tierId: await tier(wish) });
  const counters = (): Promise<readonly CounterRow[]> =>
    readCounters(pool, { agencyId: world.agencyId, clientId });
  return {
    world,
    gate,
    clientId,
    tier,
    assign,
    counters,
    tell: async (at, type, input) => {
      const answer = await tellHook(
        context(at),
        hookCall(type, { clientWorkspaceId: clientId, ...input }),
      );
      return answer as never;
    },
    check: (at, input) =>
      checkHook(context(at), {
        meter: 'posts',
        quantity: 1,
        ...HookInputs.postCreated.parse({ clientWorkspaceId: clientId, ...input }),
      }),
    events: (at, calls, options = { atomic: false }) =>
      tellHooks(
        context(at),
        calls.map(({ type, ...input }) =>
          hookCall(type, { clientWorkspaceId: clientId, ...input }),
        ),
        options,
      ),
    record: (at, input) =>
      updateTierUsage(
        { gate, agencyId: world.agencyId, now: () => new Date(at) },
        { clientWorkspaceId: clientId, ...input, meter: input.meter },
      ),
    sweep: async (at) => {
      const { agencyId } = world;
      return (await sweep({ gate, pool, agencyId, now: new Date(at) })).expired;
    },
    count: async ({ meter = 'posts', platform = '', week = WEEK } = {}) => {
      const found = (await counters()).find(
        (row) => row.meter === meter && row.platform === platform && row.start === week,
      );
      return { used: found?.used ?? 0, held: found?.held ?? 0 };
    },
  };
}

/** A hook's call from a body as a host would send it. */
export function hookCall(type: HookName, body: Told): HookCall {
  return { type, input: HookInputs[type].parse(body) } as HookCall;
}

function tierInput(wish: TierWish): CreateServiceTierInput {
  const { posts, platforms, ai, reports, storage, library, price = '100' } = wish;
  return {
    name: `Tier ${randomUUID()}`,
    pricing: { monthly: { amount: price, currency: 'USD' } },
    countBy: wish.countBy,
    enforcement: wish.enforcement,
    features: {
      postsPerWeek: posts,
      platforms,
      ai: { generationsPerPeriod: ai },
      reports: { perPeriod: reports },
    },
    limits: { storageBytes: storage, contentLibraryItems: library },
  };
}
