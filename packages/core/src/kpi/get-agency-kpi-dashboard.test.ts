import { describe, expect } from 'vitest';

import { NOW, test } from '../billing/testing/silver.ts';
import { getAgencyKPIDashboard } from './get-agency-kpi-dashboard.ts';

describe('given an agency that has told nothing yet', () => {
  test('when its dashboard is read, then what is unknown is null and says why', async ({
    world,
    clientId,
  }) => {
    const unknown = { current: null, trend: 'no_data', good: null, reason: 'missing_data' };
    const dashboard = await getAgencyKPIDashboard(world.at(NOW), {});
    expect(dashboard).toMatchObject({
      period: { startDate: '2026-03-01', endDate: '2026-03-19', elapsedDays: 19, complete: true },
      comparison: { startDate: '2026-02-01', endDate: '2026-02-19', clamped: false },
      performance: { impressions: unknown, leads: unknown, averageRoi: unknown },
      contentVelocity: { posts: { current: 0, previous: 0, change: 0, trend: 'stable' } },
      clients: { active: { current: 1 }, byTier: [{ tier: 'silver', name: 'Silver', clients: 1 }] },
      coverage: { clients: 1, withValue: 0 },
    });
    expect(clientId).toBeTruthy();
  });
});
