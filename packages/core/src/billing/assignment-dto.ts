import type { LocalDate, MoneyWire } from '@retainer/domain';

import { moneyWire } from '../tenancy/money-input.ts';
import type { Assignment } from './assignment.entity.ts';
import { intervalOf, type BillingInterval } from './intervals.ts';
import type { Timeline } from './timeline.ts';

/** One span of a client's tiers as callers read it. */
export interface AssignmentDto {
  readonly id: string;
  readonly tierId: string;
  readonly version: number;
  readonly startsAt: Date;
  readonly endsAt: Date | null;
  readonly endedBy: 'change' | 'cancel' | null;
  readonly anchor: LocalDate;
  readonly interval: BillingInterval;
  readonly trialEndsAt: Date | null;
  readonly price: MoneyWire;
}

/** An assignment's row for its callers. */
export function toAssignmentDto(row: Assignment): AssignmentDto {
  return {
    id: row.id,
    tierId: row.tierId,
    version: row.tierVersion,
    startsAt: row.startsAt,
    endsAt: row.endsAt ?? null,
    endedBy: row.endedBy ?? null,
    anchor: row.anchor,
    interval: intervalOf(row.everyMonths),
    trialEndsAt: row.trialEndsAt ?? null,
    price: moneyWire(row.priceMinor, row.currency),
  };
}

/** What the audit log keeps of a timeline: what is in force, and what is to come. */
export function auditView({ current, upcoming }: Timeline): object {
  return {
    inForce: current ? toAssignmentDto(current.row) : null,
    upcoming: upcoming.map((one) => toAssignmentDto(one.row)),
  };
}
