import type { TierTerms } from '@retainer/domain';

import type { TierOffer } from './open-denial.ts';

/** The tiers an agency could assign, cheapest first; of equal price the earlier name. */
export function offersOf(rows: readonly Record<string, unknown>[]): TierOffer[] {
  return rows
    .toSorted(
      (a, b) =>
        Number(a['monthly_minor']) - Number(b['monthly_minor']) ||
        String(a['name']).localeCompare(String(b['name'])),
    )
    .map((row) => ({
      id: String(row['id']),
      key: String(row['key']),
      name: String(row['name']),
      terms: {
        features: parsed(row['features']) as TierTerms['features'],
        limits: parsed(row['limits']) as TierTerms['limits'],
        countBy: row['count_by'] as TierTerms['countBy'],
        enforcement: row['enforcement'] as TierTerms['enforcement'],
      },
    }));
}

// Published versions are written from parsed terms and never change.
function parsed(value: unknown): unknown {
  return typeof value === 'string' ? JSON.parse(value) : value;
}
