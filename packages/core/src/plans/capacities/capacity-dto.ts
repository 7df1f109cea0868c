import { durationOf } from '../../tenancy/duration-input.ts';
import { monthOf } from '../../tenancy/month-page.ts';
import type { Capacity } from './capacity.entity.ts';

/** A person's capacity of a month, as callers read it. */
export interface CapacityDto {
  readonly person: string;
  /** YYYY-MM. */
  readonly month: string;
  readonly hours: number;
  readonly changedAt: Date;
}

/** A capacity's row in the words of the API. */
export function toCapacityDto({ person, month, seconds, changedAt }: Capacity): CapacityDto {
  return { person, month: monthOf(month), hours: durationOf(seconds, 'hours'), changedAt };
}
