import { dayAfter } from '../../rollups/testing/slow-money.ts';
import { localDate } from '../../rollups/testing/slow-time.ts';
import { slowClients, type SlowClients } from './slow-clients.ts';
import { slowFee } from './slow-fees.ts';
import { decimal, money, type Quotient } from './slow-kpi.ts';
import { daysIn, monthLater, type SlowSpan } from './slow-period.ts';
import {
  amountsOf,
  isPriced,
  knownBy,
  sumsOf,
  type SlowAmount,
  type SlowWorld,
} from './slow-sums.ts';

/** A return, or why there is none. */
export type SlowReturn = Quotient | { readonly reason: string };

/** Every figure of one period. */
export interface SlowPart {
  readonly days: number;
  readonly counts: Readonly<
    Record<'impressions' | 'engagement' | 'leads' | 'conversions', bigint | null>
  >;
  readonly posts: bigint;
  readonly measuredPosts: bigint;
  readonly content: bigint;
  readonly postsPerDay: SlowReturn;
  readonly contentPerDay: SlowReturn;
  readonly revenue: SlowAmount;
  readonly cost: SlowAmount;
  readonly value: SlowAmount;
  readonly roi: SlowReturn;
  readonly averageRoi: SlowReturn;
  readonly clients: SlowClients;
  readonly withValue: number;
  readonly activeCampaigns: bigint;
  readonly campaignsRoi: SlowReturn;
  readonly seconds: bigint;
  readonly fee: SlowAmount;
  readonly borne: SlowAmount;
  readonly margin: SlowReturn;
}

type IsWanted = Parameters<typeof sumsOf>[2];
const OF_CLIENTS: IsWanted = (row) => row.dimension === 'client';

/** What a period cost and brought, and the return of the clients whose value is known. */
function returns(
  world: SlowWorld,
  span: SlowSpan,
): Pick<SlowPart, 'revenue' | 'cost' | 'value' | 'roi'> & { readonly valued: readonly string[] } {
  const told = (id: string): boolean => knownBy(world, id, span.last).revenue;
  const ids = world.raw.clients.map(({ id }) => id);
  const valued = ids.filter((id) => isPriced(world) || told(id));
  const sums = sumsOf(world, span, OF_CLIENTS);
  const { revenue, cost, value } = amountsOf(world, sums, ids.some(told));
  const judged = sumsOf(world, span, (row) => OF_CLIENTS(row) && valued.includes(row.clientId));
  const roi: SlowReturn =
    valued.length === 0
      ? { reason: 'missing_data' }
      : returnOf(amountsOf(world, judged, ids.some(told)));
  return { revenue, cost, value, roi, valued };
}

/** Works out every figure of a period, where it is `today`. */
export function slowPart(world: SlowWorld, span: SlowSpan, today: string): SlowPart {
  const { raw } = world;
  const sums = sumsOf(world, span, OF_CLIENTS);
  const { valued, ...told } = returns(world, span);
  const over = { first: span.first, last: span.last < today ? span.last : dayAfter(today, -1) };
  const overDays = BigInt(daysIn(over).length);
  const perDay = (count: bigint): SlowReturn =>
    overDays === 0n ? { reason: 'zero_denominator' } : { num: count, den: overDays };
  const clients = slowClients(world, span);
  return {
    days: daysIn(span).length,
    counts: {
      impressions: sums['impressions'] ?? null,
      engagement: sums['engagement'] ?? null,
      leads: toldSum(world, span, 'leads'),
      conversions: toldSum(world, span, 'conversions'),
    },
    posts: sums['posts'] ?? 0n,
    measuredPosts: sums['measured_posts'] ?? 0n,
    content: content(world, span),
    postsPerDay: perDay(sumsOf(world, over, OF_CLIENTS)['posts'] ?? 0n),
    contentPerDay: perDay(content(world, over)),
    ...told,
    averageRoi: averageRoi(
      raw.clients.map(({ id }) =>
        amountsOf(
          world,
          sumsOf(world, span, (row) => OF_CLIENTS(row) && row.clientId === id),
          knownBy(world, id, span.last).revenue,
        ),
      ),
    ),
    clients,
    withValue: clients.total.filter((id) => valued.includes(id)).length,
    activeCampaigns: activeCampaigns(world, span),
    campaignsRoi: campaignsRoi(slowCampaigns(world, span)),
    seconds: sums['seconds'] ?? 0n,
    ...margins(world, span, today),
  };
}

