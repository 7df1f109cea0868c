import type { RawFacts } from './raw-facts.ts';
import { slowMeasures, type SlowTotal } from './slow-metrics.ts';
import { dayAfter, dayShares, inCurrency, roundOnce, type Exact } from './slow-money.ts';
import type { Asked, Money, Part, Sums } from './slow-parts.ts';
import { estimateLines, postParts } from './slow-posts.ts';
import { slowTime } from './slow-time.ts';
import { slowShares, type SlowActivity } from './slow-tools.ts';

export type { Sums } from './slow-parts.ts';

/** What is in the rollups and the shares of tools, one line each, by what tells the line apart. */
export interface Figures {
  readonly days: ReadonlyMap<string, Sums>;
  readonly months: ReadonlyMap<string, Sums>;
  readonly shares: ReadonlyMap<string, string>;
  readonly estimates: ReadonlyMap<string, string>;
}

/** Works out every figure from the facts alone, one by one, as the rules of the domain tell it. */
export function slowFigures(raw: RawFacts): Figures & { readonly unpriced: readonly string[] } {
  const facts: Asked = { ...raw, unpriced: new Set() };
  const currencies = new Map(
    facts.clients.map(({ id, currency }) => [id, new Set([currency, facts.agency.currency])]),
  );
  const parts = [
    ...timeParts(facts),
    ...costParts(facts),
    ...conversionParts(facts),
    ...postParts(facts),
    ...measureParts(facts),
  ];
  const days = new Map<string, Record<string, bigint>>();
  for (const part of parts) {
    for (const currency of currencies.get(part.clientId) ?? []) {
      for (const [dimension, key] of placesOf(part)) {
        add(days, [dimension, part.clientId, part.date, key, currency], {
          ...part.sums,
          ...(part.money && inMoney(part.money, currency)),
        });
      }
    }
  }
  const months = new Map<string, Record<string, bigint>>();
  for (const [place, sums] of withoutEmpty(days)) {
    const [dimension = '', clientId = '', date = '', ...rest] = place.split('\n');
    add(months, [dimension, clientId, `${date.slice(0, 7)}-01`, ...rest], sums);
  }
  const shares = shareLines(facts, activityOf(parts));
  return {
    days: withoutEmpty(days),
    months: withoutZeros(months),
    shares,
    estimates: estimateLines(facts),
    unpriced: [...facts.unpriced],
  };
}

function placesOf(part: Part): [string, string][] {
  const places: [string, string][] = [
    ['client', ''],
    ['platform', part.platform ?? ''],
    ['content_type', part.contentType ?? ''],
    ['campaign', part.campaignId ?? ''],
  ];
  if (part.only === undefined) return places;
  return places.filter(([dimension]) => (dimension === 'platform') === (part.only === 'platform'));
}

function inMoney({ column, in: amountIn }: Money, currency: string): Sums {
  const amount = amountIn(currency);
  return amount === null ? { [`${column}_missing`]: 1n } : { [`${column}_minor`]: amount };
}

function add(
  rows: Map<string, Record<string, bigint>>,
  place: readonly string[],
  sums: Sums,
): void {
  const key = place.join('\n');
  const row = rows.get(key) ?? {};
  rows.set(key, row);
  for (const [column, sum] of Object.entries(sums)) row[column] = (row[column] ?? 0n) + sum;
}

const OBSERVED = new Set([
  'impressions',
  'engagement',
  'clicks',
  'video_views',
  'rate_engagement',
  'rate_impressions',
  'ctr_clicks',
  'ctr_impressions',
]);

// An observed 0 is kept, any other 0 is nothing.
function withoutZeros(rows: ReadonlyMap<string, Sums>): Map<string, Sums> {
  return new Map(
    [...rows].map(([key, row]) => [
      key,
      Object.fromEntries(
        Object.entries(row).filter(([column, sum]) => sum !== 0n || OBSERVED.has(column)),
      ),
    ]),
  );
}

function withoutEmpty(rows: ReadonlyMap<string, Sums>): Map<string, Sums> {
  return new Map([...withoutZeros(rows)].filter(([, row]) => Object.keys(row).length > 0));
}

/** The amount of a fact in another currency, by the rate that the fact was given. */
function convertedBy(
  facts: Asked,
  fact: {
    readonly clientId: string;
    readonly kind: string;
    readonly factId: string;
    readonly date: string;
  },
): (amount: bigint, from: string, to: string) => bigint | null {
  return (amount, from, to) => {
    if (from === to) return amount;
    const given = facts.given.find(
      (one) =>
        one.clientId === fact.clientId &&
        one.kind === fact.kind &&
        one.factId === fact.factId &&
        one.date === fact.date &&
        one.from === from &&
        one.to === to,
    );
    if (!given) facts.unpriced.add([from, to, fact.date].join(' '));
    if (!given) return null;
    const rate: Exact = { num: BigInt(given.numerator), den: BigInt(given.denominator) };
    return inCurrency(amount, { from, to, rate }, facts.agency.rounding);
  };
}

