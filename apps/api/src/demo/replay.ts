import { rowOf, takenText } from './amounts.ts';
import {
  batchAnswer,
  hookAnswer,
  type DecisionAnswer,
  type HookAnswer,
  type SettlementAnswer,
} from './answers.ts';
import { dayAndTime, longDay, timeOf } from './calendar.ts';
import { heading, ink, say } from './paper.ts';
import { present, type Send } from './rest.ts';
import type { HostEvent } from './scheduler.ts';
import { tierOf, type DemoAgency } from './setup.ts';
import { CLIENTS } from './story/clients.ts';

/** How often each answer was given. */
export type Tally = Map<string, number>;

/** What telling a story takes. */
export interface Telling {
  readonly agency: DemoAgency;
  readonly story: readonly HostEvent[];
  /** Requests whose clock stands at `at`. */
  readonly sendAt: (at: Date) => Send;
  readonly signal: AbortSignal;
}

/** One line of the log. */
interface Line {
  readonly word: Word;
  readonly replayed: boolean;
  readonly remarks: readonly (string | undefined)[];
  readonly below: readonly string[];
}

type Word = keyof typeof WORDS;

const WORDS = {
  allowed: 'green',
  warned: 'yellow',
  denied: 'red',
  counted: 'cyan',
  returned: 'magenta',
  kept: 'magenta',
  batch: 'bold',
  odd: 'red',
} as const;

/** Reasons that warn, and do not deny by themselves. */
const WARNINGS: Readonly<Record<string, string | undefined>> = {
  near_limit: 'near the limit',
  soft_limit_exceeded: 'past a soft limit',
};

/** Tells every event at its own time, one after the other, and logs what was answered. What was told before is not logged. */
export async function tellStory(telling: Telling): Promise<Tally> {
  const tally: Tally = new Map();
  let day = '';
  for (const event of telling.story) {
    telling.signal.throwIfAborted();
    const line = await tell(telling, event, tally);
    if (line.replayed) {
      count(tally, 'replayed');
      continue;
    }
    if (longDay(event.at) !== day) heading((day = longDay(event.at)));
    print(event, line);
  }
  return tally;
}

async function tell({ agency, sendAt }: Telling, event: HostEvent, tally: Tally): Promise<Line> {
  const { hook, clientId, body } = event;
  const send = sendAt(event.at);
  const call = { method: 'POST', path: `/api/hooks/${hook}`, token: agency.hostToken } as const;
  if (hook === 'events') {
    return batchLine(present(await send({ ...call, body }, batchAnswer), hook).results, tally);
  }
  const request = { ...call, body: { clientWorkspaceId: clientId, ...body } };
  const answer = present(await send(request, hookAnswer), hook);
  const line =
    'decision' in answer
      ? decisionLine(answer, event)
      : await settlementLine(answer, (at) =>
          tierOf(send, { token: agency.agencyToken, clientId, at }),
        );
  if (!line.replayed) count(tally, line.word);
  return { ...line, remarks: [...line.remarks, event.note] };
}

function decisionLine(answer: DecisionAnswer, event: HostEvent): Line {
  const usage = rowOf(answer.usage, meterOf(event));
  const later = usage?.window && usage.window.start > event.at ? ' next week' : '';
  const taken = usage && `${takenText(usage)}${later}`;
  const word = event.hook === 'upload-deleted' ? 'returned' : wordOf(answer);
  const warnings = answer.reasons.map(({ code }) => WARNINGS[code]);
  if (word !== 'denied') {
    return { word, replayed: answer.replayed, remarks: [taken, ...warnings], below: [] };
  }
  const tier = answer.suggestedTier;
  const offers = [
    answer.nextFitAt && `It would fit from ${dayAndTime(answer.nextFitAt)} on.`,
    tier && `${tier.name} would allow it.`,
  ].filter((offer) => offer !== null);
  const denials = answer.reasons.filter(({ code }) => WARNINGS[code] === undefined);
  const below = [
    ...denials.map(({ code, message }) => `${code}: ${message}`),
    offers.length > 0 ? offers.join(' ') : 'No tier of this agency would allow it.',
  ];
  return { word, replayed: answer.replayed, remarks: [], below };
}

async function settlementLine(
  answer: SettlementAnswer,
  tierAt: (at: Date) => ReturnType<typeof tierOf>,
): Promise<Line> {
  const { status, window, flags, reason } = answer;
  const base = { replayed: isKnown(answer), below: [] };
  switch (status) {
    case 'committed':
      return { ...base, word: 'counted', remarks: [flags.join(', ') || undefined] };
    case 'held':
      return { ...base, word: 'kept', remarks: [] };
    case 'released': {
      const posts = rowOf((await tierAt(window?.start ?? new Date()))?.usage ?? [], 'posts');
      return { ...base, word: 'returned', remarks: [posts && `now ${takenText(posts)}`] };
    }
    case 'rejected':
    case 'not_found':
      return { ...base, word: 'odd', remarks: [`${status} ${reason ?? ''}`] };
  }
}

// Published is never lowered: an old failure told again after the publish is refused, and known.
function isKnown({ replayed, status, reason }: SettlementAnswer): boolean {
  return replayed || (status === 'rejected' && reason === 'already_committed');
}

function batchLine(
  results: readonly ({ readonly ok: true; readonly answer: HookAnswer } | { readonly ok: false })[],
  tally: Tally,
): Line {
  const own: Tally = new Map();
  for (const result of results) {
    const word = result.ok ? wordOf(result.answer) : 'odd';
    count(own, word);
    if (!(result.ok && result.answer.replayed)) count(tally, word);
  }
  const replayed = results.every((result) => result.ok && result.answer.replayed);
  return { word: 'batch', replayed, remarks: [tallyText(own)], below: [] };
}

function wordOf(answer: HookAnswer): Word {
  if (!('decision' in answer)) return answer.status === 'committed' ? 'counted' : 'odd';
  switch (answer.decision) {
    case 'allow':
      return 'allowed';
    case 'warn':
      return 'warned';
    case 'deny':
      return 'denied';
  }
}

function meterOf({ hook, body }: HostEvent): string {
  if (typeof body['meter'] === 'string') return body['meter'];
  return hook.startsWith('upload') ? 'storage_bytes' : 'posts';
}

const CLIENT_WIDTH = Math.max(...CLIENTS.map(({ name }) => name.length));
const WORD_WIDTH = Math.max(...Object.keys(WORDS).map((word) => word.length));
const INDENT = ' '.repeat(9);

function print(event: HostEvent, { word, remarks, below }: Line): void {
  const client = CLIENTS.find(({ id }) => id === event.clientId)?.name ?? event.clientId;
  const told = remarks.filter((remark) => remark !== undefined);
  say(
    [
      ` ${timeOf(event.at)}`,
      ink(WORDS[word], word.padEnd(WORD_WIDTH)),
      client.padEnd(CLIENT_WIDTH),
      event.what,
      ...(told.length > 0 ? [ink('dim', `· ${told.join(' · ')}`)] : []),
    ].join('  '),
  );
  for (const line of below) say(`${INDENT}${ink('red', '└')} ${line}`);
}

function count(tally: Tally, word: string): void {
  tally.set(word, (tally.get(word) ?? 0) + 1);
}

/** `13 allowed, 1 warned` */
export function tallyText(tally: Tally): string {
  return [...tally].map(([word, times]) => `${times} ${word}`).join(', ');
}
