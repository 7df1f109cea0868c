import type { HookOutcome } from '../calls/hook-answers.ts';
import type { HookEvent } from '../calls/hook-bodies.ts';
import type { PostizLog } from './log.ts';
import { findingOf, type Change, type Memory } from './state/memory.ts';
import type { PostFlag } from './state/records.ts';
import type { Tally } from './tally.ts';

const TOLD: Readonly<Record<string, PostFlag>> = {
  unchecked: 'unchecked',
  over_limit_unchecked: 'over_limit_unchecked',
  late: 'late',
  channel_unassigned: 'channel_unassigned',
};

const DETAILS: Readonly<Record<string, string>> = {
  unchecked: 'It was made without asking, and is counted all the same.',
  over_limit_unchecked: 'It was made without asking, and passes the limit.',
  late: 'It was published after its hold had expired.',
  channel_unassigned: 'Its channel belongs to no client.',
};

/** What an answer of Retainer's says that people should know, as changes to what is remembered. */
export function findingsIn(
  memory: Memory,
  told: { readonly event: HookEvent; readonly outcome: HookOutcome },
  now: number,
): Change[] {
  const { event, outcome } = told;
  const about = subjectOf(event);
  if (!outcome.ok || about === undefined) return [];
  const flags = 'flags' in outcome.answer ? outcome.answer.flags : [];
  return flags.flatMap((name) => {
    const flag = TOLD[name];
    if (flag === undefined || memory.findings.get(`${about} ${flag}`)) return [];
    const post = memory.posts.get(about);
    const clientId = event.clientWorkspaceId;
    return findingOf({
      flag,
      postId: about,
      channelId: post?.channelId,
      clientId,
      at: now,
      detail: DETAILS[name] ?? name,
    });
  });
}

/** Says in the log that Retainer did not take an event, and counts it. */
export function warnRefused(
  { log, tally }: { readonly log: PostizLog; readonly tally: Tally },
  told: { readonly event: HookEvent; readonly outcome: HookOutcome },
): void {
  if (told.outcome.ok) return;
  const { code, detail } = told.outcome.error;
  tally.add('refused_events');
  log.warn(
    { type: told.event.type, about: subjectOf(told.event), code, detail },
    'Retainer refused an event',
  );
}

function subjectOf(event: HookEvent): string | undefined {
  if ('postId' in event) return event.postId;
  return 'mediaId' in event ? event.mediaId : undefined;
}
