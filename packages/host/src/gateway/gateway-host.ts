import type { Decision } from '../calls/hook-answers.ts';
import type { HostChannel, HostPost } from '../webhooks/host-post.ts';

/** A request on its way to a host. */
export interface GatewayRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  /** Names in small letters. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** An answer, the host's or ours. */
export interface GatewayReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** When a post is to go out. */
export type AskedTime =
  | { readonly type: 'at'; readonly at: string }
  | { readonly type: 'now' }
  | { readonly type: 'queue' }
  | { readonly type: 'draft' };

/** What a request wants of its host. */
export type GatewayAsk =
  | {
      readonly type: 'create';
      /** Whose, in the host's words. */
      readonly account: string | undefined;
      readonly channels: readonly HostChannel[];
      readonly when: AskedTime;
    }
  | {
      /** A post that the host has already, as it is now, and when it is to go out instead. */
      readonly type: 'change';
      readonly account: string | undefined;
      readonly before: HostPost;
      readonly channels: readonly HostChannel[];
      readonly when: AskedTime;
    }
  | {
      readonly type: 'delete';
      readonly account: string | undefined;
      readonly postIds: readonly string[];
      readonly isGone: boolean;
    };

/** What an adapter may look up while it reads a request: a GET at the host as the same caller. */
export interface GatewayLookup {
  /** The JSON at a path, undefined where there is none; rejects when the host could not be asked. */
  readonly get: (path: string) => Promise<unknown>;
}

/** How requests to one host's API are understood. */
export interface GatewayHost {
  readonly name: string;
  /** What a request asks for; undefined for one that schedules nothing, which passes untouched. */
  readonly read: (
    request: GatewayRequest,
    lookup: GatewayLookup,
  ) => Promise<GatewayAsk | undefined>;
  /** The post in the host's answer to a create or a change. */
  readonly made: (reply: unknown) => HostPost | undefined;
  /** A denial in the host's own shape, with a message that says that nothing was scheduled. */
  readonly deny: (message: string, decision: Decision | undefined) => object;
}