/** What is kept of all fees, with what tools cost that no client bears. */
function margins(
  world: SlowWorld,
  span: SlowSpan,
  today: string,
): Pick<SlowPart, 'fee' | 'borne' | 'margin'> {
  const fees = world.raw.clients.map(({ id }) => slowFee(world, id, span, today));
  const lacking = fees.find(({ reason }) => reason !== undefined);
  const known = fees.reduce((sum, fee) => sum + fee.known, 0n);
  const fee: SlowAmount = lacking
    ? { minor: null, known, reason: lacking.reason ?? '' }
    : { minor: known, known };
  const sums = sumsOf(world, span, OF_CLIENTS);
  const { cost: borne } = amountsOf(world, { ...sums, ads_minor: 0n, ads_missing: 0n }, false);
  const reason = fee.reason ?? borne.reason;
  if (fee.minor === null || borne.minor === null || reason !== undefined) {
    return { fee, borne, margin: { reason: reason ?? '' } };
  }
  if (fee.minor === 0n) return { fee, borne, margin: { reason: 'zero_denominator' } };
  const sign = fee.minor < 0n ? -1n : 1n;
  const margin = { num: (fee.minor - borne.minor) * sign, den: fee.minor * sign };
  return { fee, borne, margin };
}

/** A sum that is unknown as long as no client ever told one. */
function toldSum(world: SlowWorld, span: SlowSpan, kind: 'leads' | 'conversions'): bigint | null {
  const isTold = world.raw.clients.some(({ id }) => knownBy(world, id, span.last)[kind]);
  return isTold ? (sumsOf(world, span, OF_CLIENTS)[kind] ?? 0n) : null;
}

type Amounts = ReturnType<typeof amountsOf>;

function returnOf({ returned, cost }: Amounts): SlowReturn {
  if (returned.minor === null) return { reason: returned.reason ?? '' };
  if (cost.minor === null) return { reason: cost.reason ?? '' };
  if (cost.minor === 0n) return { reason: 'zero_denominator' };
  const net = returned.minor - cost.minor;
  return cost.minor < 0n ? { num: -net, den: -cost.minor } : { num: net, den: cost.minor };
}

function averageRoi(all: readonly Amounts[]): SlowReturn {
  const whole = all.filter(({ returned, cost }) => returned.minor !== null && cost.minor !== null);
  const spent = whole.filter(({ cost }) => (cost.minor ?? 0n) > 0n);
  if (spent.length === 0)
    return { reason: whole.length === 0 ? 'missing_data' : 'zero_denominator' };
  let sum: Quotient = { num: 0n, den: 1n };
  for (const amounts of spent) {
    const own = returnOf(amounts);
    if ('num' in own) sum = { num: sum.num * own.den + own.num * sum.den, den: sum.den * own.den };
  }
  return { num: sum.num, den: sum.den * BigInt(spent.length) };
}

function content({ raw, facts }: SlowWorld, { first, last }: SlowSpan): bigint {
  const of = facts.posts.filter(({ clientId, createdAt }) => {
    const client = raw.clients.find((one) => one.id === clientId);
    const date = client && localDate(client, createdAt);
    return date !== undefined && date >= first && date <= last;
  });
  return BigInt(of.length);
}

function activeCampaigns({ raw, facts }: SlowWorld, { first, last }: SlowSpan): bigint {
  const there = facts.campaigns.filter(({ clientId, from, to, archivedAt }) => {
    const client = raw.clients.find((one) => one.id === clientId);
    const gone = [archivedAt, client?.archivedAt ?? null].filter((at) => at !== null);
    const zones = [{ from: -Infinity, timeZone: facts.agency.timeZone }];
    if (gone.some((at) => localDate({ zones }, at) < first)) return false;
    return (from === null || from <= last) && (to === null || to >= first);
  });
  return BigInt(there.length);
}

interface SlowCampaign extends Amounts {
  readonly clientId: string;
  readonly key: string;
}

