import { addDays, addMonthsClamped, type LocalDate } from '@retainer/domain';

/** Sends to the API as an agency; rejects what is refused. */
export type Send = (method: 'PUT' | 'POST', path: string, body?: object) => Promise<unknown>;

/** An agency to be made. */
export interface MadeAgency {
  readonly agencyId: string;
  readonly clients: number;
  /** Facts are told of the days before it. */
  readonly today: LocalDate;
  /** How many of them. */
  readonly days: number;
}

const NAMES = [
  [
    'Corner',
    'Tidal',
    'Lakeside',
    'Northern',
    'Golden',
    'Quiet',
    'Copper',
    'Maple',
    'Blue',
    'Old Town',
  ],
  [
    'Bakery',
    'Gym',
    'Hotel',
    'Dental',
    'Records',
    'Cycles',
    'Garden',
    'Optics',
    'Roasters',
    'Books',
  ],
] as const;
const TIERS = ['bronze', 'silver', 'gold'] as const;
const PLATFORMS = ['instagram', 'linkedin', 'facebook', 'tiktok'] as const;
const WEEKEND = [0, 6];

/** Makes an agency whose clients post, spend, and sell, some better than before and some worse. The same each time. */
export async function tellAgency(send: Send, made: MadeAgency): Promise<void> {
  const { agencyId, clients, today } = made;
  const ofAgency = `/api/agency/${agencyId}`;
  await send('POST', `${ofAgency}/service-tiers/default`);
  await send('PUT', `${ofAgency}/rates`, { level: 'agency', fromDate: null, hourlyRate: '48.00' });
  const first = addDays(today, -made.days);
  await send('POST', `${ofAgency}/tool-costs`, {
    name: 'Suite',
    amount: `${clients * 12}.00`,
    allocation: 'equal',
    startDate: first,
    everyMonths: 1,
  });
  const waiting = Array.from({ length: clients }, (_, index) => index);
  const work = async (): Promise<void> => {
    for (let index = waiting.shift(); index !== undefined; index = waiting.shift()) {
      // oxlint-disable-next-line no-await-in-loop -- a few at a time
      await tellClient(send, made, index);
    }
  };
  await Promise.all(Array.from({ length: 4 }, work));
}

/** The id of a client by its place. */
export function clientIdOf(index: number): string {
  return `client-${String(index).padStart(4, '0')}`;
}

/** The name of a client by its place. */
export function clientNameOf(index: number): string {
  const [firsts, seconds] = NAMES;
  const [first, second] = [firsts[index % 10], seconds[Math.floor(index / 10) % 10]];
  const round = Math.floor(index / 100);
  return `${first} ${second}${round === 0 ? '' : ` ${round + 1}`}`;
}

async function tellClient(send: Send, made: MadeAgency, index: number): Promise<void> {
  const { agencyId, today, days } = made;
  const id = clientIdOf(index);
  const random = randomOf(index + 1);
  const first = addDays(today, -days);
  const ofClient = `/api/clients/${id}`;
  await send('PUT', `/api/agency/${agencyId}/clients/${id}`, {
    name: clientNameOf(index),
    revenueConnected: true,
  });
  await send('POST', `${ofClient}/service-tier/assign`, {
    tierId: TIERS[index % 7 === 0 ? 2 : index % 3 === 0 ? 1 : 0],
    startDate: first,
  });
  await send('PUT', `${ofClient}/campaigns/main`, {
    name: `${clientNameOf(index)} ${SEASONS[index % 4]}`,
  });
  const size = 0.4 + random() * 1.8;
  const growth = random() * 1.4 - 0.6;
  const dates = Array.from({ length: days }, (_, day) => addDays(first, day));
  const rise = (day: number): number => size * (1 + (growth * day) / days);
  await send('POST', `${ofClient}/time-entries/import`, { csv: timesheet(dates, random, size) });
  for (const start of monthsOf(first, today)) {
    const end = addDays(addMonthsClamped(start, 1), -1);
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    await send('POST', `${ofClient}/ad-spend`, {
      startDate: start < first ? first : start,
      endDate: end < today ? end : addDays(today, -1),
      amount: (180 * size * (0.8 + random() * 0.5)).toFixed(2),
      platform: PLATFORMS[index % 4],
      campaignId: 'main',
    });
  }
  await send('POST', `${ofClient}/conversions/bulk`, { conversions: sales(dates, random, rise) });
  await send('POST', '/api/hooks/events', { events: posts(id, dates, random, size) });
  await send('POST', '/api/hooks/metrics', {
    clientWorkspaceId: id,
    observations: impressions(id, dates, rise),
  });
  if (index % 4 === 0) {
    await send('PUT', `${ofClient}/budgets`, {
      month: today.slice(0, 7),
      amount: (900 * size * (0.5 + random())).toFixed(2),
    });
  }
}

const SEASONS = ['spring', 'summer', 'autumn', 'winter'];

function timesheet(dates: readonly LocalDate[], random: () => number, size: number): string {
  const lines = dates
    .filter(isWorkday)
    .filter(() => random() < 0.35)
    .map((date) => `${date},${Math.round(40 * size + random() * 60)},mira,writing,main`);
  return ['date,minutes,person,activity,campaignId', ...lines].join('\n');
}

function sales(
  dates: readonly LocalDate[],
  random: () => number,
  rise: (day: number) => number,
): object[] {
  return dates.flatMap((date, day) => {
    if (random() < 0.45) return [];
    const common = { date, campaignId: 'main', source: 'shop', attributionModel: 'last_click' };
    const amount = (70 * rise(day) * (0.3 + random() * 1.4) * (isWorkday(date) ? 1 : 0.5)).toFixed(
      2,
    );
    return [
      { ...common, kind: 'revenue', amount: { amount, currency: 'USD' } },
      ...(random() < 0.5
        ? [{ ...common, kind: 'lead', count: 1 + Math.floor(random() * 3 * rise(day)) }]
        : []),
    ];
  });
}

function posts(
  clientWorkspaceId: string,
  dates: readonly LocalDate[],
  random: () => number,
  size: number,
): object[] {
  return dates
    .filter(() => random() < 0.18 * size)
    .slice(-95)
    .map((date) => {
      const platform = PLATFORMS[Math.floor(random() * 4)] ?? 'x';
      return {
        type: 'postPublished',
        clientWorkspaceId,
        postId: `post ${date}`,
        channels: [{ id: `${clientWorkspaceId} ${platform}`, platform }],
        campaignId: 'main',
        at: `${date}T15:00:00Z`,
      };
    });
}

function impressions(
  clientId: string,
  dates: readonly LocalDate[],
  rise: (day: number) => number,
): object[] {
  return dates.map((date, day) => ({
    channelId: `${clientId} instagram`,
    platform: 'instagram',
    metric: 'impressions',
    kind: 'daily',
    date,
    value: Math.max(0, Math.round(900 * rise(day) * (1 + (day % 5) / 10))),
  }));
}

function isWorkday(date: LocalDate): boolean {
  return !WEEKEND.includes(new Date(`${date}T12:00Z`).getUTCDay());
}

function monthsOf(first: LocalDate, today: LocalDate): LocalDate[] {
  const months: LocalDate[] = [];
  for (let month = `${first.slice(0, 8)}01`; month < today; month = addMonthsClamped(month, 1)) {
    months.push(month);
  }
  return months;
}

/** Numbers from 0 to 1, the same for the same seed. */
function randomOf(seed: number): () => number {
  let state = seed * 2_654_435_761;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
