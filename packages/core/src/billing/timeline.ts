import { randomUUID } from 'node:crypto';

import type { EntityManager } from '@mikro-orm/postgresql';
import type { CalendarEpoch, Instant, Money } from '@retainer/domain';

import type { ServiceContext } from '../kernel/context.ts';
import { readCalendar } from '../tenancy/client-calendar.ts';
import type { Client } from '../tenancy/client.entity.ts';
import { TierVersion } from '../tiers/tier.entity.ts';
import { rebucketClient } from '../usage/rebucket.ts';
import { Assignment } from './assignment.entity.ts';
import { monthlyPriceOf } from './intervals.ts';
import { heldAt, type Held, type Standing, type Term } from './plan-assignment.ts';

/** A held term with the row that keeps it. */
export interface HeldRow extends Held {
  readonly row: Assignment;
}

/** What a locked client holds, held and will hold. */
export interface Timeline extends Standing {
  readonly client: Client;
  readonly held: readonly HeldRow[];
  readonly current: HeldRow | undefined;
  readonly upcoming: readonly HeldRow[];
}

/** Reads a client's assignments as they stand now. Lock the client first if they are to change. */
export async function readTimeline(
  em: EntityManager,
  ctx: ServiceContext,
  client: Client,
): Promise<Timeline> {
  const { agencyId, id: clientId } = client;
  const now = ctx.now().getTime();
  const epochs: readonly CalendarEpoch[] = await readCalendar(em, client);
  const rows = await em.find(
    Assignment,
    { agencyId, clientId },
    { orderBy: { startsAt: 'asc' }, refresh: true },
  );
  const versions = await em.find(TierVersion, {
    agencyId,
    tierId: { $in: rows.map((row) => row.tierId) },
  });
  const prices = new Map(versions.map((one) => [editionKey(one.tierId, one.version), one]));
  const held = rows.flatMap((row): HeldRow[] => {
    const version = prices.get(editionKey(row.tierId, row.tierVersion));
    return version ? [heldRow(row, monthlyPriceOf(version))] : [];
  });
  const upcoming = held.filter((one) => one.from > now);
  return { client, epochs, now, held, current: heldAt(held, now), upcoming };
}

/** Takes out all that has not begun; the row in force goes on without an end. */
export async function clearUpcoming(em: EntityManager, timeline: Timeline): Promise<void> {
  await removeRows(
    em,
    timeline.upcoming.map((one) => one.row),
  );
  const row = timeline.current?.row;
  if (!row) return;
  row.endsAt = null;
  row.endedBy = null;
}

/** Ends the row in force; one that began at this very instant was never in force and goes. */
export async function endCurrent(
  em: EntityManager,
  { row }: HeldRow,
  end: { readonly at: Instant; readonly by: 'change' | 'cancel' },
): Promise<void> {
  if (end.at <= row.startsAt.getTime()) {
    await removeRows(em, [row]);
    return;
  }
  row.endsAt = new Date(end.at);
  row.endedBy = end.by;
  // The constraint lets the next row in once this one has its end.
  await em.flush();
}

/** Adds a term from `at` on, at the price that holds today. */
export function addTerm(
  em: EntityManager,
  ctx: ServiceContext,
  add: {
    readonly clientId: string;
    readonly at: Instant;
    readonly term: Term;
    readonly price: Money;
  },
): Assignment {
  const { clientId, at, term, price } = add;
  const { trialEndsAt, ...rest } = term;
  return em.create(Assignment, {
    agencyId: ctx.agencyId,
    id: randomUUID(),
    clientId,
    ...rest,
    startsAt: new Date(at),
    endsAt: null,
    endedBy: null,
    trialEndsAt: trialEndsAt === undefined ? null : new Date(trialEndsAt),
    priceMinor: price.amountMinor,
    currency: price.currency,
    createdAt: ctx.now(),
  });
}

/** Moves what the client holds where its billing periods are others than before. */
export async function settlePeriods(
  em: EntityManager,
  ctx: ServiceContext,
  before: Timeline,
): Promise<Timeline> {
  await em.flush();
  const after = await readTimeline(em, ctx, before.client);
  if (periodsOf(before) !== periodsOf(after)) await rebucketClient(ctx, em, before.client.id);
  return after;
}

function periodsOf({ held }: Timeline): string {
  return held.map((one) => `${one.from} ${one.anchor} ${one.everyMonths}`).join();
}

async function removeRows(em: EntityManager, rows: readonly Assignment[]): Promise<void> {
  const [first] = rows;
  if (!first) return;
  // Deleted at once: the unit of work would delete only after it has inserted what takes their place.
  const id = { $in: rows.map((row) => row.id) };
  await em.nativeDelete(Assignment, { agencyId: first.agencyId, id });
  for (const row of rows) em.getUnitOfWork().unsetIdentity(row);
}

function heldRow(row: Assignment, monthly: Money): HeldRow {
  return {
    row,
    tierId: row.tierId,
    tierVersion: row.tierVersion,
    anchor: row.anchor,
    everyMonths: row.everyMonths,
    from: row.startsAt.getTime(),
    to: row.endsAt?.getTime() ?? Infinity,
    trialEndsAt: row.trialEndsAt?.getTime(),
    monthly,
  };
}

function editionKey(tierId: string, version: number): string {
  return `${tierId}/${version}`;
}
