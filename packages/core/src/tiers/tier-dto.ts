import type { CountBy, Enforcement, MoneyWire, TierFeatures, TierLimits } from '@retainer/domain';

import { moneyWire } from '../tenancy/money-input.ts';
import type { Tier, TierVersion } from './tier.entity.ts';

/** One version of a tier as callers read it. A limit that is left out is not in the tier. */
export interface TierDto {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly description: string;
  readonly version: number;
  readonly isDefault: boolean;
  readonly archivedAt: Date | null;
  readonly pricing: { readonly monthly: MoneyWire; readonly annual: MoneyWire };
  readonly features: TierFeatures;
  readonly limits: TierLimits;
  readonly countBy: CountBy;
  readonly enforcement: Enforcement;
}

/** A tier with one of its versions, for callers. */
export function toTierDto(tier: Tier, version: TierVersion): TierDto {
  return {
    id: tier.id,
    key: tier.key,
    name: tier.name,
    description: tier.description,
    version: version.version,
    isDefault: tier.isDefault,
    archivedAt: tier.archivedAt ?? null,
    pricing: {
      monthly: moneyWire(version.monthlyMinor, version.currency),
      annual: moneyWire(version.annualMinor, version.currency),
    },
    ...version.toTerms(),
  };
}
