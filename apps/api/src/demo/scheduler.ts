import type { LocalDate } from '@retainer/domain';

import { dayAndTime, momentIn } from './calendar.ts';

/** Something that a scheduler tells Retainer at its own time. */
export interface HostEvent {
  readonly at: Date;
  readonly clientId: string;
  /** The hook's name in the address, `post-created`; `events` is a batch. */
  readonly hook: string;
  readonly body: Fields;
  /** What happened, in the host's words. */
  readonly what: string;
  /** What to notice. */
  readonly note: string | undefined;
}

/** A day of the told week, counted from its Monday, and a time: `[2, '08:30']`. */
export type When = readonly [days: number, time: string];

/** A client's account in the scheduler, in the week that is told. */
export interface Account {
  readonly clientId: string;
  readonly monday: LocalDate;
}

/** A post as its author plans it. */
export interface Plan {
  readonly id: string;
  readonly title: string;
  readonly on: readonly string[];
  readonly for: When;
}

/** A post that has no time yet, or needs none. */
export type Post = Omit<Plan, 'for'>;

type Fields = Readonly<Record<string, unknown>>;

/** What the reader of the demo should notice, and fields of the hook beside the usual ones. */
export interface Extra {
  readonly note?: string;
  readonly fields?: Fields;
}

/** The author schedules a post: the scheduler asks before it takes it. */
export function schedule(of: Account, at: When, post: Plan & Extra): HostEvent {
  const what = `"${post.title}" on ${listOf(post.on)} for ${dayAndTime(momentOf(of, post.for))}`;
  const body = { ...postFields(of, at, post), scheduledAt: isoOf(of, post.for), ...post.fields };
  return eventOf(of, at, { hook: 'post-created', body, what, note: post.note });
}

/** The author saves a post without a time. */
export function draft(of: Account, at: When, post: Post): HostEvent {
  const body = { ...postFields(of, at, post), status: 'draft' };
  const what = `"${post.title}" saved as a draft`;
  return eventOf(of, at, { hook: 'post-created', body, what, note: 'a draft holds nothing' });
}

/** The author gives a post another time, or a draft its first one. */
export function reschedule(
  of: Account,
  at: When,
  post: Plan & { readonly note?: string; readonly verb?: 'moved' | 'scheduled' },
): HostEvent {
  const { id, verb = 'moved' } = post;
  const status = verb === 'scheduled' ? { status: 'scheduled' } : {};
  const scheduledAt = isoOf(of, post.for);
  const body = { postId: id, idempotencyKey: keyOf(of, at, id), scheduledAt, ...status };
  const what = `"${post.title}" ${verb === 'moved' ? 'moved to' : 'scheduled for'} ${dayAndTime(momentOf(of, post.for))}`;
  return eventOf(of, at, { hook: 'post-updated', body, what, note: post.note });
}

/** A worker put a post out. */
export function published(of: Account, at: When, post: Post & Extra): HostEvent {
  const body = { postId: post.id, channels: channelsOf(of, post.on), ...post.fields };
  const what = `"${post.title}" went out on ${listOf(post.on)}`;
  return eventOf(of, at, { hook: 'post-published', body, what, note: post.note });
}

/** A worker could not put a post out; a final failure is not tried again. */
export function failed(
  of: Account,
  at: When,
  post: Post & { readonly final: boolean; readonly why: string; readonly note: string },
): HostEvent {
  const body = { postId: post.id, final: post.final };
  const what = `"${post.title}" failed: ${post.why}`;
  return eventOf(of, at, { hook: 'post-failed', body, what, note: post.note });
}

/** The author takes a post away before it goes out. */
export function deleted(of: Account, at: When, post: Post): HostEvent {
  const what = `"${post.title}" deleted before it went out`;
  const body = { postId: post.id };
  return eventOf(of, at, { hook: 'post-deleted', body, what, note: 'its hold came back' });
}

/** The author puts a file into the library. */
export function uploaded(
  of: Account,
  at: When,
  file: { readonly name: string; readonly bytes: number },
): HostEvent {
  const body = { mediaId: file.name, bytes: file.bytes };
  const what = `upload of ${file.name}, ${bytesText(file.bytes)}`;
  return eventOf(of, at, { hook: 'upload-created', body, what });
}

/** The author takes a file out of the library. */
export function uploadDeleted(of: Account, at: When, name: string): HostEvent {
  const body = { mediaId: name };
  const note = 'a level falls when things go';
  return eventOf(of, at, { hook: 'upload-deleted', body, what: `${name} deleted`, note });
}

/** The author asks for something that is metered but is no post: capacity first, then the work. */
export function asked(
  of: Account,
  at: When,
  work: {
    readonly key: string;
    readonly meter: 'ai_generations' | 'reports';
    readonly quantity: number;
    readonly what: string;
  },
): HostEvent {
  const { what, ...body } = work;
  return eventOf(of, at, { hook: 'reserve', body, what });
}

/** What was asked for under a key is done. */
export function done(
  of: Account,
  at: When,
  work: { readonly key: string; readonly what: string },
): HostEvent {
  return eventOf(of, at, { hook: 'commit', body: { key: work.key }, what: work.what });
}

/** Several events in one request. */
export function together(
  of: Account,
  at: When,
  batch: { readonly events: readonly HostEvent[]; readonly what: string; readonly note: string },
): HostEvent {
  const events = batch.events.map(({ hook, body }) => ({
    type: hook.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase()),
    clientWorkspaceId: of.clientId,
    ...body,
  }));
  return eventOf(of, at, {
    hook: 'events',
    body: { events },
    what: batch.what,
    note: batch.note,
  });
}

function eventOf(
  of: Account,
  at: When,
  told: Pick<HostEvent, 'hook' | 'body' | 'what'> & { readonly note?: string | undefined },
): HostEvent {
  return { at: momentOf(of, at), clientId: of.clientId, note: undefined, ...told };
}

function postFields(of: Account, at: When, post: Post): Fields {
  return {
    postId: post.id,
    idempotencyKey: keyOf(of, at, post.id),
    channels: channelsOf(of, post.on),
  };
}

// Told again after a crash of the scheduler, the same ask has the same key.
function keyOf(of: Account, at: When, id: string): string {
  return `${id}@${isoOf(of, at)}`;
}

function channelsOf({ clientId }: Account, platforms: readonly string[]): Fields[] {
  return platforms.map((platform) => ({ id: `${clientId}-${platform}`, platform }));
}

function momentOf({ monday }: Account, [days, time]: When): Date {
  return momentIn(monday, days, time);
}

function isoOf(of: Account, when: When): string {
  return momentOf(of, when).toISOString();
}

function listOf(platforms: readonly string[]): string {
  return platforms.length > 3 ? `${platforms.length} platforms` : platforms.join(' + ');
}

/** `1.2 GB` */
export function bytesText(bytes: number): string {
  const [unit, size] = bytes >= 1e9 ? (['GB', 1e9] as const) : (['MB', 1e6] as const);
  return `${Number((bytes / size).toFixed(1))} ${unit}`;
}
