import type { AnswerOf } from '../../connection/wire.ts';
import type { FieldSpec } from '../forms/field.ts';
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

type Conversion = AnswerOf<'conversions.list'>['items'][number];

const KINDS = ['lead', 'conversion', 'revenue'] as const;
type Kind = (typeof KINDS)[number];

/** What came of the work: leads, conversions, revenue. */
export const conversionKind: LedgerKind = {
  name: 'conversions',
  sample:
    'date,kind,count,amount,source,attributionModel\n2026-11-06,lead,3,,form,last_click\n2026-11-06,revenue,,1180.00,shop,last_click',
  columns: ({ words: { entries } }) => [
    { label: entries.day },
    { label: entries.what },
    { label: entries.source },
    { label: entries.campaign },
    { label: entries.count, isNumber: true },
    { label: entries.amount, isNumber: true },
  ],
  list: async (desk, days, cursor) => {
    const page = await desk.screen.query('conversions.list', {
      ...scopeOf(desk),
      ...days,
      limit: 25,
      ...(cursor !== undefined && { cursor }),
    });
    return { ...page, items: page.items.map((conversion) => rowOf(desk, conversion)) };
  },
  blank: ({ screen }) => ({
    kind: 'lead',
    date: screen.today,
    count: '1',
    amount: '',
    source: '',
    attributionModel: '',
    campaignId: '',
    platform: '',
  }),
  fields: (desk, { kind }) => {
    const { entries } = desk.words;
    const isRevenue = kind === 'revenue';
    const amount: FieldSpec = {
      name: 'amount',
      label: entries.amount,
      kind: 'money',
      isRequired: isRevenue,
      unit: desk.client.currency,
      hint: isRevenue ? entries.refundHint : entries.conversionHint,
    };
    return [
      {
        name: 'kind',
        label: entries.what,
        kind: 'select',
        choices: KINDS.map((value) => ({ value, label: entries.kinds[value] })),
      },
      { name: 'date', label: entries.day, kind: 'date', isRequired: true },
      { name: 'count', label: entries.count, kind: 'number' },
      ...(kind === 'lead' ? [] : [amount]),
      {
        name: 'source',
        label: entries.source,
        kind: 'text',
        isRequired: isRevenue,
        hint: entries.sourceHint,
      },
      {
        name: 'attributionModel',
        label: entries.attribution,
        kind: 'suggest',
        isRequired: isRevenue,
        choices: ['last_click', 'first_click', 'linear', 'reported'].map((value) => ({
          value,
          label: value,
        })),
      },
      campaignField(desk),
      platformField(desk),
    ];
  },
  create: async (desk, values, idempotencyKey) =>
    desk.screen.mutate('conversions.create', {
      ...scopeOf(desk),
      ...saidOf(desk, values),
      ...given({
        amount: amountIn(desk, values),
        campaignId: filled(values['campaignId']),
        platform: filled(values['platform']),
      }),
      idempotencyKey,
    }),
  update: async (desk, conversionId, values) =>
    desk.screen.mutate('conversions.update', {
      ...scopeOf(desk),
      conversionId,
      ...saidOf(desk, values),
      amount: amountIn(desk, values) ?? null,
      campaignId: filledOrNull(values['campaignId']),
      platform: filledOrNull(values['platform']),
    }),
  remove: async (desk, conversionId) =>
    desk.screen.mutate('conversions.delete', { ...scopeOf(desk), conversionId }),
  takeCsv: async (desk, csv, dryRun) =>
    desk.screen.mutate('conversions.import', { ...scopeOf(desk), csv, dryRun }),
  dayOf: ({ date }) => filled(date),
};

function saidOf(desk: Desk, values: Values) {
  return {
    kind: kindOf(values['kind']),
    date: filled(values['date']) ?? '',
    count: Number(amountOf(desk, values['count']) ?? '1'),
    ...given({
      source: filled(values['source']),
      attributionModel: filled(values['attributionModel']),
    }),
  };
}

// A field that is out of sight says nothing.
function amountIn(desk: Desk, { kind, amount }: Values): string | undefined {
  return kind === 'lead' ? undefined : amountOf(desk, amount);
}

function kindOf(value: string | boolean | undefined): Kind {
  return KINDS.find((one) => one === value) ?? 'lead';
}

function rowOf(desk: Desk, conversion: Conversion): LedgerRow {
  const { look, words } = desk;
  const { kind, date, count, amount } = conversion;
  const what = words.entries.kinds[kind];
  const day = look.format.range(date, date);
  const told = (text: string): string => (text === 'unspecified' ? '' : text);
  return {
    id: conversion.id,
    name: words.entries.entryOf(what, day),
    cells: [
      day,
      what,
      told(conversion.source),
      campaignName(desk, conversion.campaignId),
      look.format.count(count),
      amount ? look.format.money(amount) : '—',
    ],
    values: {
      kind,
      date,
      count: String(count),
      amount: amount?.amount ?? '',
      source: told(conversion.source),
      attributionModel: told(conversion.attributionModel),
      campaignId: conversion.campaignId ?? '',
      platform: conversion.platform ?? '',
    },
  };
}
