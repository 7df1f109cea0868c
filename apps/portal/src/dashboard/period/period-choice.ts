import { addDays, addMonthsClamped, type ComparisonMode, type LocalDate } from '@retainer/domain';

/** A period by name; `custom` is two dates. */
export const PRESETS = [
  'month_to_date',
  'last_month',
  'last_7_days',
  'last_30_days',
  'last_90_days',
  'quarter_to_date',
  'last_quarter',
  'year_to_date',
  'last_year',
  'custom',
] as const;
export type Preset = (typeof PRESETS)[number];

/** What a period is compared with. */
export const COMPARISONS = [
  'previous_period',
  'previous_month',
  'previous_year',
  'none',
] as const satisfies readonly (ComparisonMode | 'none')[];
export type ComparedWith = (typeof COMPARISONS)[number];

/** What somebody chose to look at. */
export interface PeriodChoice {
  readonly preset: Preset;
  /** Of a custom period, both included. */
  readonly custom: { readonly startDate: LocalDate; readonly endDate: LocalDate } | undefined;
  readonly compareTo: ComparedWith;
  /** Of the year before: Mondays meet Mondays. */
  readonly matchWeekday: boolean;
}

/** The month to date, beside as many days of the month before. */
export const FIRST_CHOICE: PeriodChoice = {
  preset: 'month_to_date',
  custom: undefined,
  compareTo: 'previous_period',
  matchWeekday: false,
};

/** Which days to ask the API for. */
export interface AskedDays {
  readonly startDate?: LocalDate;
  readonly endDate?: LocalDate;
  readonly comparePeriod?: boolean;
  readonly compareTo?: ComparisonMode;
  readonly matchWeekday?: boolean;
}

/** A choice as the API takes it, on the day that it is where the figures are of. */
export function askedDays(
  { preset, custom, compareTo, matchWeekday }: PeriodChoice,
  today: LocalDate,
): AskedDays {
  const days = preset === 'custom' ? custom : daysOfPreset(preset, today);
  if (compareTo === 'none') return { ...days, comparePeriod: false };
  const isMatched = matchWeekday && compareTo === 'previous_year';
  return { ...days, compareTo, ...(isMatched && { matchWeekday }) };
}

interface Days {
  readonly startDate: LocalDate;
  readonly endDate?: LocalDate;
}

// A period that runs has no end: it goes up to yesterday, and is compared with as many days of the unit before.
function daysOfPreset(preset: Exclude<Preset, 'custom'>, today: LocalDate): Days | undefined {
  const month = `${today.slice(0, 8)}01`;
  const quarter = firstOfQuarter(today);
  const year = `${today.slice(0, 5)}01-01`;
  switch (preset) {
    case 'month_to_date':
      return undefined;
    case 'last_month':
      return whole(addMonthsClamped(month, -1), month);
    case 'last_7_days':
      return whole(addDays(today, -7), today);
    case 'last_30_days':
      return whole(addDays(today, -30), today);
    case 'last_90_days':
      return whole(addDays(today, -90), today);
    case 'quarter_to_date':
      return toDate(quarter, today, 3);
    case 'last_quarter':
      return whole(addMonthsClamped(quarter, -3), quarter);
    case 'year_to_date':
      return toDate(year, today, 12);
    case 'last_year':
      return whole(addMonthsClamped(year, -12), year);
  }
}

function whole(startDate: LocalDate, past: LocalDate): Days {
  return { startDate, endDate: addDays(past, -1) };
}

/** On its first day a unit has no complete day, so it is the one before, as with the month to date. */
function toDate(startDate: LocalDate, today: LocalDate, months: number): Days {
  return startDate === today
    ? whole(addMonthsClamped(startDate, -months), startDate)
    : { startDate };
}

function firstOfQuarter(day: LocalDate): LocalDate {
  const month = Math.floor((Number(day.slice(5, 7)) - 1) / 3) * 3 + 1;
  return `${day.slice(0, 5)}${String(month).padStart(2, '0')}-01`;
}
