import { createContext, getClientValueTracking, type Database } from '@retainer/core';

import { AGENCY_ID } from './load-facts.ts';
import type { Answer, Contender, Question, Row } from './question.ts';

type Tracking = Awaited<ReturnType<typeof getClientValueTracking>>;
type Figures = Pick<Tracking['current'], 'cost' | 'value'>;

/** The use case itself, as a host's own code calls it. */
export function inProcess({ orm, readPool }: Database): Contender {
  const ask = ({ clientId: clientWorkspaceId, startDate, endDate }: Question) =>
    getClientValueTracking(
      createContext({
        orm,
        readPool,
        agencyId: AGENCY_ID,
        actor: { kind: 'agency', id: AGENCY_ID },
        now: () => new Date(),
      }),
      { clientWorkspaceId, startDate, endDate },
    );
  return {
    name: 'in process',
    callers: [1],
    ask,
    answer: async (question) => answerOf(await ask(question)),
    close: async () => undefined,
  };
}

/** What the product's answer says, from the library or over HTTP. */
export function answerOf({ current }: { readonly current: Tracking['current'] }): Answer {
  const { platform, contentType, campaign, day } = current.breakdowns;
  const rowsOf = (name: string, rows: typeof day): [string, Row][] =>
    rows.map((row) => [`${name} ${row.key === 'unattributed' ? '' : row.key}`, rowOf(row)]);
  return new Map([
    ['total', rowOf(current)],
    ...rowsOf('platform', platform),
    ...rowsOf('content_type', contentType),
    ...rowsOf('campaign', campaign),
    ...rowsOf('day', day),
  ]);
}

function rowOf({ cost, value }: Figures): Row {
  return {
    impressions: value.impressions,
    engagement: value.engagement,
    clicks: value.clicks,
    posts: value.coverage.posts,
    leads: value.leads ?? 0,
    conversions: value.conversions ?? 0,
    costMinor: minorOf(cost.total.amount),
    revenueMinor: minorOf(value.revenue.amount),
  };
}

// Everything is in euros: two decimals.
function minorOf(amount: string | null): number {
  return Math.round(Number(amount ?? 0) * 100);
}
