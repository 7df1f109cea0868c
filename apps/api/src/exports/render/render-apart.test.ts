import { describe, expect, test } from 'vitest';

import { goodDashboard } from '../../testing/exports/dashboards.ts';
import { NEUTRAL_LOOK } from '../brand/brand.ts';
import { dashboardDeck } from '../deck/dashboard-deck.ts';
import { renderApart } from './render-apart.ts';

const dashboard = goodDashboard();
const deck = dashboardDeck({ dashboard, brand: { name: 'North', ...NEUTRAL_LOOK } });
const startOf = (bytes: Uint8Array): string => Buffer.from(bytes.subarray(0, 4)).toString('latin1');

describe('given the thread that renders', () => {
  test('when several files are asked for at once, then each caller gets its own', async () => {
    const files = await Promise.all([
      renderApart({ format: 'pdf', deck }),
      renderApart({ format: 'xlsx', dashboard }),
      renderApart({ format: 'pptx', deck }),
    ]);
    expect(files.map(startOf)).toEqual(['%PDF', 'PK\u0003\u0004', 'PK\u0003\u0004']);
  });

  test('when a file cannot be made, then its caller alone hears of it, and the next is made', async () => {
    const logo = { type: 'image/png', bytes: new Uint8Array([1]), width: 1, height: 1 } as const;
    const broken = { ...deck, brand: { ...deck.brand, logo } };
    const [bad, good] = await Promise.allSettled([
      renderApart({ format: 'pdf', deck: broken }),
      renderApart({ format: 'pdf', deck }),
    ]);
    expect(bad).toMatchObject({ status: 'rejected' });
    expect(good.status).toBe('fulfilled');
  });

  test('when more are asked for than it takes, then those are refused that may come again', async () => {
    const asked = await Promise.allSettled(
      Array.from({ length: 24 }, () => renderApart({ format: 'xlsx', dashboard })),
    );
    const refused = asked.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    expect(refused).toHaveLength(4);
    expect(refused[0]).toMatchObject({ code: 'unavailable' });
  });
});