function timeParts(facts: Asked): Part[] {
  return [...slowTime(facts)].flatMap(([entry, segments]): Part[] => {
    const { clientId, platform, contentType, campaignId } = entry;
    const of = { clientId, platform, contentType, campaignId };
    const money = (date: string, cost: bigint | null, currency: string | null) => {
      const converted = convertedBy(facts, { clientId, kind: 'time', factId: entry.id, date });
      return (to: string) =>
        cost === null || currency === null ? null : converted(cost, currency, to);
    };
    const days = segments.map(({ date, seconds, billable, cost, currency }): Part => ({
      ...of,
      date,
      sums: { seconds: BigInt(seconds), billable_seconds: BigInt(billable) },
      money: { column: 'time', in: money(date, cost, currency) },
    }));
    const [first] = segments;
    if (!first || entry.baseline === null) return days;
    const spent = segments.reduce((sum, { seconds }) => sum + seconds, 0);
    const saved = BigInt(entry.baseline - spent);
    const worth =
      first.rate === null ? null : roundOnce(first.rate * saved, 3600n, facts.agency.rounding);
    return [
      ...days,
      {
        ...of,
        date: first.date,
        sums: { saved_seconds: saved, saved_baseline_seconds: BigInt(entry.baseline) },
        money: { column: 'saved', in: money(first.date, worth, first.currency) },
      },
    ];
  });
}

function costParts(facts: Asked): Part[] {
  return facts.costs.flatMap((cost) => {
    const { clientId, kind, from, to, platform, campaignId, currency } = cost;
    const dates: string[] = [];
    for (let date = from; date <= to; date = dayAfter(date)) dates.push(date);
    const converted = convertedBy(facts, { clientId, kind, factId: cost.id, date: from });
    const sharesIn = (target: string): bigint[] | null => {
      const amount = converted(BigInt(cost.amount), currency, target);
      return amount === null ? null : dayShares(amount, dates.length);
    };
    return dates.map((date, index): Part => ({
      clientId,
      date,
      platform,
      campaignId,
      sums: {},
      money: {
        column: kind === 'ad_spend' ? 'ads' : 'other',
        in: (target) => sharesIn(target)?.[index] ?? null,
      },
    }));
  });
}

function conversionParts(facts: Asked): Part[] {
  return facts.conversions.map((fact): Part => {
    const { id, clientId, kind, date, platform, amount, currency } = fact;
    const post = facts.posts.find((one) => one.clientId === clientId && one.postId === fact.postId);
    const count = BigInt(fact.count);
    const sums: Record<typeof kind, Sums> = {
      lead: { leads: count },
      conversion: { conversions: count, ...(amount === null && { unpriced_conversions: count }) },
      revenue: {},
    };
    const of = {
      clientId,
      date,
      platform,
      contentType: fact.contentType ?? post?.contentType ?? null,
      campaignId: fact.campaignId ?? post?.campaignId ?? null,
      sums: sums[kind],
    };
    if (amount === null || currency === null) return of;
    const converted = convertedBy(facts, { clientId, kind, factId: id, date });
    return {
      ...of,
      money: { column: 'revenue', in: (to) => converted(BigInt(amount), currency, to) },
    };
  });
}

const COLUMNS: readonly (readonly [SlowTotal, string])[] = [
  ['impressions', 'impressions'],
  ['engagement', 'engagement'],
  ['clicks', 'clicks'],
  ['videoViews', 'video_views'],
];

function measureParts(facts: RawFacts): Part[] {
  return slowMeasures(facts).map((measure): Part => {
    const { clientId, date, platform, sums, told } = measure;
    const post =
      measure.level === 'post'
        ? facts.posts.find((one) => one.clientId === clientId && one.postId === measure.subject)
        : undefined;
    const columns: [string, bigint | undefined][] = [
      ...COLUMNS.map(([total, column]): [string, bigint | undefined] => [column, sums[total]]),
      ...(told.has('impressions') && told.has('engagement')
        ? ([
            ['rate_engagement', sums.engagement],
            ['rate_impressions', sums.impressions],
          ] as const)
        : []),
      ...(told.has('impressions') && told.has('clicks')
        ? ([
            ['ctr_clicks', sums.clicks],
            ['ctr_impressions', sums.impressions],
          ] as const)
        : []),
    ].map(([column, sum]) => [column, sum]);
    return {
      clientId,
      date,
      platform,
      contentType: post?.contentType ?? null,
      campaignId: post?.campaignId ?? null,
      sums: Object.fromEntries(
        columns.flatMap(([column, sum]) => (sum === undefined ? [] : [[column, sum] as const])),
      ),
    };
  });
}

function activityOf(parts: readonly Part[]): SlowActivity[] {
  return parts
    .filter((part) => part.only !== 'platform')
    .map(({ clientId, date, sums }) => ({
      clientId,
      date,
      posts: sums['posts'] ?? 0n,
      seconds: sums['seconds'] ?? 0n,
    }));
}

function shareLines(facts: Asked, activity: readonly SlowActivity[]): Map<string, string> {
  const currencies = new Map(facts.clients.map(({ id, currency }) => [id, currency]));
  return new Map(
    slowShares(facts, activity).map(({ tool, clientId, from, to, amount }) => {
      const fact = { clientId: '', kind: 'tool', factId: tool.id, date: from };
      const converted = convertedBy(facts, fact);
      const inTo = (currency: string): string => String(converted(amount, tool.currency, currency));
      const own = currencies.get(clientId) ?? facts.agency.currency;
      return [
        [clientId, tool.id, from].join('\n'),
        [to, amount, tool.currency, inTo(own), inTo(facts.agency.currency)].join(' '),
      ];
    }),
  );
}
