import {
  calendarDateOf,
  pacePerDay,
  type Limit,
  type LocalDate,
  type Meter,
  type RunOutReason,
} from '@retainer/domain';

import { windowDto, type WindowDto } from '../gate/answer.ts';
import type { Allowance } from './run-outs.ts';

/** An allowance of a client, and the day on which it runs out at the present pace. */
export interface RunOutDto {
  readonly clientWorkspaceId: string;
  readonly name: string;
  readonly meter: Meter;
  /** The window that runs; a level has none. */
  readonly window: WindowDto | null;
  /** Used and held. */
  readonly taken: number;
  readonly limit: Limit;
  readonly remaining: Limit;
  /** Of a window over the part of it that has passed, of a level over the last 28 days; null when no time has. */
  readonly pacePerDay: string | null;
  /** The client's local date of `runsOutAt`. */
  readonly runsOutOn: LocalDate | null;
  readonly runsOutAt: Date | null;
  /** Why there is no such day. */
  readonly reason: RunOutReason | null;
}

/** An allowance in the words of the API. */
export function toRunOut({
  client,
  meter,
  limit,
  window,
  taken,
  use,
  found,
}: Allowance): RunOutDto {
  return {
    clientWorkspaceId: client.id,
    name: client.name,
    meter,
    window: windowDto(window),
    taken,
    limit,
    remaining: limit === null ? null : Math.max(0, limit - taken),
    pacePerDay: pacePerDay(use).value,
    runsOutOn: found.at === null ? null : calendarDateOf(client.policy.epochs, found.at),
    runsOutAt: found.at === null ? null : new Date(found.at),
    reason: found.reason,
  };
}
