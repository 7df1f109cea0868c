import {
  lastSegmentAt,
  limitAt,
  METERS,
  windowAt,
  type Instant,
  type Policy,
} from '@retainer/domain';

import type { Usage } from '../answer.ts';
import { countsOf, type ClientState } from '../client-state.ts';
import type { Needs } from '../needs.ts';
import { usageAt } from '../state-usage.ts';

/** What is promised and taken at an instant. */
export interface Look {
  readonly type: 'look';
  readonly now: Instant;
}

/** A client as the gate sees it. */
export interface Seen {
  readonly policy: Policy;
  /** Every meter of the tier and every platform sub-limit, in the windows that contain the instant. */
  readonly usage: readonly Usage[];
}

/** Looking reads the window of every meter. */
export function lookNeeds(op: Look): Needs {
  return { windows: METERS.map((meter) => ({ meter, at: op.now })) };
}

/** Reads; changes nothing. */
export function look(state: ClientState, op: Look): Seen {
  const { policy } = state;
  const usage = METERS.flatMap((meter) => {
    const window = windowAt(policy, meter, op.now);
    const counts = countsOf(state, meter, window);
    return ['', ...limitedPlatforms(policy, op.now)].flatMap((platform) => {
      const isPromised = limitAt(policy, { meter, platform }, op.now) !== undefined;
      const isTaken = platform === '' && counts.has('');
      return isPromised || isTaken ? [usageAt(state, { meter, platform, window }, op.now)] : [];
    });
  });
  return { policy, usage };
}

function limitedPlatforms(policy: Policy, at: Instant): string[] {
  const terms = lastSegmentAt(policy, at)?.terms.features.platforms.perPlatform ?? {};
  const overridden = policy.overrides.map((one) => one.platform).filter(Boolean);
  return [...new Set([...Object.keys(terms), ...overridden])].toSorted();
}
