import { defineEntity, p } from '@mikro-orm/postgresql';
import type { CountBy, Enforcement, TierFeatures, TierLimits, TierTerms } from '@retainer/domain';

const TierSchema = defineEntity({
  name: 'Tier',
  tableName: 'tier',
  properties: {
    agencyId: p.text().primary(),
    id: p.uuid().primary(),
    key: p.text(),
    name: p.text(),
    description: p.text(),
    isDefault: p.boolean(),
    createdAt: p.datetime(),
    archivedAt: p.datetime().nullable(),
  },
});

/** A service tier of an agency; what it promises is in its versions. */
export class Tier extends TierSchema.class {}
TierSchema.setClass(Tier);

const TierVersionSchema = defineEntity({
  name: 'TierVersion',
  tableName: 'tier_version',
  properties: {
    agencyId: p.text().primary(),
    tierId: p.uuid().primary(),
    version: p.integer().primary(),
    currency: p.text(),
    monthlyMinor: p.bigint(),
    annualMinor: p.bigint(),
    features: p.json<TierFeatures>(),
    limits: p.json<TierLimits>(),
    countBy: p.text().$type<CountBy>(),
    enforcement: p.text().$type<Enforcement>(),
    publishedAt: p.datetime(),
  },
});

/** One published edition of a tier. Never changed: a change is the next version. */
export class TierVersion extends TierVersionSchema.class {
  /** What the version promises. */
  toTerms(): TierTerms {
    const { features, limits, countBy, enforcement } = this;
    return { features, limits, countBy, enforcement };
  }
}
TierVersionSchema.setClass(TierVersion);
