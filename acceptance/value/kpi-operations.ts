import {
  addDays,
  budgetState,
  calendarDateOf,
  clientsByTier,
  comparisonPeriod,
  daysOf,
  formatNull,
  formatNumber,
  pacing,
  perDayTrend,
  targetOver,
  targetState,
  teamUtilisation,
  trend,
  utilisation,
  velocity,
  type ComparisonMode,
  type DateSpan,
  type NullFigure,
  type Ratio,
  type TrendBasis,
  type TrendFigures,
  type TrendTerms,
  type WorkedTime,
} from '@retainer/domain';

import { isFields, wholeMap, type Fields } from '../compare.ts';
import {
  count,
  epochsIn,
  exact,
  exactOrNull,
  fields,
  instant,
  list,
  rows,
  spanOf,
  text,
  whole,
  wholeOrNull,
  word,
  type Operation,
} from './given.ts';
import { moneyFields, numberOrNull, numbersByKey, ratioFields } from './shown.ts';

const MODES: readonly ComparisonMode[] = ['previous_period', 'previous_month', 'previous_year'];
const BASES: readonly TrendBasis[] = ['relative', 'points'];
const REASONS: readonly NullFigure['reason'][] = [
  'missing_data',
  'zero_denominator',
  'missing_rate',
  'mixed_currency',
  'not_additive',
  'missing_benchmark',
  'no_complete_day',
  'no_data',
  'zero_base',
];

/** Periods and trends, people and clients, budgets and targets, and how figures are written. */
export const KPI_OPERATIONS: Readonly<Record<string, Operation>> = {
  comparisonPeriod: compared,
  localDate: (given) => ({
    dates: list(given, 'timezones').map((zone) =>
      calendarDateOf(epochsIn(String(zone)), instant(given, 'instant')),
    ),
  }),
  trend: (given) => {
    const terms = termsOf(given);
    const values = {
      current: exactOrNull(given['current']),
      previous: exactOrNull(given['previous']),
    };
    return trendFields(trend(values, terms), terms.basis);
  },
  perDayTrend: (given) => {
    const terms = termsOf({ polarity: 1, basis: 'relative', ...given });
    const { total, perDay } = perDayTrend(
      {
        current: exactOrNull(given['current']),
        currentDays: count(given, 'currentDays'),
        previous: exactOrNull(given['previous']),
        previousDays: count(given, 'previousDays'),
      },
      terms,
    );
    return { total: trendFields(total, terms.basis), perDay: trendFields(perDay, terms.basis) };
  },
  velocity: (given) => ratioFields(velocity(wholeOrNull(given, 'posts'), whole(given, 'days'))),
  utilisation: (given) => ratioFields(utilisation(workedTime(given))),
  utilisationTeam: (given) => ratioFields(teamUtilisation(rows(given, 'people').map(workedTime))),
  clientsByTier: tiers,
  budgetState: budget,
  pacing: (given) => {
    const projected = pacing({
      spentMinor: wholeOrNull(given, 'spentMinor'),
      elapsedDays: whole(given, 'elapsedDays'),
      daysInPeriod: whole(given, 'daysInPeriod'),
    });
    return { ...moneyFields(projected), projectedMinor: numberOrNull(projected.minor) };
  },
  targetProrata: (given) => {
    const month = `${text(given, 'month')}-01`;
    const day = (name: string): string => addDays(month, count(given, name) - 1);
    const target = targetOver(new Map([[month, exact(given['monthlyTarget'])]]), {
      from: day('fromDay'),
      toExclusive: day('toDayExclusive'),
    });
    return targetFields(target);
  },
  targetProrataRange: (given) => {
    const targets = Object.entries(fields(given, 'monthlyTargets')).map(
      ([month, target]) => [`${month}-01`, exact(target)] as const,
    );
    return targetFields(targetOver(new Map(targets), boundsOf(given)));
  },
  targetState: (given) => {
    const found = targetState(
      exactOrNull(given['actual']),
      exact(given['target']),
      word(given['direction'], ['less', 'more']),
    );
    return { attained: found.attained, ...ratioField(found.ratio) };
  },
  intlNumber: (given) => {
    const { options = {}, value } = given;
    if (!isShown(value) || !isStyle(options)) throw new Error('intlNumber: value or options');
    const shown = formatNumber(value, { locale: text(given, 'locale'), options });
    return { textNormalised: normalised(shown) };
  },
  formatNull: (given) => ({
    ...formatNull({ metric: text(given, 'metric'), reason: word(given['reason'], REASONS) }),
  }),
};

