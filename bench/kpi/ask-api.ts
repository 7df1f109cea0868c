import { startAgencyApi } from '../rest-connections.ts';
import { AGENCY_ID } from '../value/load-facts.ts';
import { pathOf, type Answer, type Contender, type Sums } from './question.ts';

interface Money {
  readonly amount: string | null;
}
interface Kpi<TValue> {
  readonly current: TValue;
  readonly previous: TValue;
}

/** What is read of the API's answer. */
interface Dashboard {
  readonly performance: Readonly<
    Record<'impressions' | 'engagement' | 'leads' | 'conversions', Kpi<number | null>>
  > & { readonly revenue: Kpi<Money>; readonly averageRoi: Kpi<string | null> };
  readonly contentVelocity: Readonly<Record<'posts' | 'content', Kpi<number | null>>>;
  readonly campaigns: {
    readonly active: Kpi<number | null>;
    readonly highlights: readonly { readonly campaignId: string }[];
  };
  readonly roi: Readonly<Record<'totalCost' | 'totalValue', Kpi<Money>>> & {
    readonly trend: readonly { month: string; cost: Money; value: Money }[];
  };
}

/** The served API, asked over REST. */
export async function overHttp(databaseUrl: string): Promise<Contender> {
  const api = await startAgencyApi(databaseUrl, AGENCY_ID);
  return {
    name: 'http, rest',
    turns: [
      { callers: 1, writing: 'nothing' },
      { callers: 1, writing: 'before each' },
      { callers: 16, writing: 'nothing' },
      { callers: 16, writing: 'all the time' },
    ],
    ask: async (question) => asOf(await api.get(pathOf(question))),
    answer: async (question) => answerOf(JSON.parse((await api.get(pathOf(question))).toString())),
    close: () => api.close(),
  };
}

const AS_OF = '"asOf":"';

// Read off the bytes: to parse the answer would cost the bench more than many an answer costs the API.
function asOf(body: Buffer): string {
  const at = body.lastIndexOf(AS_OF) + AS_OF.length;
  return body.toString('latin1', at, at + 24);
}

function answerOf(told: Dashboard): Answer {
  return {
    current: sumsOf(told, 'current'),
    previous: sumsOf(told, 'previous'),
    averageRoi: Number(told.performance.averageRoi.current).toFixed(4),
    trend: told.roi.trend.map(({ month, cost, value }) => ({
      month: `${month}-01`,
      costMinor: minorOf(cost),
      valueMinor: minorOf(value),
    })),
    highlights: told.campaigns.highlights.map(({ campaignId }) => campaignId),
  };
}

function sumsOf(told: Dashboard, side: 'current' | 'previous'): Sums {
  const { performance, contentVelocity, campaigns, roi } = told;
  return {
    impressions: Number(performance.impressions[side]),
    engagement: Number(performance.engagement[side]),
    leads: Number(performance.leads[side]),
    conversions: Number(performance.conversions[side]),
    posts: Number(contentVelocity.posts[side]),
    content: Number(contentVelocity.content[side]),
    campaigns: Number(campaigns.active[side]),
    costMinor: minorOf(roi.totalCost[side]),
    revenueMinor: minorOf(performance.revenue[side]),
    valueMinor: minorOf(roi.totalValue[side]),
  };
}

// The bench's one currency has two decimals.
function minorOf({ amount }: Money): number {
  return amount === null ? NaN : Math.round(Number(amount) * 100);
}
