import type { ValueSums } from '@retainer/domain';
import * as fc from 'fast-check';
import { describe, expect } from 'vitest';

import { sqlSession } from '../../db/sql-session.ts';
import { inTransaction } from '../../kernel/context.ts';
import { readClientSums } from '../../rollups/read-sums.ts';
import { refreshClient } from '../../rollups/refresh.ts';
import type { ClientSums, KeyedSums } from '../../rollups/sums.ts';
import { found, test } from '../../tenancy/testing/world.ts';
import { readSources } from './explain.queries.ts';
import { FACT_FIGURES } from './fact-figures.ts';
import type { RowColumn } from './fact-rows.queries.ts';
import { sumOfSources, type FactSum } from './fact-sums.ts';
import { PART_FIGURES, SUMMED_FIGURES } from './figure-names.ts';
import { keepFacts, someDays, someFacts } from './testing/random-facts.ts';

type SummedFigure = (typeof SUMMED_FIGURES)[number] | (typeof PART_FIGURES)[number];

const WORTHS = { conversionMinor: 2500n, leadMinor: 999n } as const;
const FIGURES = [...SUMMED_FIGURES, ...PART_FIGURES] as const;

/** What the rollups say of each figure, and of how many facts an amount is missing. */
const STORED: Readonly<
  Record<SummedFigure, (sums: ValueSums) => readonly [bigint | null, bigint]>
> = {
  'cost.timeSpentMinutes': (sums) => [sums.seconds, 0n],
  'cost.billableMinutes': (sums) => [sums.billableSeconds, 0n],
  'cost.time': (sums) => [sums.timeMinor, sums.timeMissing],
  'cost.tools': (sums) => [sums.toolsMinor, sums.toolsMissing],
  'cost.adSpend': (sums) => [sums.adsMinor, sums.adsMissing],
  'cost.other': (sums) => [sums.otherMinor, sums.otherMissing],
  'cost.total': (sums) => [
    sums.timeMinor + sums.toolsMinor + sums.adsMinor + sums.otherMinor,
    sums.timeMissing + sums.toolsMissing + sums.adsMissing + sums.otherMissing,
  ],
  'value.impressions': (sums) => [sums.impressions, 0n],
  'value.engagement': (sums) => [sums.engagement, 0n],
  'value.clicks': (sums) => [sums.clicks, 0n],
  'value.videoViews': (sums) => [sums.videoViews, 0n],
  'value.leads': (sums) => [sums.leads, 0n],
  'value.conversions': (sums) => [sums.conversions, 0n],
  'value.revenue': (sums) => [sums.revenueMinor, sums.revenueMissing],
  'value.total': (sums) => [
    sums.revenueMinor +
      sums.unpricedConversions * WORTHS.conversionMinor +
      sums.leads * WORTHS.leadMinor,
    sums.revenueMissing,
  ],
  'timeSaved.minutes': (sums) => [sums.savedSeconds, 0n],
  'timeSaved.value': (sums) => [sums.savedMinor, sums.savedMissing],
  'timeSaved.baselineMinutes': (sums) => [sums.savedBaselineSeconds, 0n],
  'value.conversionsWithoutAmount': (sums) => [sums.unpricedConversions, 0n],
  'value.engagementWithImpressions': (sums) => [sums.rateEngagement, 0n],
  'value.impressionsWithEngagement': (sums) => [sums.rateImpressions, 0n],
  'value.clicksWithImpressions': (sums) => [sums.ctrClicks, 0n],
  'value.impressionsWithClicks': (sums) => [sums.ctrImpressions, 0n],
};

/** A sum as the rollups would have it: 0 where there is no fact of what is never unknown. */
function asStored(figure: SummedFigure, { sum, unknown }: FactSum) {
  const { from } = FACT_FIGURES[figure].facts;
  return from === 'observations' ? [sum, false] : [sum ?? 0n, unknown > 0];
}

/** The whole, and some rows of each breakdown. */
function rowsOf({ total, breakdowns }: ClientSums) {
  const { platform, contentType, campaign, day } = breakdowns;
  const some = (rows: readonly KeyedSums[], column: RowColumn) =>
    rows.slice(0, 2).map(({ key, sums }) => ({ scope: { key, column }, sums }));
  return [
    { scope: { key: null, column: undefined }, sums: total },
    ...some(platform, 'platform'),
    ...some(contentType, 'content_type'),
    ...some(campaign, 'campaign_id'),
    ...day.slice(0, 1).map(({ key, sums }) => ({
      scope: { key: null, column: undefined, startDate: key, endDate: key },
      sums,
    })),
  ];
}

describe('given any facts of a client', () => {
  test('when figures are explained, then their facts sum to what the rollups say, in all and in each row', async ({
    database,
  }) => {
    const property = fc.asyncProperty(someFacts, someDays, async (facts, [startDate, endDate]) => {
      const world = await found(database, {});
      const ctx = world.at('2026-03-25T00:00:00Z');
      const clientId = await world.client({ timeZone: 'Europe/Berlin' });
      await world.client();
      await keepFacts(ctx, clientId, facts);
      await refreshClient(ctx, clientId, '2026-03-25');
      const period = { startDate: startDate ?? '', endDate: endDate ?? '', clientId };
      await inTransaction(ctx, async (em) => {
        const sql = sqlSession(em);
        const sums = await readClientSums(sql, { ...period, currency: 'USD' });
        for (const row of rowsOf(sums)) {
          for (const figure of FIGURES) {
            const { facts: of } = FACT_FIGURES[figure];
            const scope = { ...period, ...row.scope, facts: of, worths: WORTHS, repriced: [] };
            // oxlint-disable-next-line no-await-in-loop -- they share one connection
            const explained = sumOfSources(await readSources(sql, scope));
            const [sum, missing] = STORED[figure](row.sums);
            const told = [figure, row.scope, ...asStored(figure, explained)];
            expect(told).toEqual([figure, row.scope, sum, missing > 0n]);
          }
        }
      });
    });
    await fc.assert(property, { numRuns: 8 });
  }, 120_000);
});