function compared(given: Fields): Fields {
  const found = comparisonPeriod({
    ...boundsOf(given),
    mode: word(given['mode'], MODES),
    asOf: text(given, 'asOf'),
    matchWeekday: given['matchWeekday'] === true,
  });
  if (!('from' in found)) return { from: null, toExclusive: null, days: null, ...found };
  const { current } = found;
  return {
    ...found,
    current: { ...current, days: daysOf(current) },
    currentFrom: current.from,
    currentToExclusive: current.toExclusive,
    currentDays: daysOf(current),
  };
}

function boundsOf(given: Fields): DateSpan {
  return { from: text(given, 'from'), toExclusive: text(given, 'toExclusive') };
}

function termsOf(given: Fields): TrendTerms {
  const polarity = [1, -1, 0].find((one) => one === given['polarity']);
  if (polarity !== 1 && polarity !== -1 && polarity !== 0) throw new Error('given.polarity');
  return {
    basis: word(given['basis'], BASES),
    stableBand: exact(given['stableBand']),
    polarity,
  };
}

function trendFields(found: TrendFigures, basis: TrendBasis): Fields {
  const { delta, trend: went, status } = found;
  return {
    [basis === 'points' ? 'deltaPoints' : 'delta']: delta.value,
    ...(delta.value === null && { delta: null, reason: delta.reason }),
    trend: went,
    status,
  };
}

function workedTime(given: Fields): WorkedTime {
  return {
    billableSeconds: whole(given, 'billableSeconds'),
    availableSeconds: wholeOrNull(given, 'availableSeconds'),
  };
}

function tiers(given: Fields): Fields {
  const clients = rows(given, 'clients').map((client) => ({
    tiers: [
      {
        tier: text(client, 'tier'),
        from: text(client, 'activeFrom'),
        to: client['activeTo'] === null ? null : text(client, 'activeTo'),
      },
    ],
    posts: client['posts'] === undefined ? 0 : count(client, 'posts'),
    trackedSeconds: client['seconds'] === undefined ? 0 : count(client, 'seconds'),
  }));
  const counts = clientsByTier(clients, spanOf(given['period']));
  return { ...counts, byTierAtEnd: wholeMap(numbersByKey(counts.byTierAtEnd)) };
}

function budget(given: Fields): Fields {
  const unit = given['budgetSeconds'] === undefined ? 'Minor' : 'Seconds';
  const { ratio, state, remaining } = budgetState({
    spent: wholeOrNull(given, `spent${unit}`),
    budget: whole(given, `budget${unit}`),
  });
  return { ...ratioField(ratio), state, [`remaining${unit}`]: numberOrNull(remaining) };
}

function ratioField(ratio: Ratio): Fields {
  return { ratio: ratio.value, ...(ratio.value === null && { reason: ratio.reason }) };
}

function targetFields(target: Ratio): Fields {
  return { target: target.value, ...(target.value === null && { reason: target.reason }) };
}

function isShown(value: unknown): value is number | `${number}` {
  return typeof value === 'number' || (typeof value === 'string' && !Number.isNaN(Number(value)));
}

function isStyle(value: unknown): value is Intl.NumberFormatOptions {
  return isFields(value);
}

/** Kinds of spaces and minus signs are the runtime's own matter: the cases compare without them. */
function normalised(shown: string): string {
  return shown.replaceAll(/[\u00A0\u202F]/g, ' ').replaceAll('\u2212', '-');
}
