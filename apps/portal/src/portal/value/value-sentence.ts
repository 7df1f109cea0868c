import type { Format } from '../../i18n/format.ts';
import { plural, type Forms } from '../../i18n/plural.ts';
import type { PortalMessages } from '../messages/messages.ts';
import type { Summary, Value } from '../summary.ts';

/** A piece of a sentence; a figure stands out. */
export interface Piece {
  readonly text: string;
  readonly isFigure: boolean;
}

/** Stands around figures while the sentence is put together. */
const MARK = '\u0001';

/** What came of the work, in a sentence or two. */
export function valueSentence(
  { period, asOf }: Pick<Summary, 'period' | 'asOf'>,
  value: Value,
  { messages, format }: { readonly messages: PortalMessages; readonly format: Format },
): Piece[] {
  const { posts, reach, impressions, leads } = value.outcomes;
  const say = (forms: Forms, count: number): string =>
    plural(format.locale, forms, {
      value: count,
      shown: `${MARK}${format.count(count)}${MARK}`,
    });
  const words = messages.value;
  const did = [
    say(words.posts, posts.current ?? 0),
    ...(reach.current !== null
      ? [say(words.people, reach.current)]
      : impressions.current !== null
        ? [say(words.times, impressions.current)]
        : []),
    ...(leads.current !== null && leads.current > 0 ? [say(words.leads, leads.current)] : []),
  ];
  const sentence = words.we(
    whenWords(period, new Date(asOf), { messages, format }),
    format.list(did),
  );
  const minutes = value.timeSaved.minutes ?? 0;
  const saved = words.saved(`${MARK}${format.minutes(Math.round(minutes))}${MARK}`);
  return pieces(minutes > 0 ? `${sentence} ${saved}` : sentence);
}

/** When it was: a month by its name, other days by their dates. */
function whenWords(
  { startDate, endDate, complete, countedUntil }: Summary['period'],
  now: Date,
  { messages, format }: { readonly messages: PortalMessages; readonly format: Format },
): string {
  const { value } = messages;
  const isMonth = startDate.endsWith('-01') && startDate.slice(0, 7) === endDate.slice(0, 7);
  const month = format.month(startDate, now);
  if (isMonth && complete && isLastOfMonth(endDate)) return value.inMonth(month);
  if (isMonth && isThisMonth(startDate, now)) return value.soFarIn(month);
  return value.between(format.date(startDate), format.date(countedUntil ?? endDate));
}

function isLastOfMonth(date: string): boolean {
  return new Date(Date.parse(`${date}T00:00Z`) + 86_400_000).getUTCDate() === 1;
}

function isThisMonth(date: string, now: Date): boolean {
  return now.toISOString().slice(0, 7) === date.slice(0, 7);
}

function pieces(sentence: string): Piece[] {
  return sentence
    .split(MARK)
    .map((text, index) => ({ text, isFigure: index % 2 === 1 }))
    .filter(({ text }) => text !== '');
}
