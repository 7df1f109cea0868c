import type { RawFacts, RawSeries } from './raw-facts.ts';
import { compare } from './slow-money.ts';

/** What the observations of one post or channel add to one local day. */
export interface SlowMeasure {
  readonly clientId: string;
  readonly date: string;
  readonly level: 'post' | 'account';
  readonly subject: string;
  readonly platform: string;
  readonly sums: Readonly<Partial<Record<SlowTotal, bigint>>>;
  /** What the post or channel reports at all. */
  readonly told: ReadonlySet<SlowTotal>;
}

export type SlowTotal = 'impressions' | 'engagement' | 'clicks' | 'videoViews';

const PARTS = [
  ['reactions', 'likes'],
  ['comments'],
  ['shares'],
  ['reposts'],
  ['quotes'],
  ['saves'],
  ['link_clicks'],
];

/** Which totals a series adds to, given all that its client's platform reports. */
export function totalsOf(facts: RawFacts, series: RawSeries): SlowTotal[] {
  const { clientId, platform } = series;
  const reported = facts.series.filter(
    (one) => one.clientId === clientId && one.platform === platform,
  );
  // Post-level observations count, the account's days only where there are none.
  const sourceOf = (metric: string): string | undefined =>
    ['post lifetime', 'post daily', 'account daily'].find((source) =>
      reported.some((one) => one.metric === metric && `${one.level} ${one.kind}` === source),
    );
  if (sourceOf(series.metric) !== `${series.level} ${series.kind}`) return [];
  const isFirst = (...metrics: readonly string[]): boolean =>
    metrics.find((metric) => sourceOf(metric) !== undefined) === series.metric;
  const parts = PARTS.filter((part) => part.some((metric) => sourceOf(metric) !== undefined));
  const totals: [SlowTotal, boolean][] = [
    ['impressions', isFirst('impressions', 'views', 'video_views')],
    ['clicks', isFirst('clicks', 'link_clicks')],
    ['videoViews', isFirst('video_views', 'views')],
    [
      'engagement',
      parts.length > 0 ? parts.some((part) => isFirst(...part)) : isFirst('engagements'),
    ],
  ];
  return totals.filter(([, counts]) => counts).map(([total]) => total);
}

/** What was observed, by post or channel, platform and local day. */
export function slowMeasures(facts: RawFacts): SlowMeasure[] {
  const cells = new Map<
    string,
    { head: RawSeries & { date: string }; sums: Map<SlowTotal, bigint> }
  >();
  for (const series of facts.series) {
    const totals = totalsOf(facts, series);
    if (totals.length === 0) continue;
    for (const [date, delta] of daysOf(facts, series)) {
      const { clientId, level, subject, platform } = series;
      const key = [clientId, date, level, subject, platform].join('\n');
      const cell = cells.get(key) ?? { head: { ...series, date }, sums: new Map() };
      cells.set(key, cell);
      if (delta === null) continue;
      for (const total of totals) cell.sums.set(total, (cell.sums.get(total) ?? 0n) + delta);
    }
  }
  return [...cells.values()].map(({ head, sums }) => ({
    clientId: head.clientId,
    date: head.date,
    level: head.level,
    subject: head.subject,
    platform: head.platform,
    sums: Object.fromEntries(sums),
    told: new Set(
      facts.series.filter((one) => isOfSame(one, head)).flatMap((one) => totalsOf(facts, one)),
    ),
  }));
}

function isOfSame(one: RawSeries, other: RawSeries): boolean {
  return (
    one.clientId === other.clientId &&
    one.level === other.level &&
    one.subject === other.subject &&
    one.platform === other.platform
  );
}

/** What a series added on each day it was observed; null where it only says where counting starts. */
function daysOf(facts: RawFacts, series: RawSeries): [string, bigint | null][] {
  const seen = facts.observations
    .filter((one) => one.seriesId === series.seriesId)
    .toSorted((a, b) => compare(a.at, b.at))
    .map((one) => ({ at: one.at, date: one.date, value: BigInt(one.value) }));
  const days = [...Map.groupBy(seen, ({ date }) => date)];
  if (series.kind === 'daily') {
    return days.map(([date, some]) => [date, some.at(-1)?.value ?? 0n]);
  }
  const published = facts.placements
    .filter(
      (one) =>
        one.clientId === series.clientId &&
        one.postId === series.subject &&
        one.platform === series.platform,
    )
    .map((one) => one.at)
    .toSorted(compare)[0];
  const [first] = seen;
  if (!first) return [];
  const fromZero = published !== undefined && first.at <= published + 48 * 3_600_000;
  let before = fromZero ? 0n : first.value;
  return days.map(([date, some], index) => {
    const last = some.at(-1)?.value ?? 0n;
    const delta = last - before;
    before = last;
    return [date, index === 0 && !fromZero && some.length === 1 ? null : delta];
  });
}
