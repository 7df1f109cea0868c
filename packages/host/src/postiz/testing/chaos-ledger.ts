import { asOwner } from '@retainer/core/testing';

import type { PostFlag } from '../state/records.ts';
import { CLIENTS, type ChaosWorld } from './chaos-world.ts';

/** One count: a post of a client in a week, once for each time it is counted or went out. */
export interface Count {
  readonly clientId: string;
  /** The Monday. */
  readonly week: string;
  readonly postId: string;
}

/** Counts by client and week, those of none left out. */
export type Weeks = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** A Monday. */
const FIRST: number = Date.parse('2026-03-02T00:00:00Z');
const WEEK_MS = 7 * 24 * 3_600_000;

/** What every week comes to, as Retainer's API says. */
export async function readWeeks({ world }: ChaosWorld, until: number): Promise<Weeks> {
  const used: Record<string, Record<string, number>> = {};
  for (const { clientId } of CLIENTS) {
    for (let week = FIRST; week < until; week += WEEK_MS) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other, of a service that is being watched
      const taken = await world.posts(new Date(week).toISOString(), clientId);
      if (taken.used > 0) (used[clientId] ??= {})[weekOf(week)] = taken.used;
    }
  }
  return used;
}

/** Every count that Retainer's usage is made of, from its holds: which post, and in which week. */
export async function readCounts({ retainer, agencyId }: ChaosWorld): Promise<Count[]> {
  const rows = await asOwner<{ client: string; start: string; post: string }>(
    retainer.ownerUrl,
    `select h.client_id as client, h.receipt ->> 'start' as start, coalesce(p.post_id, 'nobody') as post
     from retainer.hold h
       cross join json_array_elements(h.units) unit
       left join retainer.placement p on p.agency_id = h.agency_id and p.client_id = h.client_id
         and p.series_id = h.series_id and p.channel_id = unit ->> 'channel'
         and p.occurrence = coalesce(unit ->> 'publishedAs', h.occurrence)
     where h.agency_id = '${agencyId}' and h.meter = 'posts' and unit ->> 'state' = 'used'`,
  );
  return rows.map(({ client, start, post }) => ({
    clientId: client,
    week: weekOf(Number(start)),
    postId: post,
  }));
}

/** What is still held, a line for each hold: whose, when, and what was done to its posts. */
export async function readHeld(
  { retainer, world, agencyId }: ChaosWorld,
  historyOf: (postId: string) => readonly string[],
): Promise<string[]> {
  const rows = await asOwner<{ client: string; at: string; units: string; name: string }>(
    retainer.ownerUrl,
    `select client_id as client, scheduled_at::text as at, units::text as units, occurrence as name
     from retainer.hold where agency_id = '${agencyId}' and meter = 'posts' and status = 'held'`,
  );
  return rows.map(({ client, at, units, name }) => {
    const ids = new Set(`${units} ${name}`.match(/cmsim\w+/gu));
    const posts = [...ids].map((id) => {
      const { state = 'none', deleted = false } = world.sim.state.posts.get(id) ?? {};
      return `${id} ${deleted ? 'deleted' : state} (${historyOf(id).join(', ')})`;
    });
    return `${client} ${at} ${name} ${units}: ${posts.join('; ')}`;
  });
}

/** Every post that went out, as the networks know it. */
export function readPublished({ world }: ChaosWorld): (Count & { readonly isKnown: boolean })[] {
  return world.sim.state.published.map(({ postId, customerId, slot, known }) => ({
    clientId: CLIENTS.find((one) => one.customerId === customerId)?.clientId ?? '',
    week: weekOf(slot),
    postId,
    isKnown: known,
  }));
}

/** Counts as weeks. */
export function weeksOf(counts: readonly Count[]): Weeks {
  const weeks: Record<string, Record<string, number>> = {};
  for (const { clientId, week } of counts) {
    const own = (weeks[clientId] ??= {});
    own[week] = (own[week] ?? 0) + 1;
  }
  return weeks;
}

