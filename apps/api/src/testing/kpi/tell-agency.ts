import { picksFrom, randomNumbers, type Picks } from '@retainer/core/testing';

/** Sends a call as the agency, at an instant; anything but 200 is an error. */
export type Tell = (
  method: 'PUT' | 'POST' | 'DELETE',
  path: string,
  told: { readonly at: string; readonly body?: object },
) => Promise<unknown>;

/** An agency to be made up: the same seed makes up the same. */
export interface Story {
  readonly seed: number;
  readonly agencyId: string;
  readonly timeZone: string;
  /** The zones that its clients live by. */
  readonly zones: readonly [string, ...string[]];
  /** The last days that anything happens on come before this instant. */
  readonly now: string;
}

/** A story that is being told. */
export interface Teller {
  readonly tell: Tell;
  readonly picks: Picks;
  readonly story: Story;
  readonly clients: readonly string[];
  readonly ofAgency: string;
  readonly ofClient: (id: string) => string;
  /** A local date of the last ten weeks, most of them recent. */
  readonly day: () => string;
  /** A moment of such a day, on a quarter of an hour. */
  readonly moment: () => string;
}

const DAY_MS = 86_400_000;
const QUARTER_MS = 900_000;
const WEEKS_BACK = 75;

export const CAMPAIGNS = ['spring', 'brand', 'launch'] as const;
export const PLATFORMS = ['x', 'linkedin', 'instagram'] as const;

/** Opens a story; `seed` decides everything in it. */
export function tellerOf(tell: Tell, story: Story): Teller {
  const picks = picksFrom(Array.from({ length: 20_000 }, randomNumbers(story.seed)));
  const end = Date.parse(story.now);
  const at = (): number => {
    const days = picks.int(3) === 0 ? picks.int(WEEKS_BACK) : picks.int(35);
    const moment = end - days * DAY_MS - picks.int(96) * QUARTER_MS;
    return Math.floor(moment / QUARTER_MS) * QUARTER_MS;
  };
  return {
    tell,
    picks,
    story,
    clients: ['a', 'b', 'c', 'd'].map((letter) => `${story.agencyId} ${letter}`),
    ofAgency: `/api/agency/${story.agencyId}`,
    ofClient: (id) => `/api/clients/${encodeURIComponent(id)}`,
    day: () => new Date(at()).toISOString().slice(0, 10),
    moment: () => new Date(at()).toISOString(),
  };
}

/** When the agency and its first clients were registered. */
function startOf({ now }: Story): string {
  return daysBefore(now, WEEKS_BACK + 10);
}

/** The agency, its clients, their tiers, campaigns and rates. */
export async function tellAgency(teller: Teller): Promise<void> {
  const { tell, picks, story, ofAgency } = teller;
  const at = startOf(story);
  await tell('PUT', ofAgency, {
    at,
    body: {
      name: story.agencyId,
      timeZone: story.timeZone,
      currency: picks.of(['USD', 'EUR']),
      hourlyRate: '64.20',
      ...(picks.int(3) > 0 && { conversionValue: '12.50' }),
      ...(picks.int(3) === 0 && { leadValue: '3.00' }),
      savedTimeInRoi: picks.int(2) === 0,
    },
  });
  await tell('POST', `${ofAgency}/service-tiers/default`, { at });
  await tellRates(teller, at);
  for (const id of teller.clients) {
    // One client after another, so that the same seed tells the same.
    // oxlint-disable-next-line no-await-in-loop
    await tellClient(teller, id);
  }
}

async function tellRates({ tell, picks, story, ofAgency, day }: Teller, at: string): Promise<void> {
  // Not of all days: the latest of the week before counts, and some facts find none at first.
  const rates = Array.from({ length: 24 }, (_, index) => ({
    date: daysBefore(story.now, 1 + index * 4).slice(0, 10),
    quote: 'USD',
    rate: `1.${1000 + picks.int(900)}`,
  }));
  await tell('PUT', `${ofAgency}/exchange-rates`, { at, body: { base: 'EUR', rates } });
  const fromDate = day();
  await tell('PUT', `${ofAgency}/rates`, {
    at,
    body: { level: 'person', person: 'ada', fromDate, hourlyRate: '81.07' },
  });
  const baseline = { fromDate: '2020-01-01', baselineMinutes: 31, actualMinutes: 4 };
  await tell('PUT', `${ofAgency}/time-saved-baselines`, { at, body: baseline });
}

async function tellClient(teller: Teller, id: string): Promise<void> {
  const { tell, picks, story, ofAgency, ofClient, day } = teller;
  const at = picks.int(3) === 0 ? teller.moment() : startOf(story);
  await tell('PUT', `${ofAgency}/clients/${encodeURIComponent(id)}`, {
    at,
    body: {
      name: id,
      timeZone: picks.of(story.zones),
      ...(picks.int(2) === 0 && { currency: picks.of(['EUR', 'USD']) }),
      revenueConnected: picks.int(3) === 0,
    },
  });
  if (picks.int(5) > 0) await tellTiers(teller, id, at);
  for (const campaignId of CAMPAIGNS) {
    if (picks.int(3) === 0) continue;
    const [startDate, endDate] = [day(), day()].toSorted();
    const dates = {
      ...(picks.int(4) > 0 && { startDate }),
      ...(picks.int(4) > 0 && { endDate }),
    };
    // oxlint-disable-next-line no-await-in-loop
    await tell('PUT', `${ofClient(id)}/campaigns/${campaignId}`, {
      at,
      body: { name: `The ${campaignId}`, ...dates },
    });
  }
}

/** A tier, perhaps on trial, perhaps another later, a pause, an end. */
async function tellTiers({ tell, picks, story, ofClient }: Teller, id: string, at: string) {
  const path = `${ofClient(id)}/service-tier`;
  const later = (days: number): string => daysAfter(at, days);
  const isOver = (instant: string): boolean => instant >= story.now;
  const trial = picks.int(3) === 0 && { trialEndsAt: later(9 + picks.int(9)) };
  const tierId = picks.of(['bronze', 'silver']);
  await tell('POST', `${path}/assign`, { at, body: { tierId, ...trial } });
  const changed = later(2 + picks.int(50));
  if (picks.int(2) === 0 && !trial && !isOver(changed)) {
    const body = { tierId: 'gold', upgrade: true };
    await tell('POST', `${path}/assign`, { at: changed, body });
  }
  const paused = later(3 + picks.int(60));
  if (picks.int(3) === 0 && !trial && !isOver(paused)) {
    const until = picks.maybe(60, daysAfter(paused, 1 + picks.int(9)));
    await tell('POST', `${path}/pause`, { at: paused, body: { until } });
  }
}

/** An instant so many days earlier. */
function daysBefore(iso: string, days: number): string {
  return daysAfter(iso, -days);
}

/** An instant so many days later. */
export function daysAfter(iso: string, days: number): string {
  return new Date(Date.parse(iso) + days * DAY_MS).toISOString();
}
