import {
  asked,
  deleted,
  done,
  failed,
  published,
  reschedule,
  schedule,
  uploadDeleted,
  uploaded,
  type Account,
  type HostEvent,
} from '../scheduler.ts';

const EVERYWHERE = ['linkedin', 'x', 'facebook', 'instagram'];
const SPIN = { id: 'gym-1', title: 'Spin schedule', on: EVERYWHERE };
const COACH = { id: 'gym-2', title: 'Coach portrait', on: ['instagram'] };
const OPEN_DAY = { id: 'gym-3', title: 'Open day', on: ['facebook', 'instagram'] };
const TIP = { id: 'gym-4', title: 'Warm-up tip', on: ['x'] };
const FINISH = { id: 'gym-live', title: 'Finish line, live', on: ['instagram'] };
const RAIN = { id: 'gym-5', title: 'Outdoor class', on: ['facebook'] };
const DANCE = { id: 'gym-6', title: 'Dance challenge', on: ['tiktok', 'instagram'] };
const MEMBER = { id: 'gym-7', title: 'Member of the month', on: ['facebook'] };

/** Silver: ten posts a week on four platforms, and a week in which plans change. */
export function gymWeek(of: Account): readonly HostEvent[] {
  return [...plans(of), ...changes(of), ...files(of), ...work(of)];
}

function plans(of: Account): readonly HostEvent[] {
  return [
    schedule(of, [0, '07:00'], {
      ...SPIN,
      for: [0, '18:00'],
      note: 'four channels, one post',
    }),
    published(of, [0, '18:00'], SPIN),
    schedule(of, [1, '12:00'], { ...COACH, for: [2, '17:00'] }),
    schedule(of, [2, '08:00'], { ...OPEN_DAY, for: [5, '10:00'] }),
    schedule(of, [2, '16:00'], { ...TIP, for: [3, '07:00'] }),
    schedule(of, [4, '10:00'], { ...DANCE, for: [5, '18:00'] }),
    schedule(of, [5, '09:00'], { ...RAIN, for: [6, '09:00'] }),
    schedule(of, [6, '18:00'], { ...MEMBER, for: [10, '18:00'] }),
    published(of, [8, '10:00'], OPEN_DAY),
    published(of, [10, '18:00'], MEMBER),
  ];
}

function changes(of: Account): readonly HostEvent[] {
  return [
    reschedule(of, [2, '11:00'], {
      ...COACH,
      for: [3, '17:00'],
      note: 'the same week: nothing changes',
    }),
    failed(of, [3, '07:00'], {
      ...TIP,
      final: false,
      why: 'the network was busy',
      note: 'it may be tried again: the hold stays',
    }),
    published(of, [3, '07:40'], { ...TIP, note: 'the second try' }),
    published(of, [3, '17:00'], COACH),
    published(of, [3, '20:00'], { ...FINISH, note: 'by hand, without asking: counted, flagged' }),
    reschedule(of, [4, '15:00'], {
      ...OPEN_DAY,
      for: [8, '10:00'],
      note: 'another week: the hold moves there',
    }),
    deleted(of, [5, '12:00'], RAIN),
  ];
}

function files(of: Account): readonly HostEvent[] {
  return [
    uploaded(of, [1, '09:00'], { name: 'spin-trailer.mp4', bytes: 740_000_000 }),
    uploaded(of, [1, '09:05'], { name: 'open-day.mp4', bytes: 1_200_000_000 }),
    uploadDeleted(of, [3, '11:00'], 'spin-trailer.mp4'),
  ];
}

function work(of: Account): readonly HostEvent[] {
  return [
    asked(of, [1, '11:00'], {
      key: 'gym-captions-1',
      meter: 'ai_generations',
      quantity: 12,
      what: '12 AI captions asked for',
    }),
    done(of, [1, '11:02'], { key: 'gym-captions-1', what: '12 AI captions written' }),
    asked(of, [4, '16:00'], {
      key: 'gym-report-1',
      meter: 'reports',
      quantity: 1,
      what: 'report asked for',
    }),
    done(of, [4, '16:01'], { key: 'gym-report-1', what: 'report sent' }),
  ];
}
