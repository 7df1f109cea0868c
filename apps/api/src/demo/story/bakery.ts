import {
  asked,
  done,
  draft,
  failed,
  published,
  reschedule,
  schedule,
  uploaded,
  type Account,
  type HostEvent,
  type Plan,
} from '../scheduler.ts';

const SOURDOUGH = { id: 'bakery-1', title: 'Sourdough Monday', on: ['linkedin', 'x'] };
const HOURS = { id: 'bakery-2', title: 'New opening hours', on: ['linkedin'] };
const WINDOW = { id: 'bakery-3', title: 'Shop window', on: ['x'] };
const MENU = { id: 'bakery-4', title: 'Autumn menu', on: ['linkedin', 'x'] };
const APPRENTICE = { id: 'bakery-5', title: 'Our apprentice', on: ['linkedin'] };
const WEEKEND = { id: 'bakery-6', title: 'Weekend special', on: ['x'] };

/** Bronze: five posts a week on LinkedIn and X, all of them wanted. */
export function bakeryWeek(of: Account): readonly HostEvent[] {
  return [...earlyInTheWeek(of), ...lateInTheWeek(of), ...nextWeek(of)];
}

function earlyInTheWeek(of: Account): readonly HostEvent[] {
  return [
    schedule(of, [0, '08:30'], { ...SOURDOUGH, for: [0, '12:00'] }),
    draft(of, [0, '08:45'], MENU),
    uploaded(of, [0, '09:10'], { name: 'autumn-menu.jpg', bytes: 3_400_000 }),
    published(of, [0, '12:00'], { ...SOURDOUGH, on: ['linkedin'] }),
    published(of, [0, '12:01'], { ...SOURDOUGH, on: ['x'], note: 'the same post: it counts once' }),
    schedule(of, [1, '10:00'], { ...HOURS, for: [2, '09:00'] }),
    asked(of, [1, '10:20'], {
      key: 'bakery-caption-1',
      meter: 'ai_generations',
      quantity: 1,
      what: 'AI caption asked for',
    }),
    done(of, [1, '10:21'], { key: 'bakery-caption-1', what: 'AI caption written' }),
    published(of, [2, '09:00'], HOURS),
    schedule(of, [2, '09:30'], { ...WINDOW, on: ['x', 'instagram'], for: [3, '18:00'] }),
    schedule(of, [2, '09:32'], { ...WINDOW, for: [3, '18:00'] }),
    reschedule(of, [2, '14:00'], { ...MENU, for: [4, '12:00'], verb: 'scheduled' }),
  ];
}

function lateInTheWeek(of: Account): readonly HostEvent[] {
  return [
    schedule(of, [3, '08:15'], { ...APPRENTICE, for: [4, '09:00'] }),
    published(of, [3, '18:00'], WINDOW),
    schedule(of, [3, '18:20'], { ...WEEKEND, for: [5, '10:00'] }),
    failed(of, [4, '09:00'], {
      ...APPRENTICE,
      final: true,
      why: 'access was revoked',
      note: 'final: its hold came back',
    }),
    schedule(of, [4, '09:20'], { ...WEEKEND, for: [5, '10:00'], note: 'the room that came back' }),
    published(of, [4, '12:00'], MENU),
    published(of, [5, '10:00'], WEEKEND),
  ];
}

const PLANS: readonly (Plan & { readonly planned: string })[] = [
  { id: 'bakery-7', title: 'Rye week', on: ['linkedin', 'x'], for: [7, '12:00'], planned: '17:00' },
  {
    id: 'bakery-8',
    title: 'Meet the miller',
    on: ['linkedin'],
    for: [8, '12:00'],
    planned: '17:05',
  },
  { id: 'bakery-9', title: 'Bread quiz', on: ['x'], for: [9, '12:00'], planned: '17:10' },
  {
    id: 'bakery-10',
    title: 'Cake orders',
    on: ['linkedin', 'x'],
    for: [10, '12:00'],
    planned: '17:15',
  },
];

function nextWeek(of: Account): readonly HostEvent[] {
  return PLANS.flatMap(({ planned, ...plan }) => [
    schedule(of, [6, planned], plan),
    published(of, plan.for, plan),
  ]);
}
