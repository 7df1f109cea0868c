/** Money as the API tells it: major units as a decimal string, with an ISO 4217 currency. */
export interface Money {
  readonly amount: string;
  readonly currency: string;
}

/** Numbers and dates as a locale writes them. */
export interface Format {
  readonly locale: string;
  /** 1,842 */
  readonly count: (value: number) => string;
  /** 184K, for tiles; say the exact value beside it. */
  readonly compact: (value: number) => string;
  /** $1,842.50 */
  readonly money: (value: Money) => string;
  /** $184K, for tiles. */
  readonly compactMoney: (value: Money) => string;
  /** 12.4 %; from ten times on 10×. */
  readonly percent: (value: number | string) => string;
  /** +12.4 %, with its sign. */
  readonly change: (value: number | string) => string;
  /** 38 hr 23 min */
  readonly minutes: (value: number) => string;
  /** 12.4 GB */
  readonly bytes: (value: number) => string;
  /** Thu 1 Oct, of an instant. */
  readonly day: (value: Date | string) => string;
  /** Thu 1 Oct, 10:00, of an instant. */
  readonly moment: (value: Date | string) => string;
  /** 1 Oct, of a local date. */
  readonly date: (value: string) => string;
  /** October, of a local date; with its year where it is another than `now`'s. */
  readonly month: (value: string, now: Date) => string;
  /** 1–15 Sep 2026, of local dates, both included. */
  readonly range: (startDate: string, endDate: string) => string;
  /** Instagram, TikTok and X */
  readonly list: (values: readonly string[]) => string;
  /** 14 minutes ago */
  readonly ago: (from: Date, now: Date) => string;
}

/** How a locale writes; instants are told in `timeZone`, the viewer's own where none is given. */
export function createFormat(locale: string, timeZone?: string, currencyDisplay?: string): Format {
  return {
    locale,
    ...numbersOf(locale, displayOf(currencyDisplay)),
    ...instantsOf(locale, timeZone),
    ...datesOf(locale),
    list: (values) => new Intl.ListFormat(locale, { type: 'conjunction' }).format(values),
    ago: (from, now) => ago(locale, now.getTime() - from.getTime()),
  };
}

type Numbers = Pick<
  Format,
  'count' | 'compact' | 'money' | 'compactMoney' | 'percent' | 'change' | 'minutes' | 'bytes'
>;

function numbersOf(locale: string, currencyDisplay: Display): Numbers {
  const number = (options: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options);
  const count = number({ maximumFractionDigits: 0 });
  const compact = number({ notation: 'compact', maximumFractionDigits: 1 });
  const oneDigit = {
    style: 'percent',
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  } as const;
  const percent = number(oneDigit);
  const signed = number({ ...oneDigit, signDisplay: 'exceptZero' });
  const times = number({ maximumFractionDigits: 1 });
  const currency = (options: Intl.NumberFormatOptions) => (value: Money) =>
    number({ style: 'currency', currency: value.currency, currencyDisplay, ...options }).format(
      // Screens show money, they do not add it up: a double holds enough of it to be shown exactly.
      Number(value.amount),
    );
  const share = (value: number | string, format: Intl.NumberFormat): string => {
    const part = Number(value) / 100;
    return Math.abs(part) >= 10 ? `${times.format(part)}×` : format.format(part);
  };
  return {
    count: (value) => count.format(value),
    compact: (value) => (Math.abs(value) < 10_000 ? count : compact).format(value),
    money: currency({}),
    compactMoney: currency({ notation: 'compact', maximumFractionDigits: 1 }),
    percent: (value) => share(value, percent),
    change: (value) => share(value, signed),
    minutes: (value) => minutes(number, value),
    bytes: (value) => bytes(number, value),
  };
}

const DAY = { day: 'numeric', month: 'short' } as const;

function instantsOf(locale: string, timeZone: string | undefined): Pick<Format, 'day' | 'moment'> {
  const format = (options: Intl.DateTimeFormatOptions) => {
    const zone = timeZone === undefined ? {} : { timeZone };
    const dates = new Intl.DateTimeFormat(locale, {
      weekday: 'short',
      ...DAY,
      ...zone,
      ...options,
    });
    return (value: Date | string) => dates.format(new Date(value));
  };
  return { day: format({}), moment: format({ hour: 'numeric', minute: '2-digit' }) };
}

function datesOf(locale: string): Pick<Format, 'date' | 'month' | 'range'> {
  const dates = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...options });
  const at = (date: string): Date => new Date(`${date}T00:00Z`);
  return {
    date: (value) => dates(DAY).format(at(value)),
    month: (value, now) => {
      const isOtherYear = value.slice(0, 4) !== String(now.getUTCFullYear());
      return dates({ month: 'long', ...(isOtherYear && { year: 'numeric' }) }).format(at(value));
    },
    range: (startDate, endDate) =>
      dates({ ...DAY, year: 'numeric' }).formatRange(at(startDate), at(endDate)),
  };
}

const DISPLAYS = ['narrowSymbol', 'symbol', 'code', 'name'] as const;

type Display = (typeof DISPLAYS)[number];

function displayOf(wish: string | undefined): Display {
  return DISPLAYS.find((one) => one === wish) ?? 'narrowSymbol';
}

const THOUSANDS = ['', 'kilo', 'mega', 'giga', 'tera', 'peta'] as const;

function bytes(
  number: (options: Intl.NumberFormatOptions) => Intl.NumberFormat,
  value: number,
): string {
  // Nothing is told in the unit that allowances are told in.
  const power = value === 0 ? 3 : value < 1000 ? 0 : Math.min(5, Math.floor(Math.log10(value) / 3));
  const unit = `${THOUSANDS[power] ?? ''}byte`;
  return number({ style: 'unit', unit, maximumFractionDigits: 1 }).format(value / 1000 ** power);
}

function minutes(
  number: (options: Intl.NumberFormatOptions) => Intl.NumberFormat,
  value: number,
): string {
  const unit = (name: 'hour' | 'minute') =>
    number({ style: 'unit', unit: name, maximumFractionDigits: 0 });
  const hours = Math.trunc(value / 60);
  const rest = Math.abs(value % 60);
  const parts = [
    ...(hours === 0 ? [] : [unit('hour').format(hours)]),
    ...(rest === 0 && hours !== 0 ? [] : [unit('minute').format(rest)]),
  ];
  return parts.join(' ');
}

function ago(locale: string, ms: number): string {
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const inMinutes = Math.round(ms / 60_000);
  if (inMinutes < 60) return relative.format(-inMinutes, 'minute');
  const inHours = Math.round(inMinutes / 60);
  return inHours < 48
    ? relative.format(-inHours, 'hour')
    : relative.format(-Math.round(inHours / 24), 'day');
}
