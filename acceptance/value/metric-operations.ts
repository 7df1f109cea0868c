import {
  activityIn,
  dailyDeltas,
  lifetimeIn,
  reachAggregate,
  shownMetric,
  type Observation,
  type Snapshot,
  type SnapshotSeries,
} from '@retainer/domain';

import { isFields, otherThan, wholeMap, type Fields } from '../compare.ts';
import {
  epochsIn,
  instant,
  list,
  rows,
  spanOf,
  text,
  whole,
  wholeOrNull,
  wholes,
  type Operation,
} from './given.ts';
import { figureFields, number, numberOrNull } from './shown.ts';

/** What hosts observe. */
export const METRIC_OPERATIONS: Readonly<Record<string, Operation>> = {
  dailyDeltas: deltas,
  reachAggregate: (given) => {
    const { reach, averageDailyReach } = reachAggregate({
      dailyReach: wholes(given, 'dailyReach'),
      periodUniqueReach: wholeOrNull(given, 'periodUniqueReach'),
    });
    return {
      reach: numberOrNull(reach.value),
      ...(reach.value === null && { reason: reach.reason }),
      sumOfDailyMustNotBeUsed: otherThan(numberOrNull(reach.value)),
      averageDailyReach: averageDailyReach.value,
    };
  },
  missingMetric: (given) => figureFields(shownMetric(observedIn(given['platformResponse']))),
  totalValueOnce: (given) => {
    const pushed = {
      at: Date.parse(spanOf(given['period']).from),
      value: whole(given, 'totalValue'),
    };
    return figureFields(shownMetric([pushed, pushed]));
  },
};

/** What a platform's reply says of one metric: nothing, or a value for each of its rows. */
function observedIn(response: unknown): readonly Observation[] {
  const reply = isFields(response) ? response['data'] : response;
  const items: readonly unknown[] = Array.isArray(reply) ? reply : [];
  return items.map((item, at) => {
    const row = isFields(item) ? item : { value: item };
    return { at, value: whole(row, 'value') };
  });
}

function deltas(given: Fields): Fields {
  const found = dailyDeltas({
    snapshots: rows(given, 'snapshots').map(snapshotOf),
    epochs: epochsIn(text(given, 'timezone')),
    first: firstOf(given),
  });
  const corrected = found.days.filter(({ isCorrection }) => isCorrection);
  const perDay = Object.fromEntries(found.days.map(({ date, delta }) => [date, number(delta)]));
  const periods = given['periods'] === undefined ? [] : list(given, 'periods').map(spanOf);
  return {
    perDay: wholeMap(perDay),
    sum: number(found.sum),
    corrections: corrected.map(({ date }) => date),
    activity: periods.map((period) => number(activityIn(found, period))),
    lifetimeByPublishMonth: periods.map((period) => number(lifetimeIn(found, period))),
  };
}

function firstOf(given: Fields): SnapshotSeries['first'] {
  if (given['publishedAt'] !== undefined) {
    const isKnown = given['publishedAt'] !== null;
    return { publishedAt: isKnown ? instant(given, 'publishedAt') : undefined };
  }
  return given['firstSnapshotIsBaseline'] === true ? 'baseline' : 'gained';
}

function snapshotOf(row: Fields): Snapshot {
  const value = whole(row, 'value');
  return row['at'] === undefined
    ? { date: text(row, 'date'), value }
    : { at: instant(row, 'at'), value };
}
