import { picksFrom, randomNumbers, slowDashboardsOf, type SlowAsk } from '@retainer/core/testing';
import { describe, expect } from 'vitest';

import { fieldOf, isFields, type Fields } from '../fields.ts';
import { tellAgency, tellerOf, type Story, type Tell } from '../testing/kpi/tell-agency.ts';
import { tellFacts, tellFarewell } from '../testing/kpi/tell-facts.ts';
import { test as base, type RealServer } from '../testing/real-server.ts';

const STORIES = Number(process.env['KPI_STORIES'] ?? 4);
const FIRST_SEED = Number(process.env['KPI_SEED'] ?? 1);

/** Where agencies are, and when they look: after clocks changed, at the ends of months, on leap days. */
const PLACES = [
  { timeZone: 'Europe/Berlin', now: '2026-03-31T22:30:00Z' },
  { timeZone: 'America/New_York', now: '2026-03-10T15:00:00Z' },
  { timeZone: 'Australia/Lord_Howe', now: '2026-04-06T03:15:00Z' },
  { timeZone: 'Africa/Cairo', now: '2026-10-31T20:00:00Z' },
  { timeZone: 'America/St_Johns', now: '2026-11-03T02:00:00Z' },
  { timeZone: 'Pacific/Auckland', now: '2028-02-29T18:00:00Z' },
  { timeZone: 'Asia/Kolkata', now: '2026-12-31T23:45:00Z' },
] as const;
const ZONES = ['Europe/Berlin', 'America/Los_Angeles', 'Asia/Tokyo', 'Africa/Cairo'] as const;

const test = base.extend('made', { scope: 'file' }, async ({ server }) => {
  const stories = Array.from({ length: STORIES }, (_, index): Story => {
    const seed = FIRST_SEED + index;
    const place = PLACES[seed % PLACES.length] ?? PLACES[0];
    const { timeZone, now } = place;
    return { seed, agencyId: `story-${seed}`, timeZone, zones: [timeZone, ...ZONES], now };
  });
  // oxlint-disable-next-line no-await-in-loop -- one after the other: they share two cores
  for (const story of stories) await make(server, story);
  return stories;
});

async function make(server: RealServer, story: Story): Promise<void> {
  const agency = await server.headersOf({ role: 'agency', agencyId: story.agencyId });
  const tell: Tell = async (method, url, { at, body = {} }) => {
    const isRegistration = url === `/api/agency/${story.agencyId}`;
    const headers = { ...(isRegistration ? server.admin : agency), 'x-test-clock': at };
    const answer = await server.app.inject({ method, url, payload: body, headers });
    if (answer.statusCode === 200) return answer.json();
    throw new Error(`${method} ${url} ${JSON.stringify(body)}: ${answer.body}`);
  };
  const teller = tellerOf(tell, story);
  await tellAgency(teller);
  await tellFacts(teller);
  await tellFarewell(teller);
}

function answered(body: unknown): Fields {
  if (isFields(body)) return body;
  throw new Error(`not an answer: ${JSON.stringify(body)}`);
}

/** What may be asked of a story: the days that lie about its end, in every mode. */
function asksOf({ seed, now }: Story): SlowAsk[] {
  const picks = picksFrom(Array.from({ length: 200 }, randomNumbers(seed + 1000)));
  const day = (back: number): string =>
    new Date(Date.parse(now) - back * 86_400_000).toISOString().slice(0, 10);
  const month = day(0).slice(0, 7);
  const last = day(35).slice(0, 7);
  const modes = ['previous_period', 'previous_month', 'previous_year'] as const;
  const some = Array.from({ length: 5 }, (): SlowAsk => {
    const startDate = day(picks.int(50) + 1);
    const endDate = day(picks.int(30) - 3);
    return {
      startDate: startDate < endDate ? startDate : endDate,
      endDate,
      compareTo: picks.of(modes),
      matchWeekday: picks.int(2) === 0,
      highlights: 1 + picks.int(5),
    };
  });
  return [
    {},
    { comparePeriod: false },
    { startDate: `${month}-01` },
    { startDate: `${last}-01`, endDate: `${last}-28` },
    ...modes.map((compareTo): SlowAsk => ({ startDate: day(30), endDate: day(1), compareTo })),
    ...some,
  ];
}

describe('given agencies that live in other zones and look at the ends of months and after clocks changed', () => {
  test('when dashboards are read over the API, then each figure is that of the raw facts', async ({
    server,
    made,
  }) => {
    for (const story of made) {
      const { agencyId, now } = story;
      // oxlint-disable-next-line no-await-in-loop -- one after the other, to tell them apart
      const agency = await server.headersOf({ role: 'agency', agencyId });
      const asks = asksOf(story);
      const answers: unknown[] = [];
      for (const ask of asks) {
        const query = Object.entries(ask).map(([name, value]) => `${name}=${String(value)}`);
        // oxlint-disable-next-line no-await-in-loop -- the same
        const answer = await server.app.inject({
          url: `/api/agency/${agencyId}/kpi-dashboard?${query.join('&')}`,
          headers: { ...agency, 'x-test-clock': now },
        });
        answers.push(answer.json());
      }
      // oxlint-disable-next-line no-await-in-loop -- the same
      const slow = await slowDashboardsOf(server.ownerUrl, { agencyId, asks, now });
      for (const [index, ask] of asks.entries()) {
        const body = { agencyWorkspaceId: agencyId, ...slow[index], asOf: new Date(now) };
        // What counters and promises tell of insights has tests of its own.
        const margin = fieldOf(fieldOf(answers[index], 'insights'), 'margin');
        expect({ agencyId, ask, ...answered(answers[index]), insights: { margin } }).toEqual({
          agencyId,
          ask,
          ...answered(JSON.parse(JSON.stringify(body))),
        });
      }
    }
  }, 600_000);
});
