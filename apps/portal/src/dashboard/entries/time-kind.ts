import type { AnswerOf } from '../../connection/wire.ts';
import { clockOf, minutesOf } from '../forms/numbers.ts';
import {
  amountOf,
  campaignField,
  campaignName,
  filled,
  filledOrNull,
  given,
  platformField,
  scopeOf,
  type Desk,
  type LedgerKind,
  type LedgerRow,
  type Values,
} from './ledger.ts';

type Entry = AnswerOf<'timeEntries.list'>['items'][number];

/** Hours that people worked for a client. */
export const timeKind: LedgerKind = {
  name: 'time',
  sample: 'date,minutes,person,activity,billable\n2026-11-02,90,mira,writing,yes',
  columns: ({ words: { entries } }) => [
    { label: entries.day },
    { label: entries.person },
    { label: entries.activity },
    { label: entries.campaign },
    { label: entries.duration, isNumber: true },
    { label: entries.rate, isNumber: true },
    { label: entries.cost, isNumber: true },
  ],
  list: async (desk, days, cursor) => {
    const page = await desk.screen.query('timeEntries.list', {
      ...scopeOf(desk),
      ...days,
      limit: 25,
      ...(cursor !== undefined && { cursor }),
    });
    return { ...page, items: page.items.map((entry) => rowOf(desk, entry)) };
  },
  blank: ({ screen }) => ({
    how: 'day',
    date: screen.today,
    duration: '',
    startedAt: '',
    endedAt: '',
    person: '',
    activity: '',
    campaignId: '',
    platform: '',
    billable: true,
    hourlyRate: '',
    note: '',
  }),
  fields: (desk, { how }) => {
    const { entries } = desk.words;
    const when =
      how === 'span'
        ? ([
            { name: 'startedAt', label: entries.startedAt, kind: 'time', isRequired: true },
            { name: 'endedAt', label: entries.endedAt, kind: 'time', isRequired: true },
          ] as const)
        : ([
            { name: 'date', label: entries.day, kind: 'date', isRequired: true },
            {
              name: 'duration',
              path: 'minutes',
              label: entries.duration,
              kind: 'text',
              isRequired: true,
              hint: entries.durationHint,
            },
          ] as const);
    return [
      {
        name: 'how',
        label: entries.how,
        kind: 'select',
        isWide: true,
        choices: [
          { value: 'day', label: entries.howDay },
          { value: 'span', label: entries.howSpan },
        ],
      },
      ...when,
      { name: 'person', label: entries.person, kind: 'text', hint: entries.personHint },
      { name: 'activity', label: entries.activity, kind: 'text' },
      campaignField(desk),
      platformField(desk),
      {
        name: 'hourlyRate',
        label: entries.ownRate,
        kind: 'money',
        unit: desk.client.currency,
        hint: entries.ownRateHint,
      },
      { name: 'billable', label: entries.billable, kind: 'check' },
      { name: 'note', label: entries.note, kind: 'note' },
    ];
  },
  create: async (desk, values, idempotencyKey) =>
    desk.screen.mutate('timeEntries.create', {
      ...scopeOf(desk),
      ...timeOf(desk, values),
      ...given({
        person: filled(values['person']),
        activity: filled(values['activity']),
        campaignId: filled(values['campaignId']),
        platform: filled(values['platform']),
        note: filled(values['note']),
        hourlyRate: amountOf(desk, values['hourlyRate']),
      }),
      billable: values['billable'] === true,
      idempotencyKey,
    }),
  update: async (desk, timeEntryId, values) =>
    desk.screen.mutate('timeEntries.update', {
      ...scopeOf(desk),
      timeEntryId,
      ...timeOf(desk, values),
      ...given({ person: filled(values['person']), activity: filled(values['activity']) }),
      campaignId: filledOrNull(values['campaignId']),
      platform: filledOrNull(values['platform']),
      note: filled(values['note']) ?? '',
      hourlyRate: amountOf(desk, values['hourlyRate']) ?? null,
      billable: values['billable'] === true,
    }),
  remove: async (desk, timeEntryId) =>
    desk.screen.mutate('timeEntries.delete', { ...scopeOf(desk), timeEntryId }),
  takeCsv: async (desk, csv, dryRun) =>
    desk.screen.mutate('timeEntries.import', { ...scopeOf(desk), csv, dryRun }),
  dayOf: ({ how, date, startedAt }) => filled(how === 'span' ? startedAt : date)?.slice(0, 10),
};

function timeOf({ look }: Desk, values: Values) {
  if (values['how'] === 'span') {
    return given({
      startedAt: instantOf(filled(values['startedAt'])),
      endedAt: instantOf(filled(values['endedAt'])),
    });
  }
  const duration = filled(values['duration']);
  return given({
    date: filled(values['date']),
    minutes: duration === undefined ? undefined : minutesOf(duration, look.locale),
  });
}

/** What the reader's own clock shows, as an instant. */
function instantOf(local: string | undefined): string | undefined {
  return local === undefined ? undefined : new Date(local).toISOString();
}

function localOf(instant: string | null): string {
  if (instant === null) return '';
  const date = new Date(instant);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

function rowOf(desk: Desk, entry: Entry): LedgerRow {
  const { look, words } = desk;
  const { format } = look;
  const { cost, reason, minutes } = entry.live
    ? { ...entry.live }
    : { cost: entry.cost, reason: entry.reason, minutes: entry.minutes };
  const date = dayOf(entry);
  const day = format.range(date, date);
  const money = (amount: Entry['cost']): string => (amount ? format.money(amount) : '—');
  return {
    id: entry.id,
    name: words.entries.entryOf(entry.person, day),
    isRunning: entry.startedAt !== null && entry.endedAt === null,
    remark: reason === 'missing_rate' ? words.entries.missingRate : undefined,
    cells: [
      day,
      entry.person,
      entry.activity || words.entries.sources[entry.source],
      campaignName(desk, entry.campaignId),
      clockOf(minutes),
      money(entry.rate),
      money(cost),
    ],
    values: valuesOf(entry),
  };
}

/** The day that an entry counts on first. */
function dayOf({ days, date, startedAt }: Entry): string {
  return days[0]?.date ?? date ?? startedAt?.slice(0, 10) ?? '';
}

function valuesOf(entry: Entry): Values {
  const { campaignId, platform, hourlyRate } = entry;
  return {
    how: entry.startedAt === null ? 'day' : 'span',
    date: entry.date ?? '',
    duration: clockOf(entry.minutes),
    startedAt: localOf(entry.startedAt),
    endedAt: localOf(entry.endedAt),
    person: entry.person,
    activity: entry.activity,
    campaignId: campaignId ?? '',
    platform: platform ?? '',
    billable: entry.billable,
    hourlyRate: hourlyRate?.amount ?? '',
    note: entry.note,
  };
}