/** A post that Retainer and the networks see differently, or that passed a limit, and why. */
export interface ChaosException {
  readonly clientId: string;
  readonly postId: string;
  /** The weeks it is counted in, and those it went out in. */
  readonly counted: readonly string[];
  readonly published: readonly string[];
  readonly reason: ExceptionReason | 'unexplained';
  /** What was done to it, and what the gateway noted. */
  readonly history: readonly string[];
}

type ExceptionReason = keyof typeof REASONS;

/** Why Retainer and the networks may differ, or a limit may be passed, in words for a person. */
export const REASONS = {
  never_learned:
    'It went out without Postiz ever learning it (ERROR without an address): nobody can count it until its release is set.',
  moved_unseen:
    'It was moved behind the gateway before any poll had seen it: it counts in the week that was asked for (schedule_drift).',
  behind: 'It passed the limit: it was made, moved or put back behind the gateway.',
  away: 'It passed the limit: Retainer could not be had when it was asked for, and the rule is to allow.',
  unanswered:
    'It passed the limit: Postiz lost the answer of its call, its hold was given back, and it turned up after its week had filled.',
} as const;

/** Lists what differs post by post, and what passed a limit, each with its reason. */
export function exceptionsOf(
  { world }: ChaosWorld,
  of: {
    readonly counts: readonly Count[];
    readonly historyOf: (postId: string) => readonly string[];
  },
): ChaosException[] {
  const flags = new Map<string, PostFlag[]>();
  for (const { postId, flag } of world.service.desk.memory.findings.all()) {
    flags.set(postId, [...(flags.get(postId) ?? []), flag]);
  }
  const published = readPublished({ world } as ChaosWorld);
  const ids = new Set([...of.counts, ...published].map(({ postId }) => postId));
  const counted = groupedByPost(of.counts);
  const wentOut = groupedByPost(published);
  return [...ids].flatMap((postId): ChaosException[] => {
    const own = counted.get(postId) ?? [];
    const out = wentOut.get(postId) ?? [];
    const noted = flags.get(postId) ?? [];
    const history = [...of.historyOf(postId), ...noted];
    const clientId = (own[0] ?? out[0])?.clientId ?? '';
    const about = { clientId, postId, counted: weeksIn(own), published: weeksIn(out), history };
    const unseen = published.filter((one) => one.postId === postId && !one.isKnown);
    const isEqual = weeksIn(own).join() === weeksIn(out).join();
    if (!isEqual) return [{ ...about, reason: whyDifferent({ own, out, unseen, noted }) }];
    if (!noted.includes('over_limit_unchecked')) return [];
    return [{ ...about, reason: whyOver(of.historyOf(postId)) }];
  });
}

function whyDifferent(of: {
  readonly own: readonly Count[];
  readonly out: readonly Count[];
  readonly unseen: readonly Count[];
  readonly noted: readonly PostFlag[];
}): ChaosException['reason'] {
  const { own, out, unseen, noted } = of;
  const left = out.filter((one) => !unseen.includes(one));
  if (unseen.length > 0 && weeksIn(left).join() === weeksIn(own).join()) return 'never_learned';
  if (own.length === left.length && noted.includes('schedule_drift')) return 'moved_unseen';
  return 'unexplained';
}

function whyOver(history: readonly string[]): ChaosException['reason'] {
  if (history.some((deed) => deed.includes('behind'))) return 'behind';
  if (history.some((deed) => deed.includes('away'))) return 'away';
  return history.some((deed) => deed.includes('unanswered')) ? 'unanswered' : 'unexplained';
}

function groupedByPost<T extends Count>(counts: readonly T[]): ReadonlyMap<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const count of counts)
    groups.set(count.postId, [...(groups.get(count.postId) ?? []), count]);
  return groups;
}

function weeksIn(counts: readonly Count[]): string[] {
  return counts.map(({ week }) => week).toSorted();
}

function weekOf(at: number): string {
  const week = FIRST + Math.floor((at - FIRST) / WEEK_MS) * WEEK_MS;
  return new Date(week).toISOString().slice(0, 10);
}
