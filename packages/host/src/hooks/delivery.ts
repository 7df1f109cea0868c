import type { HookAnswers, HookOutcome } from '../calls/hook-answers.ts';
import type { HookCalls } from '../calls/hook-calls.ts';
import { HookError, isUndecided } from '../calls/hook-error.ts';
import type { Entry, Handled, Message, Refusal } from '../outbox/outbox.ts';
import { eventOf, type EventMessage } from './message.ts';

/** The most events in one request. The API takes more, but each may be large. */
const MOST_EVENTS = 100;

/**
 * Tells the first entries that can go in one request, in their order, and answers with what became of each. Rejects
 * where Retainer cannot be told now.
 */
export async function tellSome(calls: HookCalls, entries: readonly Entry[]): Promise<Handled[]> {
  const [first] = entries;
  if (!first) return [];
  const agency = first.message.body.agencyWorkspaceId;
  const end = entries.findIndex(
    ({ message }) => message.hook === 'metrics' || message.body.agencyWorkspaceId !== agency,
  );
  const together = entries.slice(0, Math.min(end === -1 ? entries.length : end, MOST_EVENTS));
  return together.length > 0 ? tellTogether(calls, together) : [await tellOne(calls, first)];
}

async function tellTogether(calls: HookCalls, entries: readonly Entry[]): Promise<Handled[]> {
  try {
    const outcomes = await tellEvents(calls, entries.map(({ message }) => message).filter(isEvent));
    return entries.map(({ id }, index) => ({ id, refusal: refusalOf(outcomes[index]) }));
  } catch (error) {
    if (isUndecided(error) || entries.length === 1) {
      const [only] = entries;
      if (isUndecided(error) || !only) throw error;
      return [{ id: only.id, refusal: refusalFrom(error) }];
    }
  }
  // One of them cannot be read at all, and takes the others down with it: each by itself, then.
  const handled: Handled[] = [];
  for (const entry of entries) {
    // oxlint-disable-next-line no-await-in-loop -- in their order
    handled.push(...(await tellTogether(calls, [entry])));
  }
  return handled;
}

async function tellOne(calls: HookCalls, { id, message }: Entry): Promise<Handled> {
  try {
    if (message.hook === 'metrics') await calls.metrics(message.body);
    return { id };
  } catch (error) {
    if (isUndecided(error)) throw error;
    return { id, refusal: refusalFrom(error) };
  }
}

/** Tells events of one agency in their order, in one request. */
export async function tellEvents(
  calls: Pick<HookCalls, 'events'>,
  messages: readonly EventMessage[],
): Promise<readonly HookOutcome[]> {
  const agencyWorkspaceId = messages[0]?.body.agencyWorkspaceId;
  const { results }: HookAnswers['events'] = await calls.events({
    ...(agencyWorkspaceId !== undefined && { agencyWorkspaceId }),
    events: messages.map(eventOf),
  });
  return results;
}

/** Whether a message can be told as an event of a batch. */
function isEvent(message: Message): message is EventMessage {
  return message.hook !== 'metrics';
}

function refusalOf(outcome: HookOutcome | undefined): Refusal | undefined {
  if (!outcome || outcome.ok) return undefined;
  const { code, detail } = outcome.error;
  return { code, detail };
}

function refusalFrom(error: unknown): Refusal {
  if (!(error instanceof HookError)) throw error;
  const issues = error.issues.map(({ path, message }) => ` ${path}: ${message}.`).join('');
  return { code: error.code, detail: `${error.message}${issues}` };
}
