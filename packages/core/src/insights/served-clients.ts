import { windowAt, type Instant, type Meter, type Policy, type Window } from '@retainer/domain';

import type { SqlSession } from '../db/sql-session.ts';
import type { PolicyCache } from '../gate/policy-cache.ts';
import { readPolicies } from '../gate/read-policies.ts';
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
  const clients = rows.flatMap(({ id, name, createdAt }) => {
    const policy = promised.get(id);
    return policy ? [{ id, name, createdAt, policy }] : [];
  });
  return { sql, now: now.getTime(), clients };
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
