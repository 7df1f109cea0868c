import { describe, expect } from 'vitest';

import { test } from '../../tenancy/testing/world.ts';
import { listConversions } from './list-conversions.ts';
import { recordConversions } from './record-conversions.ts';

const NOW = '2026-03-02T12:00:00Z';
const SHOP = { source: 'shop', attributionModel: 'last_click' } as const;

describe('given a list of conversions', () => {
  test('when it is read in pages and by filters, then each comes once, the latest day first', async ({
    world,
  }) => {
    const clientWorkspaceId = await world.client();
    const days = ['2026-02-27', '2026-02-28', '2026-02-28', '2026-02-28', '2026-03-01'];
    await recordConversions(world.at(NOW), {
      clientWorkspaceId,
      conversions: days.map((date, index) =>
        index === 2
          ? { date, kind: 'revenue', amount: 1, campaignId: 'spring', ...SHOP }
          : { date, kind: 'lead' },
      ),
    });
    const read = async (input: object) =>
      listConversions(world.at(NOW), { clientWorkspaceId, ...input });
    const dates: string[] = [];
    const ids = new Set<string>();
    for (let cursor: string | null | undefined; cursor !== null;) {
      // oxlint-disable-next-line no-await-in-loop -- page after page
      const page = await read({ limit: 2, ...(cursor !== undefined && { cursor }) });
      for (const { date, id } of page.items) {
        dates.push(date);
        ids.add(id);
      }
      cursor = page.nextCursor;
    }
    expect(dates).toEqual(days.toReversed());
    expect(ids.size).toBe(5);
    const count = async (input: object) => (await read(input)).items.length;
    expect(await count({ startDate: '2026-02-28', endDate: '2026-02-28' })).toBe(3);
    expect(await count({ kind: 'revenue' })).toBe(1);
    expect(await count({ campaignId: 'spring', endDate: '2026-02-27' })).toBe(0);
    await expect(read({ startDate: '2026-03-02', endDate: '2026-03-01' })).rejects.toMatchObject({
      code: 'period_inverted',
    });
    await expect(read({ cursor: 'abc' })).rejects.toMatchObject({ code: 'invalid_input' });
  });
});
