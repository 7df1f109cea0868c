import { decimal, money, quotient, slowKpi, type Told } from './slow-kpi.ts';
import { amountWire, type SlowPart, type SlowReturn } from './slow-parts.ts';
import type { SlowAmount, SlowWorld } from './slow-sums.ts';

interface Parts {
  readonly current: SlowPart | undefined;
  readonly previous: SlowPart | undefined;
}

/** The sections of a dashboard, in the form in which the API answers them. */
export function slowSections(
  { currency, stablePercent, stablePoints }: SlowWorld['facts']['agency'],
  parts: Parts,
  rest: { readonly highlights: unknown[]; readonly months: unknown[] },
): Readonly<Record<string, unknown>> {
  const { current, previous } = parts;
  const relative = { in: 'relative', band: quotient(stablePercent) } as const;
  const points = { in: 'points', band: quotient(stablePoints) } as const;
  const days = current && previous ? { days: [current.days, previous.days] as const } : undefined;
  const noDay = (wire: unknown): Told => ({ value: null, wire, reason: 'no_complete_day' });

  const count = (
    pick: (part: SlowPart) => bigint | null,
    isOfDays = true,
    polarity: 1 | 0 = 1,
  ): object => {
    const told = (part: SlowPart): Told => {
      const many = pick(part);
      return many === null
        ? { value: null, wire: null, reason: 'missing_data' }
        : { value: { num: many, den: 1n }, wire: Number(many) };
    };
    return slowKpi(current ? told(current) : noDay(null), previous && told(previous), {
      ...relative,
      polarity,
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
      ...relative,
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
      ...(as.isReturn ? points : relative),
      polarity: 1,
      change: ({ num, den }) => decimal({ num: num * as.times, den: den * scale }, as.places),
    });
  };
  const percent = (pick: (part: SlowPart) => SlowReturn): unknown =>
    ratio(pick, { places: 4, times: 100n, isReturn: true });
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
      byTier: tiersOf(parts).map(({ tier, name }) => {
        const clients = (part: SlowPart): bigint =>
          BigInt(part.clients.byTier.find((one) => one.tier === tier)?.clients ?? 0);
        const { current: own, ...compared } = { current: 0, ...count(clients, false, 0) };
        return { tier, name, clients: own, ...compared };
      }),
    },
    campaigns: {
      active: count((part) => part.activeCampaigns, false),
      roiPercent: percent((part) => part.campaignsRoi),
      highlights: rest.highlights,
    },
    roi: {
      totalCost: amount((part) => part.cost, -1),
      totalValue: amount((part) => part.value),
      netValue: amount(({ value, cost }) => minus(value, cost), 1, bareWire),
      roiPercent: percent((part) => part.roi),
      trend: rest.months,
    },
    insights: {
      margin: {
        fee: amount((part) => part.fee),
        cost: amount((part) => part.borne, -1),
        kept: amount((part) => minus(part.fee, part.borne), 1, bareWire),
        marginPercent: percent((part) => part.margin),
      },
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

/** Tiers that have clients or had before, the cheapest first. */
function tiersOf({ current, previous }: Parts): { readonly tier: string; readonly name: string }[] {
  if (!current) return [];
  const known = [...current.clients.byTier, ...(previous?.clients.byTier ?? [])];
  return current.clients.tiers.filter(({ tier }) => known.some((one) => one.tier === tier));
}

function bareWire({ minor, reason }: SlowAmount, currency: string): unknown {
  return minor === null ? { amount: null, currency, reason } : money(minor, currency);
}

function minus(one: SlowAmount, other: SlowAmount): SlowAmount {
  const reason = one.reason ?? other.reason;
  if (one.minor === null || other.minor === null) {
    return { minor: null, known: 0n, reason: reason ?? '' };
  }
  return { minor: one.minor - other.minor, known: 0n };
}
