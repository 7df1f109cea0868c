import { defineEntity, p } from '@mikro-orm/postgresql';
import type { LocalDate } from '@retainer/domain';

/** What the money went to: advertising, or anything else that is no time and no tool. */
export type ClientCostKind = 'ad_spend' | 'other';

/** What the audit log calls each kind. */
export const CLIENT_COST_NOUNS = {
  ad_spend: 'ad_spend',
  other: 'other_cost',
} as const satisfies Record<ClientCostKind, string>;

const ClientCostSchema = defineEntity({
  name: 'ClientCost',
  tableName: 'client_cost',
  properties: {
    agencyId: p.text().primary(),
    id: p.uuid().primary(),
    clientId: p.text(),
    kind: p.text().$type<ClientCostKind>(),
    name: p.text(),
    campaignId: p.text().nullable(),
    platform: p.text().nullable(),
    fromDate: p.date().$type<LocalDate>(),
    toDate: p.date().$type<LocalDate>(),
    amountMinor: p.bigint(),
    currency: p.text(),
    key: p.text().nullable(),
    createdAt: p.datetime(),
    editedAt: p.datetime().nullable(),
    deletedAt: p.datetime().nullable(),
  },
});

/** Money spent for one client on a day or over some days. */
export class ClientCost extends ClientCostSchema.class {}
ClientCostSchema.setClass(ClientCost);
