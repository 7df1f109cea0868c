import { momentIn } from '../calendar.ts';
import {
  asked,
  done,
  published,
  schedule,
  together,
  uploaded,
  type Account,
  type HostEvent,
  type Plan,
} from '../scheduler.ts';

const SIX = ['linkedin', 'x', 'facebook', 'instagram', 'tiktok', 'youtube'];
const SEASON = { id: 'hotel-1', title: 'Season opening', on: SIX };
const BRUNCH = { id: 'hotel-2', title: 'Sunday brunch', on: ['instagram', 'facebook'] };
const WEDDINGS = { id: 'hotel-3', title: 'Wedding boards', on: ['pinterest'] };

const ROOMS: readonly Plan[] = Array.from({ length: 14 }, (_, index) => ({
  id: `hotel-room-${index + 1}`,
  title: `Room ${index + 1}`,
  on: ['instagram'],
  for: [2 + (index % 5), index < 5 ? '09:00' : index < 10 ? '13:00' : '17:00'],
}));

/** Gold: twenty posts a week on six platforms, in bulk and on repeat. */
export function hotelWeek(of: Account): readonly HostEvent[] {
  return [
    schedule(of, [0, '10:00'], { ...SEASON, for: [1, '08:00'] }),
    schedule(of, [0, '11:00'], {
      ...BRUNCH,
      for: [6, '11:00'],
      fields: { recurrence: { everyDays: 7 } },
      note: 'weekly: holds the next 28 days',
    }),
    uploaded(of, [0, '16:00'], { name: 'season-film.mp4', bytes: 6_200_000_000 }),
    published(of, [1, '08:00'], SEASON),
    together(of, [1, '15:00'], {
      events: ROOMS.map((room) => schedule(of, [1, '15:00'], room)),
      what: '14 posts "Room of the day" in one request',
      note: 'each is answered for itself',
    }),
    schedule(of, [2, '10:00'], { ...WEDDINGS, for: [3, '10:00'] }),
    asked(of, [3, '14:00'], {
      key: 'hotel-texts-1',
      meter: 'ai_generations',
      quantity: 40,
      what: '40 AI texts asked for',
    }),
    done(of, [3, '14:03'], { key: 'hotel-texts-1', what: '40 AI texts written' }),
    asked(of, [4, '17:00'], {
      key: 'hotel-report-1',
      meter: 'reports',
      quantity: 1,
      what: 'report asked for',
    }),
    done(of, [4, '17:01'], { key: 'hotel-report-1', what: 'report sent' }),
    published(of, [6, '11:00'], { ...BRUNCH, fields: { occurrence: brunchOf(of, 0) } }),
    together(of, [6, '20:00'], {
      events: ROOMS.map((room) => published(of, room.for, room)),
      what: '14 posts reported at the end of the week',
      note: 'each counts in the week that held it',
    }),
    published(of, [13, '11:00'], { ...BRUNCH, fields: { occurrence: brunchOf(of, 1) } }),
  ];
}

// A recurring post's occurrence is named by the instant it was scheduled for, days of 24 hours apart.
function brunchOf({ monday }: Account, weeks: number): string {
  const first = momentIn(monday, 6, '11:00');
  return new Date(first.getTime() + weeks * WEEK_MS).toISOString();
}

const WEEK_MS = 7 * 86_400_000;
