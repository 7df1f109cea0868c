import { describe, expect } from 'vitest';

import { fieldOf } from '../fields.ts';
import { tellAgency, tellerOf, type Story, type Tell } from '../testing/kpi/tell-agency.ts';
import { tellFacts } from '../testing/kpi/tell-facts.ts';
import { test as base } from '../testing/real-server.ts';

const STORY: Story = {
  seed: 7,
  agencyId: 'lists',
  timeZone: 'Europe/Berlin',
  zones: ['Europe/Berlin', 'America/Los_Angeles', 'Asia/Tokyo'],
  now: '2026-03-30T15:00:00Z',
};
const ASKS = [
  'startDate=2026-03-01&endDate=2026-03-29',
  'startDate=2026-02-01&endDate=2026-02-28&compareTo=previous_year',
  'startDate=2026-01-01&endDate=2026-03-29',
  'startDate=2025-04-01&endDate=2026-03-29',
] as const;

/** A path of the dashboard, read at the story's end. */
type Read = (path: string) => Promise<unknown>;

const test = base.extend('read', { scope: 'file' }, async ({ server }): Promise<Read> => {
  const { agencyId, now } = STORY;
  const agency = await server.headersOf({ role: 'agency', agencyId });
  const tell: Tell = async (method, url, { at: moment, body = {} }) => {
    const isRegistration = url === `/api/agency/${agencyId}`;
    const headers = { ...(isRegistration ? server.admin : agency), 'x-test-clock': moment };
    const answer = await server.app.inject({ method, url, payload: body, headers });
    if (answer.statusCode === 200) return answer.json();
    throw new Error(`${method} ${url}: ${answer.body}`);
  };
  const teller = tellerOf(tell, STORY);
  await tellAgency(teller);
  await tellFacts(teller);
  return async (path) => {
    const url = `/api/agency/${agencyId}/${path}`;
    const answer = await server.app.inject({ url, headers: { ...agency, 'x-test-clock': now } });
    return answer.json();
  };
});

function at(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((inner, name) => fieldOf(inner, name), value);
}

function listAt(value: unknown, path: string): readonly unknown[] {
  const list = at(value, path);
  if (!Array.isArray(list)) throw new Error(`${path} is no list: ${JSON.stringify(value)}`);
  return list;
}

/** The sum of amounts in minor units, or null where one of them is unknown. */
function sumOf(points: readonly unknown[], path: string): number | null {
  return points.reduce<number | null>((sum, point) => {
    const part = at(point, path);
    if (sum === null || part === null) return null;
    return sum + (typeof part === 'string' ? Math.round(Number(part) * 100) : Number(part));
  }, 0);
}

function minorAt(value: unknown, path: string): number | null {
  const amount = at(value, path);
  return amount === null ? null : Math.round(Number(amount) * 100);
}

