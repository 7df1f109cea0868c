import { defineEntity, p } from '@mikro-orm/postgresql';
import type { LocalDate } from '@retainer/domain';

/** What a campaign brought: somebody who may buy, an action that counts, or money. */
export type ConversionKind = 'lead' | 'conversion' | 'revenue';

const ConversionSchema = defineEntity({
  name: 'Conversion',
  tableName: 'conversion',
  properties: {
    agencyId: p.text().primary(),
    id: p.uuid().primary(),
    clientId: p.text(),
    kind: p.text().$type<ConversionKind>(),
    localDate: p.date().$type<LocalDate>(),
    at: p.datetime().nullable(),
    count: p.bigint('number'),
    amountMinor: p.bigint().nullable(),
    currency: p.text().nullable(),
    campaignId: p.text().nullable(),
    platform: p.text().nullable(),
    postId: p.text().nullable(),
    source: p.text(),
    attributionModel: p.text(),
    key: p.text().nullable(),
    createdAt: p.datetime(),
    editedAt: p.datetime().nullable(),
    deletedAt: p.datetime().nullable(),
  },
});

/** A fact of value: leads, conversions or revenue of one local day. Deleted rows stay, out of every figure. */
export class Conversion extends ConversionSchema.class {}
ConversionSchema.setClass(Conversion);
