import { addDays, type LocalDate } from '@retainer/domain';

/** The days whose figures the demo tells: four weeks, the last of them the one of the story. */
export interface ToldDays {
  readonly startDate: LocalDate;
  readonly endDate: LocalDate;
}

/** What a client's weeks looked like: hours, money and what a platform showed of it, a day on average. */
export interface ClientMonth {
  readonly clientId: string;
  readonly campaign: { readonly id: string; readonly name: string };
  /** A line of the timesheet that cannot be taken, as people type them. */
  readonly slip?: string;
  /** Minutes of each working day, by person. */
  readonly minutes: Readonly<Record<string, number>>;
  /** Impressions a day, by platform. */
  readonly impressions: Readonly<Record<string, number>>;
  readonly adSpend: { readonly platform: string; readonly amount: string };
  readonly leadsAWeek: number;
  /** What the client sold a week, and in which currency. */
  readonly sales: { readonly amount: string; readonly currency: string };
}

/** The weeks of each client of the demo. */
export const MONTHS: readonly ClientMonth[] = [
  {
    clientId: 'corner-bakery',
    campaign: { id: 'autumn', name: 'Autumn menu' },
    minutes: { mira: 35 },
    impressions: { linkedin: 410, x: 890 },
    adSpend: { platform: 'x', amount: '120.00' },
    leadsAWeek: 3,
    sales: { amount: '395.00', currency: 'USD' },
  },
  {
    clientId: 'tidal-gym',
    campaign: { id: 'new-year', name: 'New Year passes' },
    slip: '1h30,jonas,shooting,new-year',
    minutes: { mira: 45, jonas: 30 },
    impressions: { linkedin: 260, x: 540, facebook: 1900, instagram: 3350 },
    adSpend: { platform: 'instagram', amount: '840.00' },
    leadsAWeek: 17,
    sales: { amount: '1180.00', currency: 'USD' },
  },
  {
    clientId: 'lakeside-hotel',
    campaign: { id: 'off-season', name: 'Off-season weekends' },
    minutes: { jonas: 95, aiko: 60 },
    impressions: { facebook: 4200, instagram: 7900, youtube: 2600, tiktok: 5100 },
    adSpend: { platform: 'facebook', amount: '2400.00' },
    leadsAWeek: 22,
    sales: { amount: '4350.00', currency: 'EUR' },
  },
];

const DAYS = 28;
const WEEK_DAYS = 7;
const WORKING_DAYS = 5;

/** The four weeks that end with the one that began on `monday`. */
export function toldDays(monday: LocalDate): ToldDays {
  return { startDate: addDays(monday, WEEK_DAYS - DAYS), endDate: addDays(monday, WEEK_DAYS - 1) };
}

/** A client's tracked time as the CSV file of another tool. */
export function timesheet(
  { minutes, campaign, slip }: ClientMonth,
  { startDate }: ToldDays,
): string {
  const lines = ['date,minutes,person,activity,campaignId'];
  for (let day = 0; day < DAYS; day += 1) {
    if (day % WEEK_DAYS >= WORKING_DAYS) continue;
    for (const [person, spent] of Object.entries(minutes)) {
      const activity = day % 2 === 0 ? 'writing' : 'community';
      lines.push(
        [addDays(startDate, day), spent + (day % 3) * 5, person, activity, campaign.id].join(),
      );
    }
  }
  if (slip !== undefined) lines.push(`${addDays(startDate, 2)},${slip}`);
  return lines.join('\n');
}

/** What the platforms showed a client's accounts, day by day. */
export function observations({ clientId, impressions }: ClientMonth, days: ToldDays): object[] {
  return Object.entries(impressions).flatMap(([platform, average], place) =>
    Array.from({ length: DAYS }, (_, day) => {
      // Some days are better than others, and the last ones are the best.
      const shown = Math.round(average * (0.8 + ((day * 7) % 10) / 25 + day / 140));
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
        date: addDays(days.startDate, day),
        value,
      }));
    }).flat(),
  );
}

/** A client's leads, conversions and sales, a week at a time. */
export function conversions(
  { clientId, campaign, leadsAWeek, sales }: ClientMonth,
  { startDate }: ToldDays,
): object[] {
  return Array.from({ length: DAYS / WEEK_DAYS }, (_, week) => {
    const common = {
      date: addDays(startDate, week * WEEK_DAYS + 4),
      campaignId: campaign.id,
      source: 'shop',
      attributionModel: 'last_click',
    };
    const key = (kind: string): string => `${clientId}-${kind}-${week}`;
    return [
      { ...common, kind: 'lead', count: leadsAWeek + week, idempotencyKey: key('leads') },
      {
        ...common,
        kind: 'conversion',
        count: Math.ceil(leadsAWeek / 4),
        idempotencyKey: key('sold'),
      },
      { ...common, kind: 'revenue', amount: sales, idempotencyKey: key('sales') },
    ];
  }).flat();
}