describe(
  'given an agency whose clients live in several zones and currencies',
  { timeout: 120_000 },
  () => {
    test.for(ASKS)(
      'when its figures of %s are drawn, then the points come to what its dashboard tells',
      async (ask, { read }) => {
        const dashboard = await read(`kpi-dashboard?${ask}`);
        const series = await read(`kpi-dashboard/series?${ask}`);
        for (const side of ['current', 'previous'] as const) {
          const points = listAt(series, side);
          expect(points.length).toBeGreaterThan(0);
          const told = (path: string): unknown => at(dashboard, `${path}.${side}`);
          expect(sumOf(points, 'posts')).toBe(told('contentVelocity.posts'));
          const cost = sumOf(points, 'cost.amount');
          if (cost !== null) expect(cost).toBe(minorAt(dashboard, `roi.totalCost.${side}.amount`));
          const revenue = sumOf(points, 'revenue.amount');
          if (revenue !== null) {
            expect(revenue).toBe(minorAt(dashboard, `performance.revenue.${side}.amount`));
          }
          expect(at(points.at(-1), 'activeClients')).toBe(told('clients.active'));
        }
        const days = listAt(series, 'current');
        expect(at(days[0], 'startDate')).toBe(at(dashboard, 'period.startDate'));
        expect(at(days.at(-1), 'endDate')).toBe(at(dashboard, 'period.endDate'));
      },
    );

    test('when a month is under way, then today is drawn, as not complete, and counted nowhere else', async ({
      read,
    }) => {
      const series = await read('kpi-dashboard/series');
      const points = listAt(series, 'current');
      expect(points).toHaveLength(30);
      expect(points.at(-1)).toMatchObject({ startDate: '2026-03-30', complete: false });
      expect(points.at(-2)).toMatchObject({ startDate: '2026-03-29', complete: true });
      expect(at(series, 'period.countedUntil')).toBe('2026-03-29');
    });

    test.for(ASKS)(
      'when its clients are listed for %s, then they come to the whole, and each is as its own page tells',
      async (ask, { read }) => {
        const dashboard = await read(`kpi-dashboard?${ask}`);
        const dates = ask.split('&').slice(0, 2).join('&');
        const tracked = await read(`value-tracking?${dates}`);
        const list = await read(`kpi-dashboard/clients?${ask}&limit=200`);
        const items = listAt(list, 'items');
        expect(at(list, 'total')).toBe(at(dashboard, 'clients.total.current'));
        expect(sumOf(items, 'posts.current')).toBe(at(dashboard, 'contentVelocity.posts.current'));
        const own = new Map(
          listAt(tracked, 'clients.items').map((row) => [at(row, 'clientWorkspaceId'), row]),
        );
        for (const item of items) {
          const row = own.get(at(item, 'clientWorkspaceId'));
          expect(at(item, 'roiPercent.current')).toBe(at(row, 'efficiency.roiPercent.value'));
          expect(at(item, 'cost.current')).toEqual(at(row, 'cost.total'));
          expect(at(item, 'revenue.current')).toEqual(at(row, 'value.revenue'));
          expect(at(item, 'leads.current')).toBe(at(row, 'value.leads'));
        }
        for (const { tier, clients } of listAt(dashboard, 'clients.byTier').map((one) => ({
          tier: at(one, 'tier'),
          clients: at(one, 'clients'),
        }))) {
          // oxlint-disable-next-line no-await-in-loop -- one after the other
          const some = await read(`kpi-dashboard/clients?${ask}&tier=${String(tier)}`);
          expect(at(some, 'found')).toBe(clients);
        }
      },
    );

    test('when they are put in order by any figure, then the unknown come last, and pages follow each other', async ({
      read,
    }) => {
      const [ask] = ASKS;
      const known = {
        posts: 'posts.current',
        revenue: 'revenue.current.amount',
        roi: 'roiPercent.current',
      };
      for (const [order, path] of Object.entries(known)) {
        for (const direction of ['asc', 'desc']) {
          const query = `kpi-dashboard/clients?${ask}&orderBy=${order}&direction=${direction}`;
          // oxlint-disable-next-line no-await-in-loop -- one after the other
          const all = listAt(await read(`${query}&limit=200`), 'items');
          const values = all.map((item) => at(item, path));
          const told = values.filter((value) => value !== null).map(Number);
          expect(values.slice(told.length).every((value) => value === null)).toBe(true);
          const sign = direction === 'asc' ? 1 : -1;
          expect(told).toEqual(told.toSorted((a, b) => sign * (a - b)));
          // oxlint-disable-next-line no-await-in-loop -- the same
          const second = await read(`${query}&limit=1&page=2`);
          expect(listAt(second, 'items')).toEqual([all[1]]);
        }
      }
    });

    test.for(ASKS)(
      'when its campaigns of %s are told, then the best are the highlights, and no other is without a reason',
      async (ask, { read }) => {
        const dashboard = await read(`kpi-dashboard?${ask}&highlights=2`);
        const campaigns = await read(`kpi-dashboard/campaigns?${ask}&best=2&troubled=50`);
        const shown = (list: readonly unknown[], roi: string) =>
          list.map((one) => [at(one, 'clientWorkspaceId'), at(one, 'campaignId'), at(one, roi)]);
        const best = listAt(campaigns, 'best');
        expect(shown(best, 'roiPercent.current')).toEqual(
          shown(listAt(dashboard, 'campaigns.highlights'), 'roiPercent.value'),
        );
        const ids = new Set(shown(best, 'name').map(String));
        const rois = listAt(campaigns, 'troubled').map((one) => {
          expect(ids.has(String(shown([one], 'name')[0]))).toBe(false);
          const [current, change] = ['current', 'change'].map((name) =>
            Number(at(one, `roiPercent.${name}`)),
          );
          const by = Number(at(one, 'trouble.by'));
          switch (at(one, 'trouble.code')) {
            case 'roi_negative':
              expect(current).toBeLessThan(0);
              expect(by).toBe(current);
              break;
            case 'roi_fallen':
              expect(by).toBeCloseTo(-(change ?? 0), 3);
              break;
            default:
              expect(by).toBeGreaterThanOrEqual(20);
          }
          return current ?? 0;
        });
        expect(rois).toEqual(rois.toSorted((a, b) => a - b));
      },
    );
  },
);
