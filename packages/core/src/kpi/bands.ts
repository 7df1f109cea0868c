import {
  fraction,
  parseDecimal,
  STABLE_BANDS,
  type Fraction,
  type TrendBasis,
} from '@retainer/domain';

import type { AgencyTerms } from '../tenancy/agency-terms.ts';

/** Up to which change a figure of the agency is stable: a share of it, or points. */
export function bandsOf({
  stablePercent,
  stablePoints,
}: Pick<AgencyTerms, 'stablePercent' | 'stablePoints'>): Readonly<Record<TrendBasis, Fraction>> {
  const percent = parseDecimal(stablePercent);
  return {
    relative: percent ? fraction(percent.num, percent.den * 100n) : STABLE_BANDS.relative,
    points: parseDecimal(stablePoints) ?? STABLE_BANDS.points,
  };
}