/** Every campaign that cost something. */
function slowCampaigns(world: SlowWorld, span: SlowSpan): SlowCampaign[] {
  const places = new Set(
    world.rows
      .filter((row) => row.dimension === 'campaign' && row.key !== '')
      .map((row) => [row.clientId, row.key].join('\n')),
  );
  return [...places].flatMap((place) => {
    const [clientId = '', key = ''] = place.split('\n');
    const sums = sumsOf(
      world,
      span,
      (row) => row.dimension === 'campaign' && row.clientId === clientId && row.key === key,
    );
    const amounts = amountsOf(world, sums, knownBy(world, clientId, span.last).revenue);
    return amounts.cost.known > 0n ? [{ clientId, key, ...amounts }] : [];
  });
}

function campaignsRoi(campaigns: readonly SlowCampaign[]): SlowReturn {
  const known = campaigns.filter(
    ({ returned, cost }) => returned.minor !== null && cost.minor !== null,
  );
  if (known.length === 0) return { reason: 'missing_data' };
  const sum = (pick: (one: SlowCampaign) => bigint | null): bigint =>
    known.reduce((all, one) => all + (pick(one) ?? 0n), 0n);
  const [returned, cost] = [sum((one) => one.returned.minor), sum((one) => one.cost.minor)];
  return { num: returned - cost, den: cost };
}

/** The campaigns that are to be shown. */
export function slowHighlights(world: SlowWorld, span: SlowSpan, count: number): unknown[] {
  const above = BigInt(world.facts.agency.highlightsAbove ?? 0);
  const all = slowCampaigns(world, span).flatMap((campaign) => {
    const { clientId, key, cost, value, returned } = campaign;
    const roi = returnOf(campaign);
    if (!('num' in roi) || cost.minor === null || cost.minor <= above) return [];
    return [{ clientId, key, roi, cost, value, returned: returned.minor ?? 0n }];
  });
  const first = <T>(a: T, b: T): number => (a === b ? 0 : a < b ? -1 : 1);
  all.sort(
    (a, b) =>
      first(b.roi.num * a.roi.den, a.roi.num * b.roi.den) ||
      first(b.returned, a.returned) ||
      first(a.key, b.key) ||
      first(a.clientId, b.clientId),
  );
  const { currency } = world.facts.agency;
  return all.slice(0, count).map(({ clientId, key, roi, cost, value }) => ({
    campaignId: key,
    clientWorkspaceId: clientId,
    name:
      world.facts.campaigns.find((one) => one.clientId === clientId && one.id === key)?.name ?? key,
    cost: amountWire(cost, currency),
    value: amountWire(value, currency),
    roiPercent: percentWire(roi),
  }));
}

/** The twelve months that end with the one of a day, that one up to the day. */
export function slowMonths(world: SlowWorld, lastDay: string): unknown[] {
  const { currency } = world.facts.agency;
  const current = `${lastDay.slice(0, 7)}-01`;
  return Array.from({ length: 12 }, (_, index) => {
    const first = monthLater(current, index - 11);
    const end = dayAfter(monthLater(first, 1), -1);
    const last = end < lastDay ? end : lastDay;
    const { cost, value, roi } = returns(world, { first, last });
    return {
      month: first.slice(0, 7),
      complete: end <= lastDay,
      cost: amountWire(cost, currency),
      value: amountWire(value, currency),
      roiPercent: percentWire(roi),
      annotations: annotationsOf(world, first, end),
    };
  });
}

function annotationsOf({ facts }: SlowWorld, first: string, last: string): string[] {
  return facts.annotations
    .filter(({ from, to }) => from <= last && to >= first)
    .map(({ id }) => id);
}

/** An amount in the form in which the API answers it. */
export function amountWire({ minor, known, reason }: SlowAmount, currency: string): unknown {
  if (minor !== null) return money(minor, currency);
  const part = reason === 'missing_rate' && { knownAmount: money(known, currency).amount };
  return { amount: null, currency, reason, ...part };
}

function percentWire(roi: SlowReturn): unknown {
  return 'num' in roi
    ? { value: decimal({ num: roi.num * 100n, den: roi.den }, 4), reason: null }
    : { value: null, reason: roi.reason };
}
