import type { Fields } from '../compare.ts';
import type { Reply } from '../rest.ts';
import {
  featureOf,
  fieldsAt,
  fromUnits,
  listAt,
  reasonWord,
  REFUSED,
  type Meter,
} from './words.ts';
import type { World } from './world.ts';

/** What can be checked of an answer to an ask. */
export const DECISION_FIELDS = [
  'decision',
  'reason',
  'feature',
  'platform',
  'scope',
  'limit',
  'used',
  'reserved',
  'remaining',
  'over',
  'periodStart',
  'periodEnd',
  'resetsAt',
  'nextFitAt',
  'suggestedTier',
  'replay',
] as const;

/** What can be checked of a counter or a level. */
export const COUNTER_FIELDS = [
  'feature',
  'scope',
  'limit',
  'used',
  'reserved',
  'current',
  'remaining',
  'over',
  'percent',
  'periodStart',
  'periodEnd',
  'resetsAt',
] as const;

/** What can be checked of a settlement. */
export const SETTLEMENT_FIELDS = [
  'status',
  'reason',
  'replay',
  'late',
  'overLimit',
  'periodStart',
  'periodEnd',
] as const;

/** An answer to an ask in the words of a case: `granted` is what an allowed one is called. */
export function decisionFields(reply: Reply, granted: 'held' | 'allowed', meter: Meter): Fields {
  if (reply.status >= 400) return { decision: 'error', reason: reasonWord(reply.body['code']) };
  const denied = reply.body['decision'] === 'deny';
  const reason = denied ? listAt(reply.body, 'reasons')[0] : undefined;
  const platform = reason?.['platform'] ?? null;
  const total = usageRow(reply.body, meter, null);
  const row = usageRow(reply.body, meter, platform) ?? total;
  return {
    decision: denied ? 'denied' : granted,
    reason: reason ? reasonWord(reason['code']) : null,
    feature: featureOf(meter.name),
    platform,
    scope: platform,
    ...counted({ ...row, ...countsOfReason(reason) }, meter),
    nextFitAt: reply.body['nextFitAt'],
    suggestedTier: fieldsAt(reply.body, 'suggestedTier')['key'] ?? null,
    replay: reply.body['replayed'],
  };
}

/** The row of a meter in the usage of an answer; `scope` is a platform, or null for the whole. */
export function usageRow(body: Fields, meter: Meter, scope: unknown): Fields | undefined {
  return listAt(body, 'usage').find(
    (row) => row['meter'] === meter.name && (row['platform'] ?? null) === scope,
  );
}

/** A usage row in the words of a case; without a row there is nothing to check. */
export function usageFields(row: Fields | undefined, meter: Meter): Fields {
  if (row === undefined) return {};
  return {
    feature: featureOf(row['meter']),
    scope: row['platform'] ?? null,
    ...counted(row, meter),
  };
}

/** The answer to a commit or a release in the words of a case. */
export function settlementFields(reply: Reply): Fields {
  if (reply.status >= 400) return refusal(reply);
  const { status, reason, replayed, late, overLimit } = reply.body;
  return {
    status,
    reason: reasonWord(reason),
    replay: replayed,
    late,
    overLimit,
    ...period(reply.body),
  };
}

/** A client tier, or a change that waits, by the key that the case file gives the tier. */
export function tierFields(world: Pick<World, 'tiers'>, body: Fields): Fields {
  const tier = fieldsAt(body, 'tier');
  const known = [...world.tiers].find(([, { id }]) => id === tier['id']);
  return {
    tier: known?.[0] ?? tier['key'] ?? null,
    version: tier['version'] ?? body['version'] ?? null,
  };
}

/** The state an assignment is in after a command. */
export function stateFields(reply: Reply): Fields {
  return reply.status >= 400 ? refusal(reply) : { status: reply.body['status'], reason: null };
}

/** A command that was refused, in the words of a case. */
export function refusal(reply: Reply): Fields {
  return { status: REFUSED, reason: reasonWord(reply.body['code']) };
}

/** Where the window of an answer starts and ends. */
function period(body: Fields): Fields {
  const window = fieldsAt(body, 'window');
  return { periodStart: window['start'] ?? null, periodEnd: window['end'] ?? null };
}

function counted(row: Fields, meter: Meter): Fields {
  return {
    limit: fromUnits(row['limit'], meter),
    used: fromUnits(row['used'], meter),
    current: fromUnits(row['used'], meter),
    reserved: fromUnits(row['held'], meter),
    remaining: fromUnits(row['remaining'], meter),
    over: fromUnits(row['over'], meter),
    percent: row['percent'],
    resetsAt: row['resetsAt'],
    ...period(row),
  };
}

/** A denial names what it counted. One about a platform or a state counted nothing, and leaves the row's own counts. */
function countsOfReason(reason: Fields | undefined): Fields {
  if (reason === undefined || (reason['limit'] ?? null) === null) return {};
  const { limit, used, held, window, resetsAt } = reason;
  return { limit, used, held, window, resetsAt };
}
