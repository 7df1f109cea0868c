import type { HookEvent } from '../../calls/hook-bodies.ts';
import type { PostizPost } from '../api/postiz-rows.ts';
import type { KnownChannel } from '../channels.ts';
import type { Finding, PostFlag, PostRecord } from '../state/records.ts';

/** A hold that a failure keeps: Postiz tries again, and writes ERROR before each try. Pinned by domain rule 4. */
export const RETRY_MS = 7_200_000;

/** What a post's rows come to: what to tell Retainer, in this order, and what is known once it was told. */
export interface Plan {
  readonly record: PostRecord;
  readonly events: readonly HookEvent[];
  /** Asks of a post that was asked for before: where it no longer fits, it is told as observed. */
  readonly orObserved?: true;
  readonly findings: readonly Finding[];
}

/** A post as the poll found it. */
export interface Found {
  readonly record: PostRecord;
  /** One, or one for each slot of a recurring post. */
  readonly rows: readonly [PostizPost, ...PostizPost[]];
  readonly channel: KnownChannel | undefined;
  readonly now: number;
  /** Another channel's post of the same content has part in its hold. */
  readonly isShared: boolean;
}

/** Builds a plan step by step: events and findings of one post. */
export interface PlanDraft {
  record: PostRecord;
  readonly events: HookEvent[];
  readonly findings: Finding[];
}

/** A plan that says nothing yet. */
export function draftOf({ record }: Pick<Found, 'record'>): PlanDraft {
  return { record, events: [], findings: [] };
}

/** Says once of a post what people should know. */
export function flag(
  draft: PlanDraft,
  name: PostFlag,
  of: { readonly at: number; readonly detail: string },
): void {
  const { record } = draft;
  if (record.flags.includes(name)) return;
  const { postId, channelId, clientId } = record;
  draft.record = { ...record, flags: [...record.flags, name] };
  draft.findings.push({ flag: name, postId, channelId, clientId, at: of.at, detail: of.detail });
}

/** The name under which a release is counted. */
export function releaseOf(row: PostizPost): string {
  return row.releaseURL ?? row.releaseId ?? new Date(row.publishDate).toISOString();
}

/** An address that Retainer takes; some networks tell none. */
export function urlOf(row: PostizPost): { readonly url?: string } {
  const url = row.releaseURL;
  return url !== undefined && url.length <= 2048 && URL.canParse(url) ? { url } : {};
}
