import type { Decision, DecisionReason } from '../../calls/hook-answers.ts';
import type { PostizSettings } from '../desk.ts';

/** An answer of the gateway itself, in Postiz's own shape. */
export interface OwnReply {
  readonly status: number;
  readonly body: object;
}

/**
 * Postiz's 402, the one status its dashboard shows. It goes on to say that all went well, so the message says first
 * that nothing was scheduled.
 */
export function denyPost(
  settings: Pick<PostizSettings, 'billingUrl' | 'timeZoneOf' | 'nameOf'>,
  decision: Decision,
  clientId: string | null,
): OwnReply {
  const message = ['Nothing was scheduled.', ...whyNot(settings, decision, clientId)].join(' ');
  return { status: 402, body: { statusCode: 402, message, url: settings.billingUrl } };
}

/** An upload that does not fit: 413, and nothing was sent on. */
export function denyUpload(
  settings: Pick<PostizSettings, 'timeZoneOf' | 'nameOf'>,
  decision: Decision,
  clientId: string | null,
): OwnReply {
  const message = ['Nothing was uploaded.', ...whyNot(settings, decision, clientId)].join(' ');
  return { status: 413, body: { statusCode: 413, message } };
}

/** What is answered where Retainer cannot say and the rule is to deny. */
export function denyUnavailable(settings: Pick<PostizSettings, 'billingUrl'>): OwnReply {
  const message =
    'Nothing was scheduled. Whether it fits your plan cannot be checked at the moment. Try again in a minute.';
  return { status: 402, body: { statusCode: 402, message, url: settings.billingUrl } };
}

/** An ask that Retainer cannot make sense of: nobody could say whether it fits. */
export function denyUnjudged(detail: string): OwnReply {
  const message = `Nothing was scheduled. It cannot be checked against the plan: ${detail}`;
  return { status: 400, body: { statusCode: 400, message } };
}

/** What an assistant's request is answered where no proxy can see what it schedules. */
export function denyAssistant(settings: Pick<PostizSettings, 'billingUrl'>): OwnReply {
  const message =
    'Nothing was done. Assistants cannot schedule here, because their posts cannot be checked against your plan. Use the calendar or the public API.';
  return { status: 402, body: { statusCode: 402, message, url: settings.billingUrl } };
}

function whyNot(
  settings: Pick<PostizSettings, 'timeZoneOf' | 'nameOf'>,
  { reasons, nextFitAt, suggestedTier }: Decision,
  clientId: string | null,
): string[] {
  const name = clientId === null ? undefined : (settings.nameOf(clientId) ?? clientId);
  const zone = (clientId === null ? undefined : settings.timeZoneOf(clientId)) ?? 'UTC';
  const [first, ...others] = reasons.map((reason) => sentence(reason.message));
  return [
    ...(first === undefined ? [] : [name === undefined ? first : `${name}: ${first}`]),
    ...others,
    ...(nextFitAt === null ? [] : [`It would fit from ${localTime(nextFitAt, zone)}.`]),
    ...(suggestedTier === null ? [] : [`The tier ${suggestedTier.name} would allow it.`]),
  ];
}

function sentence(message: DecisionReason['message']): string {
  return /[.!?]$/u.test(message) ? message : `${message}.`;
}

function localTime(instant: string, timeZone: string): string {
  const text = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
  }).format(new Date(instant));
  return `${text} (${timeZone})`;
}
