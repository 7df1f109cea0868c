import type { HookCalls } from '../calls/hook-calls.ts';
import type { UnknownNames } from '../vocabulary/unknown-names.ts';
import type { PostizApi } from './api/postiz-api.ts';
import type { AskDesk } from './asks.ts';
import type { ChannelBook } from './channels.ts';
import type { Errands } from './errands.ts';
import type { PostizLog } from './log.ts';
import type { Memory } from './state/memory.ts';
import type { Tally } from './tally.ts';

/** What happens where Retainer cannot say. */
export type WhenUnavailable = 'allow' | 'deny';

/** How one Postiz is watched. */
export interface PostizSettings {
  /** Where a person who is denied can do something about it; shown by Postiz's own dialog. */
  readonly billingUrl: string;
  /** What happens to an ask while Retainer cannot be had. */
  readonly onUnavailable: WhenUnavailable;
  /** Channels without a client: as the agency says in Retainer, or as said here. */
  readonly unassignedChannels: 'agency' | 'allow' | 'deny';
  /** The routes of assistants, whose tool calls no proxy can read: refused, or seen by the next poll. */
  readonly assistants: 'block' | 'adopt';
  /** The time zone that people read times in, by client; else UTC. */
  readonly timeZoneOf: (clientId: string) => string | undefined;
  readonly nameOf: (clientId: string) => string | undefined;
  /** The client that a caller names in `X-Client-Id`: by its id here or in Postiz. */
  readonly clientIdOf: (named: string) => string | undefined;
}

/** All that gateway, poller and webhook work with. */
export interface Desk {
  readonly hooks: HookCalls;
  readonly asks: AskDesk;
  readonly errands: Errands;
  readonly postiz: PostizApi;
  readonly channels: ChannelBook;
  readonly memory: Memory;
  readonly settings: PostizSettings;
  readonly tally: Tally;
  /** Networks and labels that nobody knows, counted. */
  readonly unknown: UnknownNames;
  readonly log: PostizLog;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}
