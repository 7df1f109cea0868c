import { windowAt, type Instant, type Meter, type Policy, type Window } from '@retainer/domain';

import type { SqlSession } from '../db/sql-session.ts';
import type { PolicyCache } from '../gate/policy-cache.ts';
import { readPolicies } from '../gate/read-policies.ts';
import { createReuse } from '../kernel/reuse.ts';
import type { KpiWorld } from '../kpi/counted.ts';
import { readServed } from './served.queries.ts';

/** A client that is not archived, with all that is promised to it. */
export interface ServedClient {
  readonly id: string;
  readonly name: string;
  readonly createdAt: Instant;
  readonly policy: Policy;
}

/** What is promised to whom, read once for all insights of one answer. */
export interface Service {
  readonly sql: SqlSession;
  readonly now: Instant;
  readonly clients: readonly ServedClient[];
}

/** Reads the clients of the agency that are not archived, or those of them that are named, by id. */
export async function readService(
  sql: SqlSession,
  of: {
    readonly agencyId: string;
    readonly now: Date;
    readonly policies: PolicyCache;
    readonly clientIds?: readonly string[];
  },
): Promise<Service> {
  const { agencyId, now, policies, clientIds } = of;
  const rows = await readServed(sql, clientIds);
  const promised = await readPolicies(sql, policies, { agencyId, clients: rows });
  return toService({ sql, now, rows, promised });
}

/** The same of the clients of a roster. */
export async function serviceOf(
  { sql, agencyId, roster, memory: { policies } }: KpiWorld,
  now: Date,
): Promise<Service> {
  const rows = roster.filter(({ archivedOn }) => archivedOn === null);
  const promised = await readPolicies(sql, policies, { agencyId, clients: rows });
  return toService({ sql, now, rows, promised });
}

function toService(of: {
  readonly sql: SqlSession;
  readonly now: Date;
  readonly rows: readonly Omit<ServedClient, 'policy'>[];
  readonly promised: ReadonlyMap<string, Policy>;
}): Service {
  const { sql, now, rows, promised } = of;
  const clients = rows.flatMap((row) => {
    const policy = promised.get(row.id);
    return policy ? [served(row, [policy], () => toServed(row, policy))] : [];
  });
  return { sql, now: now.getTime(), clients };
}

// Of a client and a policy that did not change there is one, which what is judged of it is kept by.
const served = createReuse<ServedClient>();

function toServed(
  { id, name, createdAt }: Omit<ServedClient, 'policy'>,
  policy: Policy,
): ServedClient {
  return { id, name, createdAt, policy };
}

// A policy never changes, and its windows stay open for days: they are worked out once.
const windows = new WeakMap<Policy, Map<Meter, Window>>();

/** The window of a meter that contains an instant. */
export function openWindow(policy: Policy, meter: Meter, at: Instant): Window {
  const known = windows.get(policy) ?? new Map<Meter, Window>();
  windows.set(policy, known);
  const last = known.get(meter);
  if (last && last.start <= at && at < last.end) return last;
  const window = windowAt(policy, meter, at);
  known.set(meter, window);
  return window;
}
