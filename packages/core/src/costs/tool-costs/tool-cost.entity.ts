import { defineEntity, p } from '@mikro-orm/postgresql';
import type { LocalDate } from '@retainer/domain';

/** How the clients of an agency share what a tool costs. */
export const ALLOCATIONS = ['equal', 'active_days', 'posts', 'seconds', 'custom'] as const;
export type Allocation = (typeof ALLOCATIONS)[number];

const ToolCostSchema = defineEntity({
  name: 'ToolCost',
  tableName: 'tool_cost',
  properties: {
    agencyId: p.text().primary(),
    id: p.uuid().primary(),
    /** Null: the whole agency uses it. */
    clientId: p.text().nullable(),
    name: p.text(),
    allocation: p.text().$type<Allocation>(),
    weights: p.json<Readonly<Record<string, string>>>().nullable(),
    amountMinor: p.bigint(),
    currency: p.text(),
    startsOn: p.date().$type<LocalDate>(),
    endsOn: p.date().$type<LocalDate>().nullable(),
    /** Null: one amount over the whole span; else one for each so many months. */
    everyMonths: p.integer().nullable(),
    key: p.text().nullable(),
    createdAt: p.datetime(),
    editedAt: p.datetime().nullable(),
    deletedAt: p.datetime().nullable(),
  },
});

/** What a tool costs, once or again and again. */
export class ToolCost extends ToolCostSchema.class {}
ToolCostSchema.setClass(ToolCost);
