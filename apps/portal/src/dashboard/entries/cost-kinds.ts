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

type Cost = AnswerOf<'adSpend.list'>['items'][number];

/** What was spent on ads for a client. */
export const adSpendKind = costKind('adSpend');

/** What a client cost that is no time, no tool and no ad. */
export const otherCostsKind = costKind('otherCosts');

// The two differ in what they are called, here as in the API.
function costKind(name: 'adSpend' | 'otherCosts'): LedgerKind {
  return {
    name,
    sample:
      'startDate,endDate,amount,name,platform\n2026-11-01,2026-11-30,840.00,Autumn ads,instagram',
    columns: ({ words: { entries } }) => [
      { label: entries.days },
      { label: entries.name },
      { label: entries.platform },
      { label: entries.campaign },
      { label: entries.amount, isNumber: true },
    ],
    list: async (desk, days, cursor) => {
      const page = await desk.screen.query(`${name}.list`, {
        ...scopeOf(desk),
        ...days,
        limit: 25,
        ...(cursor !== undefined && { cursor }),
      });
      return { ...page, items: page.items.map((cost) => rowOf(desk, cost)) };
    },
    blank: ({ screen }) => ({
      startDate: screen.today,
      endDate: screen.today,
      amount: '',
      name: '',
      campaignId: '',
      platform: '',
    }),
    fields: costFields,
    create: async (desk, values, idempotencyKey) =>
      desk.screen.mutate(`${name}.create`, {
        ...scopeOf(desk),
        ...spentOf(desk, values),
        ...given({
          name: filled(values['name']),
          campaignId: filled(values['campaignId']),
          platform: filled(values['platform']),
        }),
        idempotencyKey,
      }),
    update: async (desk, costId, values) =>
      desk.screen.mutate(`${name}.update`, {
        ...scopeOf(desk),
        costId,
        ...spentOf(desk, values),
        ...given({ name: filled(values['name']) }),
        campaignId: filledOrNull(values['campaignId']),
        platform: filledOrNull(values['platform']),
      }),
    remove: async (desk, costId) =>
      desk.screen.mutate(`${name}.delete`, { ...scopeOf(desk), costId }),
    takeCsv: async (desk, csv, dryRun) =>
      desk.screen.mutate(`${name}.import`, { ...scopeOf(desk), csv, dryRun }),
    dayOf: ({ startDate }) => filled(startDate),
  };
}

function costFields(desk: Desk): readonly FieldSpec[] {
  const { entries } = desk.words;
  return [
    { name: 'startDate', label: entries.firstDay, kind: 'date', isRequired: true },
    { name: 'endDate', label: entries.lastDay, kind: 'date', isRequired: true },
    {
      name: 'amount',
      label: entries.amount,
      kind: 'money',
      isRequired: true,
      unit: desk.client.currency,
      hint: entries.amountHint,
    },
    { name: 'name', label: entries.name, kind: 'text' },
    campaignField(desk),
    platformField(desk),
  ];
}

function spentOf(desk: Desk, { startDate, endDate, amount }: Values) {
  return {
    startDate: filled(startDate) ?? '',
    endDate: filled(endDate) ?? filled(startDate) ?? '',
    amount: amountOf(desk, amount) ?? '',
  };
}

function rowOf(desk: Desk, cost: Cost): LedgerRow {
  const { format } = desk.look;
  const days = format.range(cost.startDate, cost.endDate);
  return {
    id: cost.id,
    name: desk.words.entries.entryOf(cost.name, days),
    cells: [
      days,
      cost.name,
      cost.platform ?? '',
      campaignName(desk, cost.campaignId),
      format.money(cost.amount),
    ],
    values: {
      startDate: cost.startDate,
      endDate: cost.endDate,
      amount: cost.amount.amount,
      name: cost.name,
      campaignId: cost.campaignId ?? '',
      platform: cost.platform ?? '',
    },
  };
}
