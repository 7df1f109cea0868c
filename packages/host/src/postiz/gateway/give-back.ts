import type { HookEvent } from '../../calls/hook-bodies.ts';
import type { Desk } from '../desk.ts';
import { hasClient, undoMove } from '../post-events.ts';
import type { Step } from './steps.ts';

/** Tells Retainer that nothing came of what was asked for. */
export async function giveBack(desk: Desk, steps: readonly Step[]): Promise<void> {
  const events = [...releasesOf(steps), ...undoneBy(steps)];
  if (events.length === 0) return;
  await desk.memory.put([desk.errands.of(events)]);
  desk.errands.wake();
}

/** Gives back the holds of new posts. An ask that was not answered may have taken one all the same. */
export function releasesOf(steps: readonly Step[]): HookEvent[] {
  const keys = new Map<string, HookEvent>();
  for (const { kind, clientId, key } of steps) {
    if (kind !== 'new' || clientId === null || key === undefined) continue;
    keys.set(key, { type: 'release', clientWorkspaceId: clientId, key });
  }
  return [...keys.values()];
}

/** Puts posts that were to change back to where they are. */
export function undoneBy(steps: readonly Step[]): HookEvent[] {
  return steps.flatMap(({ record, ask }) =>
    record && ask && hasClient(record) ? undoMove(record, ask) : [],
  );
}
