import { addDays, localDateOf, type LocalDate } from '@retainer/domain';

import type { Database } from '../db/connect.ts';
import type { Changed } from '../kernel/changed.ts';
import { createContext, inTransaction, type ServiceContext } from '../kernel/context.ts';
import type { Log } from '../kernel/log.ts';
import { findAgency } from '../tenancy/find-agency.ts';
import { AGENCY } from './dirty.queries.ts';
import { checkClient, listRollupClients, rebuildClient, type RollupDifference } from './rebuild.ts';
import { spreadTools } from './refresh.ts';
import { readAllAgencies } from './upkeep.queries.ts';

/** What works across agencies needs: each is entered as itself, under its own row-level security. */
export interface RollupUpkeep {
  readonly database: Pick<Database, 'orm'>;
  readonly now: () => Date;
  /** Told of the clients whose figures were put right. */
  readonly changed?: Changed;
}

/** Which rollups to look at; all of them unless told. */
export interface RollupScope {
  readonly agencyId?: string | undefined;
  readonly clientId?: string | undefined;
  /** Puts right what is not as it should be. */
  readonly repair: boolean;
}

/** What was found at one agency. */
export interface AgencyRollups {
  readonly agencyId: string;
  readonly clients: number;
  /** Of its clients, and under '' of the costs that they share; only those where something differs. */
  readonly differences: readonly RollupDifference[];
}

/** Compares rollups with what the facts make of them, one agency after another. */
export async function* checkRollups(
  upkeep: RollupUpkeep,
  { agencyId, clientId, repair }: RollupScope,
): AsyncGenerator<AgencyRollups> {
  const all = await readAllAgencies(upkeep.database.orm.em.fork());
  for (const id of agencyId === undefined ? all : all.filter((one) => one === agencyId)) {
    // One after another: each check holds what it looks at.
    // oxlint-disable-next-line no-await-in-loop
    const clients = await listRollupClients(contextOf(upkeep, id));
    const some = clientId === undefined ? clients : clients.filter((one) => one === clientId);
    const differences: RollupDifference[] = [];
    for (const client of some) {
      const ctx = contextOf(upkeep, id);
      // oxlint-disable-next-line no-await-in-loop
      const found = await (repair ? rebuildClient(ctx, client) : checkClient(ctx, client));
      if (isDifferent(found)) differences.push(found);
    }
    yield { agencyId: id, clients: some.filter((one) => one !== AGENCY).length, differences };
  }
}

const SHARE = 0.01;
/** How far ahead recurring tools are spread at least, so that readers need not. */
const AHEAD_DAYS = 31;

export interface NightlyRollups extends RollupUpkeep {
  readonly log: Log;
  /** From 0 up to but not including 1. */
  readonly random?: () => number;
}

/**
 * Every night: spreads recurring tools further ahead, and rebuilds a hundredth of the clients, at least one, to
 * compare. What differs is said loudly and put right.
 */
export async function keepRollups(nightly: NightlyRollups): Promise<void> {
  const { random = Math.random } = nightly;
  const agencies = await readAllAgencies(nightly.database.orm.em.fork());
  let checked = 0;
  let seen = 0;
  let spare: { readonly agencyId: string; readonly clientId: string } | undefined;
  for (const agencyId of agencies) {
    // oxlint-disable-next-line no-await-in-loop
    const clients = await spreadAndList(nightly, agencyId);
    for (const clientId of clients) {
      seen += 1;
      // Any one of them all, should chance choose none.
      if (random() * seen < 1) spare = { agencyId, clientId };
      if (random() >= SHARE) continue;
      checked += 1;
      // oxlint-disable-next-line no-await-in-loop
      await checkOne(nightly, { agencyId, clientId });
    }
  }
  if (checked === 0 && spare) await checkOne(nightly, spare);
}

async function spreadAndList(nightly: NightlyRollups, agencyId: string): Promise<string[]> {
  const ctx = contextOf(nightly, agencyId);
  try {
    await spreadTools(ctx, addDays(await todayOf(ctx), AHEAD_DAYS));
    return await listRollupClients(ctx);
  } catch (error) {
    nightly.log.error({ error, agencyId }, 'The nightly look at figures failed');
    return [];
  }
}

async function checkOne(
  nightly: NightlyRollups,
  { agencyId, clientId }: { readonly agencyId: string; readonly clientId: string },
): Promise<void> {
  const { log } = nightly;
  try {
    const found = await checkClient(contextOf(nightly, agencyId), clientId);
    if (!isDifferent(found)) return;
    const { surplus, lacking } = found;
    const rows = { surplus: surplus.slice(0, SHOWN), lacking: lacking.slice(0, SHOWN) };
    const fields = { agencyId, clientId, differences: surplus.length + lacking.length, ...rows };
    log.error(fields, 'Figures differ from their facts, and are made anew');
    await rebuildClient(contextOf(nightly, agencyId), clientId);
  } catch (error) {
    log.error({ error, agencyId, clientId }, 'The nightly look at figures failed');
  }
}

/** How many rows of each kind a log line holds. */
const SHOWN = 10;

async function todayOf(ctx: ServiceContext): Promise<LocalDate> {
  const { timeZone } = await inTransaction(ctx, (em) => findAgency(em, ctx.agencyId), {
    readOnly: true,
  });
  return localDateOf(timeZone, ctx.now().getTime());
}

function contextOf({ database, now, changed }: RollupUpkeep, agencyId: string): ServiceContext {
  const actor = { kind: 'system', id: 'rollups' } as const;
  return createContext({ orm: database.orm, agencyId, actor, now, changed });
}

function isDifferent({ surplus, lacking }: RollupDifference): boolean {
  return surplus.length + lacking.length > 0;
}
