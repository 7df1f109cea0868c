import type { HookEvent } from '../../calls/hook-bodies.ts';
import type { Desk } from '../desk.ts';
import { hasClient, undoMove } from '../post-events.ts';
import type { Change } from '../state/memory.ts';
import type { Step } from './steps.ts';

/** Tells Retainer that nothing came of what was asked for. */
export async function giveBack(desk: Desk, steps: readonly Step[]): Promise<void> {
  const changes = givenBack(desk, steps);
  if (changes.length === 0) return;
  await desk.memory.put(changes);
  desk.errands.wake();
}

/** What is to be told and remembered once nothing came of an ask. */
export function givenBack(desk: Desk, steps: readonly Step[]): Change[] {
  const undone = steps.flatMap(({ record, ask }) =>
    record && ask && hasClient(record) ? undoMove(record, ask) : [],
  );
  const events = [...releasesOf(steps), ...undone.flatMap((one) => one.events)];
  if (events.length === 0) return [];
  const records = undone.map(({ record }): Change => ({
    kind: 'post',
    id: record.postId,
    value: record,
  }));
  return [desk.errands.of(events), ...records];
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
