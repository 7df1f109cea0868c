import type { Instant } from '../calendar/instant.ts';
import { segmentAt, stateAt, type Policy } from '../gate/policy.ts';
import type { ReportCadence } from '../tiers/terms.ts';
import { endedPeriod, type ReportPeriod } from './report-period.ts';

/** When a client was looked at before, and when it is looked at. */
export interface DueAsk {
  /** Undefined at the first look. */
  readonly lookedAt: Instant | undefined;
  readonly now: Instant;
}

const CADENCES: readonly ReportCadence[] = ['monthly', 'biweekly', 'weekly'];

/** However long nobody looked, no more reports than these are made up for. */
const MOST_MISSED = 4;

/**
 * The periods whose reports are due, the earliest first: those that ended since the last look and at whose last moment
 * a tier of their cadence was in force. A first look goes no further back than the period that ended last, and a later
 * one than the last few.
 */
export function dueReports(policy: Policy, { lookedAt, now }: DueAsk): ReportPeriod[] {
  const periods = CADENCES.flatMap((cadence) => {
    const ended: ReportPeriod[] = [];
    const most = lookedAt === undefined ? 1 : MOST_MISSED;
    for (let at = now; ended.length < most;) {
      const period = endedPeriod(cadence, policy.epochs, at);
      if (lookedAt !== undefined && period.end <= lookedAt) break;
      ended.push(period);
      at = period.start;
    }
    return ended.filter((period) => isPromised(policy, period));
  });
  return periods.toSorted((a, b) => a.end - b.end).slice(-MOST_MISSED);
}

/** When a report of a period counts on its meter, whenever it is made: at the last moment of what it tells of. */
export function countsAt({ end }: Pick<ReportPeriod, 'end'>): Instant {
  return end - 1;
}

function isPromised(policy: Policy, period: ReportPeriod): boolean {
  const at = countsAt(period);
  const cadence = segmentAt(policy, at)?.terms.features.reports.cadence;
  return cadence === period.cadence && stateAt(policy, at) === undefined;
}
