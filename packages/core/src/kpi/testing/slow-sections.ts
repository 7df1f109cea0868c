import { decimal, money, slowKpi, type Told } from './slow-kpi.ts';
import { amountWire, type SlowPart, type SlowReturn } from './slow-parts.ts';
import type { SlowAmount } from './slow-sums.ts';

interface Parts {
  readonly current: SlowPart | undefined;
  readonly previous: SlowPart | undefined;
}

/** The sections of a dashboard, in the form in which the API answers them. */
export function slowSections(
  currency: string,
  parts: Parts,
  rest: { readonly highlights: unknown[]; readonly months: unknown[] },
): Readonly<Record<string, unknown>> {
  const { current, previous } = parts;
  const days = current && previous ? { days: [current.days, previous.days] as const } : undefined;
  const noDay = (wire: unknown): Told => ({ value: null, wire, reason: 'no_complete_day' });

  const count = (pick: (part: SlowPart) => bigint | null, isOfDays = true): unknown => {
    const told = (part: SlowPart): Told => {
      const many = pick(part);
      return many === null
        ? { value: null, wire: null, reason: 'missing_data' }
        : { value: { num: many, den: 1n }, wire: Number(many) };
    };
    return slowKpi(current ? told(current) : noDay(null), previous && told(previous), {
      in: 'relative',
      polarity: 1,
      change: ({ num, den }) => Number(num / den),
      ...(isOfDays && days),
    });
  };
  const amount = (
    pick: (part: SlowPart) => SlowAmount,
    polarity: 1 | -1 = 1,
    wireOf = amountWire,
  ): unknown => {
    const told = (part: SlowPart): Told => {
      const much = pick(part);
      const wire = wireOf(much, currency);
      return much.minor === null
        ? { value: null, wire, reason: much.reason ?? '' }
        : { value: { num: much.minor, den: 1n }, wire };
    };
    const nothing = noDay({ amount: null, currency, reason: 'no_complete_day' });
    return slowKpi(current ? told(current) : nothing, previous && told(previous), {
      in: 'relative',
      polarity,
      change: ({ num, den }) => money(num / den, currency),
      ...days,
    });
  };
  const ratio = (
    pick: (part: SlowPart) => SlowReturn,
    as: { readonly places: number; readonly times: bigint; readonly isReturn: boolean },
  ): unknown => {
    // Returns are judged in points, whatever they are written in.
    const scale = as.isReturn ? 100n : 1n;
    const told = (part: SlowPart): Told => {
      const own = pick(part);
      if (!('num' in own)) return { value: null, wire: null, reason: own.reason };
      const wire = decimal({ num: own.num * as.times, den: own.den }, as.places);
      return { value: { num: own.num * scale, den: own.den }, wire };
    };
    return slowKpi(current ? told(current) : noDay(null), previous && told(previous), {
      in: as.isReturn ? 'points' : 'relative',
      polarity: 1,
      change: ({ num, den }) => decimal({ num: num * as.times, den: den * scale }, as.places),
    });
  };
  const perDay = { places: 6, times: 1n, isReturn: false };
  return {
    performance: {
      impressions: count((part) => part.counts.impressions),
      engagement: count((part) => part.counts.engagement),
      leads: count((part) => part.counts.leads),
      conversions: count((part) => part.counts.conversions),
      revenue: amount((part) => part.revenue),
      averageRoi: ratio((part) => part.averageRoi, { places: 6, times: 1n, isReturn: true }),
    },
    contentVelocity: {
      posts: count((part) => part.posts),
      content: count((part) => part.content),
      postsPerDay: ratio((part) => part.postsPerDay, perDay),
      contentPerDay: ratio((part) => part.contentPerDay, perDay),
    },
    clients: {
      total: count((part) => BigInt(part.clients.total.length), false),
      active: count((part) => BigInt(part.clients.active), false),
      activeAnyDay: count((part) => BigInt(part.clients.activeAnyDay), false),
      withActivity: count((part) => BigInt(part.clients.withActivity), false),
      byTier: current?.clients.byTier ?? [],
    },
    campaigns: {
      active: count((part) => part.activeCampaigns, false),
      highlights: rest.highlights,
    },
    roi: {
      totalCost: amount((part) => part.cost, -1),
      totalValue: amount((part) => part.value),
      netValue: amount(netOf, 1, ({ minor, reason }) =>
        minor === null ? { amount: null, currency, reason } : money(minor, currency),
      ),
      roiPercent: ratio((part) => part.roi, { places: 4, times: 100n, isReturn: true }),
      trend: rest.months,
    },
    coverage: current
      ? {
          posts: Number(current.posts),
          measuredPosts: Number(current.measuredPosts),
          clients: current.clients.total.length,
          withValue: current.withValue,
        }
      : null,
  };
}

function netOf({ value, cost }: SlowPart): SlowAmount {
  const reason = value.reason ?? cost.reason;
  if (value.minor === null || cost.minor === null) {
    return { minor: null, known: 0n, reason: reason ?? '' };
  }
  return { minor: value.minor - cost.minor, known: 0n };
}
