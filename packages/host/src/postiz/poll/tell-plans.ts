import type { HookOutcome } from '../../calls/hook-answers.ts';
import type { HookEvent } from '../../calls/hook-bodies.ts';
import { isUndecided } from '../../calls/hook-error.ts';
import { tellApart } from '../../calls/tell-apart.ts';
import type { Desk } from '../desk.ts';
import { findingsIn, warnRefused } from '../heed.ts';
import type { Change } from '../state/memory.ts';
import type { PostRecord } from '../state/records.ts';

/** Events of one post, and what is remembered once Retainer heard them. */
export interface ToTell {
  readonly events: readonly HookEvent[];
  readonly record?: PostRecord;
  readonly orObserved?: true;
  readonly changes: readonly Change[];
}

const MOST_EVENTS = 400;

/**
 * Tells Retainer what a poll found. A post is remembered as told only after Retainer answered, so what a crash or an
 * outage cuts short is found and told again by the next poll; false where it was cut short.
 */
export async function tellPlans(desk: Desk, all: readonly ToTell[]): Promise<boolean> {
  for (const batch of batchesOf(all)) {
    const events = batch.flatMap((one) => one.events);
    try {
      // oxlint-disable-next-line no-await-in-loop -- in their order
      const outcomes = events.length > 0 ? await tellEvents(desk, events) : [];
      // oxlint-disable-next-line no-await-in-loop -- remembered before the next is told
      await remember(desk, batch, outcomes);
    } catch (cause) {
      if (!isUndecided(cause)) throw cause;
      desk.log.warn(
        { code: cause.code, detail: cause.message },
        'Retainer could not be told what a poll found',
      );
      return false;
    }
  }
  return true;
}

function tellEvents({ hooks }: Desk, all: readonly HookEvent[]): Promise<readonly HookOutcome[]> {
  return tellApart(all, async (events) => (await hooks.events({ events })).results);
}

function* batchesOf(all: readonly ToTell[]): Generator<ToTell[]> {
  let batch: ToTell[] = [];
  let events = 0;
  for (const one of all) {
    if (events + one.events.length > MOST_EVENTS && batch.length > 0) {
      yield batch;
      batch = [];
      events = 0;
    }
    batch.push(one);
    events += one.events.length;
  }
  if (batch.length > 0) yield batch;
}

async function remember(
  desk: Desk,
  batch: readonly ToTell[],
  outcomes: readonly HookOutcome[],
): Promise<void> {
  const changes: Change[] = [];
  let next = 0;
  for (const one of batch) {
    const own = outcomes.slice(next, next + one.events.length);
    next += one.events.length;
    // oxlint-disable-next-line no-await-in-loop -- rare: a call that came to life after its week filled up
    changes.push(...(await heard(desk, one, own)));
  }
  await desk.memory.put(changes);
}

async function heard(desk: Desk, one: ToTell, own: readonly HookOutcome[]): Promise<Change[]> {
  let outcomes = own;
  if (one.orObserved && own.some(isDenial)) {
    const events = one.events.flatMap((event, index) =>
      isDenial(own[index]) && event.type === 'postUpdated' ? [{ ...event, observed: true }] : [],
    );
    outcomes = [...own, ...(await tellEvents(desk, events))];
  }
  const changes: Change[] = [...one.changes];
  for (const [index, event] of one.events.entries()) {
    const outcome = own[index];
    if (!outcome) continue;
    changes.push(...findingsIn(desk.memory, { event, outcome }, desk.now()));
    warnRefused(desk, { event, outcome });
  }
  desk.tally.add('told_events', one.events.length);
  const { record } = one;
  if (record && isStrangers(one.events, own)) {
    // Retainer does not know the client: it is nobody's until then.
    const nobodys = { clientId: null, told: 'nothing', waiting: [], counted: [] } as const;
    changes.push({ kind: 'post', id: record.postId, value: { ...record, ...nobodys } });
  } else if (record) {
    const value = { ...record, reservationId: record.reservationId ?? holdIn(outcomes) };
    changes.push({ kind: 'post', id: record.postId, value });
  }
  return changes;
}

// A report of a post is never about something unknown but for its client; an attachment may name an unknown hold.
function isStrangers(events: readonly HookEvent[], outcomes: readonly HookOutcome[]): boolean {
  return events.some(({ type }, index) => {
    const outcome = outcomes[index];
    return type !== 'attach' && outcome?.ok === false && outcome.error.code === 'not_found';
  });
}

function isDenial(outcome: HookOutcome | undefined): boolean {
  return outcome?.ok === true && 'decision' in outcome.answer && outcome.answer.decision === 'deny';
}

/** The hold that an adopted post was given. */
function holdIn(outcomes: readonly HookOutcome[]): string | undefined {
  for (const outcome of outcomes) {
    if (!outcome.ok || !('reservationId' in outcome.answer)) continue;
    return outcome.answer.reservationId ?? undefined;
  }
  return undefined;
}
