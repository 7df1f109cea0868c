import type { Format } from '../../i18n/format.ts';
import type { PortalMessages } from '../messages/messages.ts';
import type { Summary, Value } from '../summary.ts';

/** What is to be said of the numbers before anybody reads them. */
export interface ValueNotes {
  /** There is nothing to read. */
  readonly isEmpty: boolean;
  readonly texts: readonly string[];
}

const DAY_MS = 86_400_000;
/** Platforms hold numbers back for two days; later than that they are missing. */
const LAG_DAYS = 2;

/** What is missing, and why. */
export function valueNotes(
  { value, period }: Pick<Summary, 'value' | 'period'>,
  { messages, format }: { readonly messages: PortalMessages; readonly format: Format },
): ValueNotes {
  const words = messages.value;
  if (!value) return { isEmpty: true, texts: [words.nothingYet] };
  const last = period.countedUntil ?? period.endDate;
  if (isSilent(value)) {
    const noPosts = words.noPosts(format.date(period.startDate), format.date(last));
    return { isEmpty: true, texts: [noPosts] };
  }
  const missingFrom = lateBy(value, last);
  return {
    isEmpty: false,
    texts: [
      ...(value.outcomes.impressions.current === null ? [words.firstNumbers] : []),
      ...(missingFrom === undefined ? [] : [words.upTo(format.date(missingFrom))]),
      ...(isFirstPeriod(value) ? [words.firstPeriod] : []),
    ],
  };
}

function isSilent({ outcomes: { posts, impressions, leads } }: Value): boolean {
  return !posts.current && impressions.current === null && !leads.current;
}

/** The last day that was measured, where that is longer ago than platforms take. */
function lateBy(value: Value, last: string): string | undefined {
  const measured = lastMeasured(value);
  return measured !== undefined && daysBetween(measured, last) > LAG_DAYS ? measured : undefined;
}

/** Nothing came about in the days that it is compared with. */
export function isFirstPeriod({ outcomes }: Value): boolean {
  const { posts, impressions, leads, engagement } = outcomes;
  return [posts, impressions, leads, engagement].every(({ previous }) => !previous);
}

function lastMeasured({ days }: Value): string | undefined {
  return days.findLast(({ impressions, engagement }) => impressions !== null || engagement !== null)
    ?.date;
}

function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / DAY_MS;
}
