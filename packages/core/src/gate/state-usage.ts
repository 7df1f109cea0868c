import { limitAt, usageRow, type Instant, type Meter, type Window } from '@retainer/domain';

import { usageDto, type Usage } from './answer.ts';
import { countOf, type ClientState } from './client-state.ts';

/** One gate's usage with the limit in force at an instant. */
export function usageAt(
  state: ClientState,
  gate: { readonly meter: Meter; readonly platform: string; readonly window: Window },
  at: Instant,
): Usage {
  return usageDto(usageRow(gate, countOf(state, gate), limitAt(state.policy, gate, at)));
}

/** Usage of a meter and of those platforms that have a sub-limit, in one window. */
export function usageOf(
  state: ClientState,
  gate: { readonly meter: Meter; readonly platforms: readonly string[]; readonly window: Window },
  at: Instant,
): Usage[] {
  const { meter, window } = gate;
  const limited = gate.platforms.filter(
    (platform) => limitAt(state.policy, { meter, platform }, at) !== undefined,
  );
  return ['', ...limited].map((platform) => usageAt(state, { meter, platform, window }, at));
}

/** Whether used + held pass the limit that is in force at an instant. */
export function isOverLimit(
  state: ClientState,
  gate: { readonly meter: Meter; readonly platform: string; readonly window: Window },
  at: Instant,
): boolean {
  const limit = limitAt(state.policy, gate, at);
  const count = countOf(state, gate);
  return typeof limit === 'number' && count.used + count.held > limit;
}
