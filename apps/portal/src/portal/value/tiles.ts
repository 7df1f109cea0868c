import type { Format } from '../../i18n/format.ts';
import type { PortalMessages } from '../messages/messages.ts';
import type { Figure, Summary, Value } from '../summary.ts';
import { isFirstPeriod } from './value-notes.ts';

/** A figure as a tile shows it. */
export interface TileWords {
  readonly key: string;
  readonly label: string;
  /** As short as a tile needs it. */
  readonly value: string;
  /** As exact as it is known. */
  readonly exact: string;
  readonly note: string | undefined;
  readonly delta:
    | {
        readonly trend: Figure['trend'];
        readonly good: boolean | null;
        readonly change: string | null;
        readonly unit: 'percent' | 'points';
      }
    | undefined;
  /** By day, the oldest first; none where there is no line to draw. */
  readonly line: readonly number[];
}

interface Words {
  readonly messages: PortalMessages;
  readonly format: Format;
}

/** The four figures that a client looks at. */
export function tilesOf(summary: Summary, value: Value, words: Words): TileWords[] {
  const { posts, reach, impressions, leads } = value.outcomes;
  const { tiles } = words.messages;
  const isFirst = isFirstPeriod(value);
  const count = (
    key: Counted,
    figure: Figure,
    { label, none }: { readonly label: string; readonly none: string },
  ): TileWords => ({
    key,
    label,
    value: figure.current === null ? '—' : words.format.compact(figure.current),
    exact: figure.current === null ? none : words.format.count(figure.current),
    note: figure.current === null || (key === 'leads' && figure.current === 0) ? none : undefined,
    delta: deltaOf(figure, isFirst),
    line: figure.current === null ? [] : lineOf(summary, value, key),
  });
  const { none } = tiles;
  return [
    count('posts', posts, { label: tiles.posts, none }),
    reach.current === null
      ? withCoverage(
          count('impressions', impressions, { label: tiles.impressions, none }),
          value,
          words,
        )
      : count('reach', reach, { label: tiles.reach, none }),
    count('leads', leads, { label: tiles.leads, none: tiles.noLeads }),
    returnTile(value, words, isFirst),
  ];
}

type Counted = 'posts' | 'reach' | 'impressions' | 'leads';

function deltaOf({ trend, good, changePercent }: Figure, isFirst: boolean): TileWords['delta'] {
  return isFirst ? undefined : { trend, good, change: changePercent, unit: 'percent' };
}

function withCoverage(
  tile: TileWords,
  { platforms }: Value,
  { messages, format }: Words,
): TileWords {
  const posted = platforms.filter(({ posts }) => (posts.current ?? 0) > 0);
  const measured = posted.filter(({ impressions }) => impressions.current !== null);
  if (measured.length === posted.length || measured.length === 0) return tile;
  const [some, all] = [format.count(measured.length), format.count(posted.length)];
  return { ...tile, note: messages.tiles.included(some, all) };
}

function returnTile(
  { clientReturn }: Value,
  { messages, format }: Words,
  isFirst: boolean,
): TileWords {
  const { tiles } = messages;
  const { roiPercent, paid, value } = clientReturn;
  const base = { key: 'return', label: tiles.clientReturn, line: [] };
  if (roiPercent.current === null) {
    const note = roiPercent.reason === 'zero_denominator' ? tiles.nothingPaid : tiles.noReturn;
    return { ...base, value: '—', exact: note, note, delta: undefined };
  }
  const money = ({ amount, currency }: typeof paid): string =>
    (Number(amount) < 10_000 ? format.money : format.compactMoney)({
      amount: amount ?? '0',
      currency,
    });
  const shown = format.percent(roiPercent.current);
  return {
    ...base,
    value: shown,
    exact: shown,
    note: tiles.paidAndBrought(money(paid), money(value)),
    delta: isFirst
      ? undefined
      : {
          trend: roiPercent.trend,
          good: roiPercent.good,
          change: roiPercent.change,
          unit: 'points',
        },
  };
}

// Days that are not told had nothing; of reach no days are told.
function lineOf({ period }: Summary, { days }: Value, key: Counted): number[] {
  if (key === 'reach') return [];
  const known = new Map(days.map((day) => [day.date, day[key] ?? 0]));
  const end = Date.parse(period.countedUntil ?? period.endDate);
  const line: number[] = [];
  for (let at = Date.parse(period.startDate); at <= end; at += 86_400_000)
    line.push(known.get(new Date(at).toISOString().slice(0, 10)) ?? 0);
  return line.length > 1 ? line : [];
}
