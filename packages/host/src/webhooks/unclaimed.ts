import type { HookEvent } from '../calls/hook-bodies.ts';
import { tierPlatform, type PlatformReading } from '../vocabulary/platforms.ts';
import type { HostChannel, HostPost } from './host-post.ts';

/** A hold for a post that its host may have made: the host's answer did not say. */
export interface UnclaimedHold {
  readonly clientWorkspaceId: string;
  readonly reservationId: string;
  /** Under which it was asked for. */
  readonly key: string;
  readonly channels: readonly HostChannel[];
  /** The time that was asked for; undefined where the host chooses one. */
  readonly scheduledAt: string | undefined;
}

/** Holds that wait for their posts, for a quarter of an hour each. */
export interface Unclaimed {
  readonly keep: (endpointKey: string, hold: UnclaimedHold) => void;
  /** The post with the hold that was taken for it, if one waits: the first of the same channels and time. */
  readonly claim: (at: { readonly key: string; readonly host: string }, post: HostPost) => HostPost;
  /** Those whose time is over, by endpoint, as what gives them back; `put` them again if that could not be told. */
  readonly takeOver: () => readonly Over[];
  readonly put: (over: Over) => void;
}

/** A hold that nobody claimed. */
export interface Over {
  readonly endpointKey: string;
  readonly hold: UnclaimedHold;
  readonly event: HookEvent;
  readonly until: number;
}

/** How long a request that its host failed at is remembered. Pinned by the design of hosts, as for Postiz. */
const REMEMBERED_MS = 900_000;
const MINUTE_MS = 60_000;

/** No holds yet. What is here is lost with the process: such a hold ends by itself, 72 hours after its time. */
export function createUnclaimed(
  now: () => number,
  platforms: Omit<PlatformReading, 'host'>,
): Unclaimed {
  let all: Over[] = [];
  return {
    keep(endpointKey, hold) {
      const { clientWorkspaceId, key } = hold;
      const event = { type: 'release', clientWorkspaceId, key } as const;
      all.push({ endpointKey, hold, event, until: now() + REMEMBERED_MS });
    },
    claim(at, post) {
      if (post.reservationId !== undefined || !WAITING.has(post.state)) return post;
      const reading = { ...platforms, host: at.host };
      const found = all.find(
        ({ endpointKey, hold }) => endpointKey === at.key && isFor(hold, post, reading),
      );
      if (!found) return post;
      all = all.filter((one) => one !== found);
      return { ...post, reservationId: found.hold.reservationId };
    },
    takeOver() {
      const over = all.filter(({ until }) => until <= now());
      all = all.filter((one) => !over.includes(one));
      return over;
    },
    put: (over) => void all.push(over),
  };
}

const WAITING: ReadonlySet<HostPost['state']> = new Set([
  'scheduled',
  'publishing',
  'published',
  'partial',
]);

function isFor(hold: UnclaimedHold, post: HostPost, reading: PlatformReading): boolean {
  const names = (channels: readonly HostChannel[]): string =>
    channels
      .map(({ id, platform }) => `${id === platform ? '' : id} ${tierPlatform(platform, reading)}`)
      .toSorted()
      .join('\n');
  const isSameTime =
    hold.scheduledAt === undefined ||
    post.scheduledAt === undefined ||
    Math.abs(Date.parse(hold.scheduledAt) - Date.parse(post.scheduledAt)) < MINUTE_MS;
  return isSameTime && names(hold.channels) === names(post.channels);
}
