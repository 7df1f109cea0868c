import { windowAt, type Instant, type Meter, type Window } from '@retainer/domain';

import { windowKey, type ClientState, type HoldRow } from './client-state.ts';

/** What an operation must have read before it is applied. */
export interface Needs {
  readonly keys?: readonly string[];
  /** The keys are most likely new: reading them may be left to the day that they turn out not to be. */
  readonly keysAreNew?: boolean;
  readonly postIds?: readonly string[];
  readonly seriesIds?: readonly string[];
  readonly mediaIds?: readonly string[];
  /** Instants whose window's counters it may touch. */
  readonly windows?: readonly { readonly meter: Meter; readonly at: Instant }[];
  /** A recurring post among those read may ask in every window between. */
  readonly slots?: Window;
  /** Also every hold that ends by then. */
  readonly dueBy?: Instant;
  /** Also every hold scheduled from then on. */
  readonly scheduledFrom?: Instant;
  /** Also every window of a meter from an instant on. */
  readonly future?: { readonly meter: Meter; readonly from: Instant };
}

/** A window whose counters must be read. */
export interface WantedWindow {
  readonly meter: Meter;
  readonly start: Instant;
}

/** The windows that are needed and not yet read: those asked for and those that known holds touched. */
export function missingWindows(state: ClientState, needs: readonly Needs[]): WantedWindow[] {
  const wanted = new Map<string, WantedWindow>();
  const add = (meter: Meter, start: Instant): void => {
    const key = `${meter}|${start}`;
    if (!state.windows.has(key)) wanted.set(key, { meter, start });
  };
  for (const need of needs) {
    for (const { meter, at } of need.windows ?? []) {
      add(meter, windowAt(state.policy, meter, at).start);
    }
    if (need.slots) recurringWindows(state, need.slots).forEach((start) => add('posts', start));
  }
  for (const { scheduledAt } of state.posts.values()) {
    if (scheduledAt !== undefined) add('posts', windowAt(state.policy, 'posts', scheduledAt).start);
  }
  for (const hold of holdsOf(state)) {
    add(hold.meter, hold.receipt.window.start);
    add(hold.meter, windowAt(state.policy, hold.meter, hold.scheduledAt).start);
  }
  return [...wanted.values()];
}

function recurringWindows({ policy, posts }: ClientState, slots: Window): Instant[] {
  if ([...posts.values()].every((post) => post.everyDays === undefined)) return [];
  const starts: Instant[] = [];
  for (let at = slots.start; at < slots.end;) {
    const window = windowAt(policy, 'posts', at);
    starts.push(window.start);
    at = window.end;
  }
  return starts;
}

/** Every hold the batch knows of this client. */
export function* holdsOf(state: ClientState): Generator<HoldRow> {
  for (const series of state.series.values()) yield* series.values();
}

/** Marks a window as read: what is missing from it is 0. */
export function markRead(state: ClientState, wanted: WantedWindow): void {
  state.windows.add(windowKey(wanted.meter, { start: wanted.start, end: wanted.start }));
}
