import type { AnswerOf } from '../../connection/wire.ts';
import {
  amountOf,
  filled,
  filledOrNull,
  given,
  scopeOf,
  type Desk,
  type LedgerKind,
  type LedgerRow,
  type Values,
} from './ledger.ts';

type Tool = AnswerOf<'toolCosts.list'>['items'][number];

const ALLOCATIONS = ['equal', 'active_days', 'posts', 'seconds'] as const;
type Allocation = (typeof ALLOCATIONS)[number];

/** Software: of this client alone, or shared by all. */
export const toolKind: LedgerKind = {
  name: 'tools',
  columns: ({ words: { entries } }) => [
    { label: entries.name },
    { label: entries.days },
    { label: entries.paidBy },
    { label: entries.repeats },
    { label: entries.amount, isNumber: true },
  ],
  list: async (desk, days, cursor) => {
    const { agencyWorkspaceId, clientWorkspaceId } = scopeOf(desk);
    const asked = {
      agencyWorkspaceId,
      ...days,
      limit: 100,
      ...(cursor !== undefined && { cursor }),
    };
    const page = await desk.screen.query('toolCosts.list', asked);
    // Those of other clients are not this page's.
    const own = page.items.filter(
      (tool) => tool.clientWorkspaceId === null || tool.clientWorkspaceId === clientWorkspaceId,
    );
    return { ...page, items: own.map((tool) => rowOf(desk, tool)) };
  },
  blank: ({ screen }) => ({
    name: '',
    amount: '',
    owner: 'client',
    allocation: 'equal',
    startDate: `${screen.today.slice(0, 8)}01`,
    endDate: '',
    everyMonths: '1',
  }),
  fields: (desk, { owner }, isNew) => {
    const { entries } = desk.words;
    return [
      { name: 'name', label: entries.name, kind: 'text', isRequired: true },
      {
        name: 'amount',
        label: entries.amount,
        kind: 'money',
        isRequired: true,
        unit: owner === 'client' ? desk.client.currency : desk.screen.agency.currency,
      },
      ...(isNew
        ? ([
            {
              name: 'owner',
              label: entries.paidBy,
              kind: 'select',
              choices: [
                { value: 'client', label: desk.client.name },
                { value: 'agency', label: entries.allClients },
              ],
            },
          ] as const)
        : []),
      ...(owner === 'agency'
        ? ([
            {
              name: 'allocation',
              label: entries.sharedBy,
              kind: 'select',
              choices: ALLOCATIONS.map((value) => ({ value, label: entries.allocations[value] })),
            },
          ] as const)
        : []),
      {
        name: 'everyMonths',
        label: entries.repeats,
        kind: 'select',
        choices: [
          { value: '', label: entries.once },
          { value: '1', label: entries.everyMonths(1) },
          { value: '3', label: entries.everyMonths(3) },
          { value: '12', label: entries.everyMonths(12) },
        ],
      },
      { name: 'startDate', label: entries.firstDay, kind: 'date', isRequired: true },
      { name: 'endDate', label: entries.lastDay, kind: 'date', hint: entries.lastDayHint },
    ];
  },
  create: async (desk, values, idempotencyKey) => {
    const { agencyWorkspaceId, clientWorkspaceId } = scopeOf(desk);
    return desk.screen.mutate('toolCosts.create', {
      agencyWorkspaceId,
      ...(values['owner'] === 'client'
        ? { clientWorkspaceId }
        : { allocation: allocationOf(values['allocation']) }),
      ...saidOf(desk, values),
      ...given({ endDate: filled(values['endDate']), everyMonths: monthsOf(values) }),
      idempotencyKey,
    });
  },
  update: async (desk, toolCostId, values) =>
    desk.screen.mutate('toolCosts.update', {
      agencyWorkspaceId: desk.screen.agencyWorkspaceId,
      toolCostId,
      ...saidOf(desk, values),
      ...(values['owner'] === 'agency' &&
        isPlain(values['allocation']) && { allocation: allocationOf(values['allocation']) }),
      endDate: filledOrNull(values['endDate']),
      everyMonths: monthsOf(values) ?? null,
    }),
  remove: async (desk, toolCostId) =>
    desk.screen.mutate('toolCosts.delete', {
      agencyWorkspaceId: desk.screen.agencyWorkspaceId,
      toolCostId,
    }),
  dayOf: ({ startDate }) => filled(startDate),
};

function saidOf(desk: Desk, { name, amount, startDate }: Values) {
  return {
    name: filled(name) ?? '',
    amount: amountOf(desk, amount) ?? '',
    startDate: filled(startDate) ?? '',
  };
}

function monthsOf({ everyMonths }: Values): number | undefined {
  const text = filled(everyMonths);
  return text === undefined ? undefined : Number(text);
}

function allocationOf(value: string | boolean | undefined): Allocation {
  return ALLOCATIONS.find((one) => one === value) ?? 'equal';
}

/** Weights of one's own are written by other means and left alone here. */
function isPlain(value: string | boolean | undefined): boolean {
  return ALLOCATIONS.some((one) => one === value);
}

function rowOf({ look, words: { entries }, client }: Desk, tool: Tool): LedgerRow {
  const { format } = look;
  const isShared = tool.clientWorkspaceId === null;
  const days =
    tool.endDate === null
      ? entries.since(format.range(tool.startDate, tool.startDate))
      : format.range(tool.startDate, tool.endDate);
  return {
    id: tool.id,
    name: entries.entryOf(tool.name, days),
    cells: [
      tool.name,
      days,
      isShared ? entries.sharedAs(entries.allocations[tool.allocation ?? 'equal']) : client.name,
      tool.everyMonths === null ? entries.once : entries.everyMonths(tool.everyMonths),
      format.money(tool.amount),
    ],
    values: {
      name: tool.name,
      amount: tool.amount.amount,
      owner: isShared ? 'agency' : 'client',
      allocation: tool.allocation ?? 'equal',
      startDate: tool.startDate,
      endDate: tool.endDate ?? '',
      everyMonths: tool.everyMonths === null ? '' : String(tool.everyMonths),
    },
  };
}
