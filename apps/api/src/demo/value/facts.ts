import {
  addDays,
  addMonthsClamped,
  dayOfWeek,
  daysBetween,
  localDateOf,
  type LocalDate,
} from '@retainer/domain';

import { ZONE } from '../calendar.ts';

/** The days whose figures the demo tells: from when the clients came, to yesterday. */
export interface ToldDays {
  readonly startDate: LocalDate;
  readonly endDate: LocalDate;
}

/** What a client's days looked like: hours, money and what a platform showed of it, a day on average. */
export interface ClientDays {
  readonly clientId: string;
  readonly campaign: { readonly id: string; readonly name: string };
  /** A line of the timesheet that cannot be taken, as people type them. */
  readonly slip?: string;
  /** Minutes of each working day, by person. */
  readonly minutes: Readonly<Record<string, number>>;
  /** Impressions a day, by platform. */
  readonly impressions: Readonly<Record<string, number>>;
  /** What is spent on ads each week, in whole units of the agency's currency. */
  readonly adSpend: { readonly platform: string; readonly aWeek: number };
  readonly leadsAWeek: number;
  /** What the client sold a day, in cents, and in which currency. */
  readonly sales: { readonly cents: number; readonly currency: string };
}

/** The days of each client of the demo. */
export const CLIENT_DAYS: readonly ClientDays[] = [
  {
    clientId: 'corner-bakery',
    campaign: { id: 'autumn', name: 'Autumn menu' },
    minutes: { mira: 35 },
    impressions: { linkedin: 410, x: 890 },
    adSpend: { platform: 'x', aWeek: 30 },
    leadsAWeek: 3,
    sales: { cents: 56_40, currency: 'USD' },
  },
  {
    clientId: 'tidal-gym',
    campaign: { id: 'new-year', name: 'New Year passes' },
    slip: '1h30,jonas,shooting,new-year',
    minutes: { mira: 30, jonas: 18 },
    impressions: { linkedin: 260, x: 540, facebook: 1900, instagram: 3350 },
    adSpend: { platform: 'instagram', aWeek: 210 },
    leadsAWeek: 17,
    sales: { cents: 168_60, currency: 'USD' },
  },
  {
    clientId: 'lakeside-hotel',
    campaign: { id: 'off-season', name: 'Off-season weekends' },
    minutes: { jonas: 55, aiko: 30 },
    impressions: { facebook: 4200, instagram: 7900, youtube: 2600, tiktok: 5100 },
    adSpend: { platform: 'facebook', aWeek: 600 },
    leadsAWeek: 22,
    sales: { cents: 621_40, currency: 'EUR' },
  },
];

const WEEK_DAYS = 7;
const MONTHS = 3;

/** Three months before `monday`, so that what is billed by the month begins anew with its week, and all until `now`. */
export function toldDays(monday: LocalDate, now: Date): ToldDays {
  return {
    startDate: addMonthsClamped(monday, -MONTHS),
    endDate: addDays(localDateOf(ZONE, now.getTime()), -1),
  };
}

/** A client's tracked time as the CSV file of another tool. */
export function timesheet({ minutes, campaign, slip }: ClientDays, days: ToldDays): string {
  const lines = ['date,minutes,person,activity,campaignId'];
  for (const { date, day, isWeekend } of eachDay(days)) {
    if (isWeekend) continue;
    for (const [person, spent] of Object.entries(minutes)) {
      const activity = day % 2 === 0 ? 'writing' : 'community';
      lines.push([date, spent + (day % 3) * 5, person, activity, campaign.id].join());
    }
  }
  if (slip !== undefined) lines.push(`${addDays(days.startDate, 2)},${slip}`);
  return lines.join('\n');
}

/** What a client spent on ads, week by week. */
export function adSpend({ adSpend: { platform, aWeek }, campaign }: ClientDays, days: ToldDays) {
  return eachDay(days)
    .filter(({ day }) => day % WEEK_DAYS === 0)
    .map(({ date, day }) => ({
      startDate: date,
      endDate: addDays(date, WEEK_DAYS - 1),
      platform,
      amount: `${Math.round(aWeek * (1.1 - (day * 3) / 1000))}.00`,
      campaignId: campaign.id,
      idempotencyKey: `ads-${date}`,
    }));
}

/** What the platforms showed a client's accounts, day by day. */
export function observations({ clientId, impressions }: ClientDays, days: ToldDays): object[] {
  return Object.entries(impressions).flatMap(([platform, average], place) =>
    eachDay(days).flatMap(({ date, pace }) => {
      const shown = Math.round(average * pace);
      const observed = {
        impressions: shown,
        engagements: Math.round(shown * (0.031 + place * 0.008)),
        clicks: Math.round(shown * 0.012),
      };
      return Object.entries(observed).map(([metric, value]) => ({
        channelId: `${clientId}-${platform}`,
        platform,
        metric,
        kind: 'daily',
        date,
        value,
      }));
    }),
  );
}

/** A client's leads, conversions and sales, day by day. */
export function conversions(
  { clientId, campaign, leadsAWeek, sales }: ClientDays,
  days: ToldDays,
): object[] {
  return eachDay(days).flatMap(({ date, day, pace }) => {
    const common = {
      date,
      campaignId: campaign.id,
      source: 'shop',
      attributionModel: 'last_click',
    };
    const key = (kind: string): string => `${clientId}-${kind}-${date}`;
    const amount = ((sales.cents * pace) / 100).toFixed(2);
    const leads = countOf({ aWeek: leadsAWeek, day });
    const sold = countOf({ aWeek: leadsAWeek / 4, day });
    return [
      ...(leads > 0
        ? [{ ...common, kind: 'lead', count: leads, idempotencyKey: key('leads') }]
        : []),
      ...(sold > 0
        ? [{ ...common, kind: 'conversion', count: sold, idempotencyKey: key('sold') }]
        : []),
      {
        ...common,
        kind: 'revenue',
        amount: { amount, currency: sales.currency },
        idempotencyKey: key('sales'),
      },
    ];
  });
}

/** Spreads what comes in a week over its days, in whole numbers. */
function countOf({ aWeek, day }: { readonly aWeek: number; readonly day: number }): number {
  const until = (days: number): number => Math.floor((days * aWeek) / WEEK_DAYS);
  return until(day + 1) - until(day);
}

function eachDay({ startDate, endDate }: ToldDays) {
  return Array.from({ length: daysBetween(startDate, endDate) + 1 }, (_, day) => {
    const date = addDays(startDate, day);
    // Some days are better than others, and the last ones are the best.
    const pace = 0.7 + ((day * 7) % 10) / 25 + day / 300;
    return { date, day, pace, isWeekend: [0, 6].includes(dayOfWeek(date)) };
  });
}
