import { randomUUID } from 'node:crypto';

import type { HookEvent } from '../../calls/hook-bodies.ts';
import type { Verdict } from '../asks.ts';
import type { Desk } from '../desk.ts';
import { channelOf, timeOf } from '../post-events.ts';
import { denyPost, denyUnavailable, denyUnjudged, type OwnReply } from './deny.ts';
import { giveBack } from './give-back.ts';
import type { CreateCall } from './plan-create.ts';
import type { Step } from './steps.ts';

/** One part of the ask and the steps it is for. */
interface Part {
  readonly event: HookEvent;
  readonly steps: readonly Step[];
  readonly clientId: string | null;
}

/** A create call with the key that its caller gave it. */
export type KeyedCall = CreateCall & { readonly key: string | undefined };

/** What an ask came to: steps with their holds, or what the caller is answered instead. */
export type Asked = { readonly steps: readonly Step[] } | { readonly reply: OwnReply };

/** Asks for all that a create call would take, all of it or nothing. */
export async function askFor(
  desk: Desk,
  of: {
    readonly call: KeyedCall;
    readonly steps: readonly Step[];
  },
): Promise<Asked> {
  const key = of.call.key ?? randomUUID();
  let steps = of.steps;
  for (;;) {
    const parts = partsOf(steps, of.call, key);
    const verdict = await desk.asks.ask(parts.map(({ event }) => event));
    const isStranger = verdict.kind === 'refused' && verdict.error.code === 'not_found';
    const stranger = isStranger ? parts[verdict.index] : undefined;
    if (!stranger) return answered(desk, { ...of, verdict, parts, steps });
    // A customer that nobody registered in Retainer is no client of it.
    desk.log.warn({ clientId: stranger.clientId }, 'Retainer does not know this client');
    if (desk.settings.unassignedChannels === 'deny') return { reply: denyStranger(desk) };
    steps = steps.map((step) => (stranger.steps.includes(step) ? asStranger(step) : step));
  }
}

async function answered(
  desk: Desk,
  of: {
    readonly call: KeyedCall;
    readonly verdict: Verdict;
    readonly parts: readonly Part[];
    readonly steps: readonly Step[];
  },
): Promise<Asked> {
  const { verdict, parts } = of;
  switch (verdict.kind) {
    case 'allowed': {
      const isRepeat = verdict.decisions.some(({ replayed }) => replayed);
      if (of.call.key !== undefined && isRepeat) return { reply: usedKey() };
      desk.tally.add('allowed');
      return {
        steps: withHolds(
          of.steps,
          parts,
          verdict.decisions.map((one) => one.reservationId),
        ),
      };
    }
    case 'denied': {
      desk.tally.add('denied');
      const clientId = parts[verdict.index]?.clientId ?? null;
      return { reply: denyPost(desk.settings, verdict.decision, clientId) };
    }
    case 'refused':
      if (verdict.error.code === 'idempotency_conflict') return { reply: usedKey() };
      desk.tally.add('refused');
      desk.log.warn(
        { code: verdict.error.code, detail: verdict.error.message },
        'an ask was refused',
      );
      return { reply: denyUnjudged(verdict.error.message) };
    case 'unavailable':
      desk.log.warn({ code: verdict.error.code }, 'Retainer could not be asked');
      return unanswered(desk, withHolds(of.steps, parts, []));
  }
}

async function unanswered(desk: Desk, steps: readonly Step[]): Promise<Asked> {
  desk.tally.add('unavailable');
  const unasked = steps.map((step) => ({ ...step, isAsked: false }));
  if (desk.settings.onUnavailable === 'allow') return { steps: unasked };
  await giveBack(desk, unasked);
  return { reply: denyUnavailable(desk.settings) };
}

function usedKey(): OwnReply {
  const message = 'This Idempotency-Key was used before. Take a new one for a new post.';
  return { status: 409, body: { statusCode: 409, message } };
}

function denyStranger({ settings }: Desk): OwnReply {
  const message =
    'Nothing was scheduled. The customer of this channel is not registered with the agency’s plans.';
  return { status: 402, body: { statusCode: 402, message, url: settings.billingUrl } };
}

function asStranger(step: Step): Step {
  return { ...step, clientId: null, ask: undefined, isStranger: true };
}

/** A part for each client's new posts (a channel named twice makes a second one), and one for each post that moves. */
function partsOf(steps: readonly Step[], call: CreateCall, key: string): Part[] {
  const parts: Part[] = [];
  for (const group of groupsOf(steps.filter((step) => step.kind === 'new' && !step.isStranger))) {
    const [first] = group;
    if (!first) continue;
    const mediaIds = [...new Set(group.flatMap((step) => step.item.mediaIds))].slice(0, 100);
    const event: HookEvent = {
      type: 'postCreated',
      clientWorkspaceId: first.clientId,
      idempotencyKey: parts.length === 0 ? key : `${key}:${parts.length}`,
      channels: group.map((step) => channelOf(step)),
      ...timeOf(call),
      ...(mediaIds.length > 0 && { mediaIds }),
    };
    parts.push({ event, steps: group, clientId: first.clientId });
  }
  for (const step of steps) {
    for (const event of step.ask?.events ?? [])
      parts.push({ event, steps: [step], clientId: step.clientId });
  }
  return parts;
}

function groupsOf(steps: readonly Step[]): Step[][] {
  const groups: Step[][] = [];
  for (const step of steps) {
    const group = groups.find(
      (one) =>
        one[0]?.clientId === step.clientId &&
        !one.some((other) => other.channelId === step.channelId),
    );
    if (group) group.push(step);
    else groups.push([step]);
  }
  return groups;
}

function withHolds(
  steps: readonly Step[],
  parts: readonly Part[],
  holds: readonly (string | null)[],
): Step[] {
  return steps.map((step) => {
    const index = parts.findIndex((part) => part.steps.includes(step));
    const part = parts[index];
    if (!part) return step;
    const key = part.event.type === 'postCreated' ? part.event.idempotencyKey : undefined;
    return { ...step, key, reservationId: holds[index] ?? step.reservationId };
  });
}
