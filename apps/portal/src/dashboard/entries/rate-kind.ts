import type { AnswerOf } from '../../connection/wire.ts';
import type { FieldSpec } from '../forms/field.ts';
import {
  amountOf,
  campaignField,
  campaignName,
  filled,
  given,
  scopeOf,
  type Desk,
  type LedgerKind,
  type LedgerRow,
} from './ledger.ts';

type Rate = AnswerOf<'rates.list'>['items'][number];
type Level = Rate['level'];

const LEVELS = [
  'client',
  'person_client',
  'campaign',
  'person_campaign',
  'person',
  'role',
  'agency',
] as const satisfies readonly Level[];

/** What each level is for. */
const KEYS: Readonly<Record<Level, readonly ('person' | 'role' | 'client' | 'campaign')[]>> = {
  client: ['client'],
  person_client: ['person', 'client'],
  campaign: ['client', 'campaign'],
  person_campaign: ['person', 'client', 'campaign'],
  person: ['person'],
  role: ['role'],
  agency: [],
};

/** What an hour costs, from a day on: a new one follows the one before. */
export const rateKind: LedgerKind = {
  name: 'rates',
  columns: ({ words: { entries } }) => [
    { label: entries.rateFor },
    { label: entries.fromDay },
    { label: entries.perHour, isNumber: true },
  ],
  list: async (desk, _days, cursor) => {
    const { agencyWorkspaceId, clientWorkspaceId } = scopeOf(desk);
    const asked = { agencyWorkspaceId, limit: 100, ...(cursor !== undefined && { cursor }) };
    const page = await desk.screen.query('rates.list', asked);
    // Those of other clients price nothing here.
    const own = page.items.filter(
      (rate) => rate.clientWorkspaceId === null || rate.clientWorkspaceId === clientWorkspaceId,
    );
    return { ...page, items: own.map((rate) => rowOf(desk, rate)) };
  },
  blank: ({ screen }) => ({
    level: 'client',
    person: '',
    role: '',
    campaignId: '',
    fromDate: screen.today,
    hourlyRate: '',
  }),
  fields: (desk, { level }) => {
    const { entries } = desk.words;
    const keys = KEYS[levelOf(level)];
    const person: FieldSpec = {
      name: 'person',
      label: entries.person,
      kind: 'text',
      isRequired: true,
    };
    const role: FieldSpec = { name: 'role', label: entries.role, kind: 'text', isRequired: true };
    return [
      {
        name: 'level',
        label: entries.rateFor,
        kind: 'select',
        choices: LEVELS.map((value) => ({ value, label: entries.levels[value] })),
        hint: entries.rateHint,
        isWide: true,
      },
      ...(keys.includes('person') ? [person] : []),
      ...(keys.includes('role') ? [role] : []),
      ...(keys.includes('campaign') ? [campaignField(desk)] : []),
      {
        name: 'hourlyRate',
        label: entries.perHour,
        kind: 'money',
        unit: keys.includes('client') ? desk.client.currency : desk.screen.agency.currency,
        isRequired: true,
      },
      {
        name: 'fromDate',
        label: entries.fromDay,
        kind: 'date',
        hint: entries.fromDayHint,
      },
    ];
  },
  create: async (desk, values) => {
    const { agencyWorkspaceId, clientWorkspaceId } = scopeOf(desk);
    const level = levelOf(values['level']);
    const keys = KEYS[level];
    return desk.screen.mutate('rates.set', {
      agencyWorkspaceId,
      level,
      ...(keys.includes('client') && { clientWorkspaceId }),
      ...given({
        person: keys.includes('person') ? filled(values['person']) : undefined,
        role: keys.includes('role') ? filled(values['role']) : undefined,
        campaignId: keys.includes('campaign') ? filled(values['campaignId']) : undefined,
      }),
      fromDate: filled(values['fromDate']) ?? null,
      hourlyRate: amountOf(desk, values['hourlyRate']) ?? '',
    });
  },
  remove: async (desk, rateId) =>
    desk.screen.mutate('rates.remove', {
      agencyWorkspaceId: desk.screen.agencyWorkspaceId,
      rateId,
    }),
  dayOf: ({ fromDate }) => filled(fromDate),
};

function levelOf(value: string | boolean | undefined): Level {
  return LEVELS.find((one) => one === value) ?? 'client';
}

function rowOf(desk: Desk, rate: Rate): LedgerRow {
  const { look, words, screen } = desk;
  const { level, fromDate, hourlyRate } = rate;
  const whose = [rate.person, rate.role, campaignName(desk, rate.campaignId)].filter(Boolean);
  const name = [words.entries.levels[level], ...whose].join(' · ');
  return {
    id: rate.id,
    name,
    cells: [
      name,
      fromDate === null ? words.entries.always : look.format.range(fromDate, fromDate),
      hourlyRate ? look.format.money(hourlyRate) : words.entries.inherited,
    ],
    values: {},
    // One that has begun prices time, and only another can follow it.
    isFixed: fromDate === null || fromDate <= screen.today,
  };
}
