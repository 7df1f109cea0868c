import {
  billableSeconds,
  priceEntry,
  RATE_LEVELS,
  rateOnDate,
  resolveRate,
  roundDuration,
  secondsOf,
  splitByDay,
  sumKnown,
  timerFigures,
  type DatedRate,
  type DayAttribution,
  type DurationRounding,
  type HourlyRate,
  type RateLevel,
  type Rounding,
} from '@retainer/domain';

import { wholeMap, type Fields } from '../compare.ts';
import {
  count,
  epochsIn,
  fields,
  instant,
  list,
  rows,
  text,
  whole,
  wholeOrNull,
  word,
  type Operation,
} from './given.ts';
import { number, numberOrNull, totalFields } from './shown.ts';

const MODES: readonly DurationRounding['mode'][] = ['up', 'down', 'nearest'];
const ATTRIBUTIONS: readonly DayAttribution[] = ['split', 'start'];

/** What the cases call our levels of rates. */
const LEVEL_WORDS: Readonly<Record<RateLevel, string>> = {
  entry: 'entry',
  person_campaign: 'userCampaign',
  campaign: 'campaign',
  person_client: 'userClient',
  client: 'client',
  person: 'user',
  role: 'role',
  agency: 'org',
};

/** Tracked time: its seconds, its days and what it costs. */
export const TIME_OPERATIONS: Readonly<Record<string, Operation>> = {
  entryCost: (given) => {
    const cost = entryCost(given, 'half_away_from_zero');
    return {
      costMinor: numberOrNull(cost),
      halfEvenMinor: numberOrNull(entryCost(given, 'half_even')),
      ...(cost === null && { reason: 'missing_rate' }),
    };
  },
  sumEntries: (given) => {
    const lines = rows(given, 'entries').map((entry) => entryCost(entry));
    return { linesMinor: lines.map(numberOrNull), ...totalFields(sumKnown(lines)) };
  },
  sumEntriesGrouped: (given) => {
    const entries = rows(given, 'entries');
    return {
      byClient: wholeMap(sumsBy(entries, 'client')),
      byCampaign: wholeMap(sumsBy(entries, 'campaign')),
      ...totalFields(sumKnown(entries.map((entry) => entryCost(entry)))),
    };
  },
  entryCostRunning,
  roundDuration: (given) => ({ seconds: roundDuration(count(given, 'seconds'), ruleOf(given)) }),
  roundDurationGroup: (given) => {
    const entries = list(given, 'entriesSeconds').map(Number);
    return {
      perEntrySeconds: billableSeconds(entries, { ...ruleOf(given), per: 'entry' }),
      perGroupSeconds: billableSeconds(entries, { ...ruleOf(given), per: 'client_day' }),
    };
  },
  splitByLocalDay: attribute,
  attributeEntry: attribute,
  priceSegments: (given) => {
    const cost = priceEntry(
      rows(given, 'segments').map((segment) => ({
        seconds: count(segment, 'seconds'),
        minorPerHour: rateOf(given, segment),
      })),
    );
    return cost === undefined
      ? { segmentCostMinor: null, totalCostMinor: null, reason: 'missing_rate' }
      : {
          segmentCostMinor: cost.segmentsMinor.map(number),
          totalCostMinor: number(cost.totalMinor),
        };
  },
  priceAfterRateChange: (given) => ({
    costs: rows(given, 'entries').map((entry) => {
      const segment = { seconds: count(entry, 'seconds'), minorPerHour: rateOf(given, entry) };
      return numberOrNull(priceEntry([segment])?.totalMinor ?? null);
    }),
  }),
  resolveRate: resolve,
};

function entryCost(given: Fields, rounding?: Rounding): bigint | null {
  const seconds = count(given, 'seconds');
  const minorPerHour = wholeOrNull(given, 'rateMinorPerHour');
  return priceEntry([{ seconds, minorPerHour }], rounding)?.totalMinor ?? null;
}

function sumsBy(entries: readonly Fields[], name: string): Fields {
  const lines = Map.groupBy(entries, (entry) => text(entry, name));
  return Object.fromEntries(
    Array.from(lines, ([key, some]) => [
      key,
      totalFields(sumKnown(some.map((entry) => entryCost(entry))))['totalMinor'],
    ]),
  );
}

function entryCostRunning(given: Fields): Fields {
  const timer = {
    startedAt: instant(given, 'startedAt'),
    endedAt: given['endedAt'] === null ? undefined : instant(given, 'endedAt'),
  };
  const minorPerHour = wholeOrNull(given, 'rateMinorPerHour');
  const figures = timerFigures(timer, instant(given, 'now'), (span) => {
    return priceEntry([{ seconds: secondsOf(span), minorPerHour }])?.totalMinor ?? null;
  });
  return {
    closedCostMinor: numberOrNull(figures.closedCostMinor),
    closedSeconds: figures.closedSeconds,
    liveSeconds: figures.liveSeconds,
    liveCostMinor: numberOrNull(figures.liveCostMinor),
    includedInPeriodTotals: figures.includedInPeriodTotals,
  };
}

function attribute(given: Fields): Fields {
  const span = { start: instant(given, 'start'), end: instant(given, 'end') };
  const mode = word(given['mode'] ?? 'split', ATTRIBUTIONS);
  const days = splitByDay(span, epochsIn(text(given, 'timezone')), mode);
  const totalSeconds = secondsOf(span);
  if (given['rateMinorPerHour'] === undefined) return { segments: days, totalSeconds };

  const minorPerHour = wholeOrNull(given, 'rateMinorPerHour');
  const cost = priceEntry(days.map(({ seconds }) => ({ seconds, minorPerHour })));
  return {
    segments: days.map((day, index) => ({
      ...day,
      costMinor: numberOrNull(cost?.segmentsMinor[index] ?? null),
    })),
    totalSeconds,
    totalCostMinor: numberOrNull(cost?.totalMinor ?? null),
  };
}

function ruleOf(given: Fields): Pick<DurationRounding, 'mode' | 'minutes'> {
  return { mode: word(given['mode'], MODES), minutes: count(given, 'minutes') };
}

function rateOf(given: Fields, day: Fields): bigint | null {
  const rates = rows(given, 'rates').map((rate): DatedRate => ({
    from: text(rate, 'from'),
    minorPerHour: wholeOrNull(rate, 'minorPerHour'),
  }));
  return rateOnDate(rates, text(day, 'date'))?.minorPerHour ?? null;
}

function resolve(given: Fields): Fields {
  const order = RATE_LEVELS.map((level) => LEVEL_WORDS[level]);
  if (list(given, 'order').join() !== order.join()) throw new Error(`order: it is ${order.join()}`);
  const rates = fields(given, 'rates');
  const unknown = Object.keys(rates).find((name) => !order.includes(name));
  if (unknown !== undefined) throw new Error(`rates: there is no level ${unknown}`);

  const byLevel: Partial<Record<RateLevel, HourlyRate>> = {};
  for (const level of RATE_LEVELS) {
    const name = LEVEL_WORDS[level];
    if (rates[name] === undefined) continue;
    byLevel[level] = { minorPerHour: rates[name] === null ? null : whole(rates, name) };
  }
  const found = resolveRate(byLevel);
  return {
    minorPerHour: numberOrNull(found?.minorPerHour ?? null),
    level: found === undefined ? null : LEVEL_WORDS[found.level],
  };
}
