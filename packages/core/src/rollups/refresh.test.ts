import { randomUUID } from 'node:crypto';

import { describe, expect } from 'vitest';

import { sqlSession } from '../db/sql-session.ts';
import { inTransaction, type ServiceContext } from '../kernel/context.ts';
import { test } from '../tenancy/testing/world.ts';
import { refreshClient } from './refresh.ts';

async function run(ctx: ServiceContext, text: string, values: unknown[] = []): Promise<any[]> {
  return inTransaction(ctx, (em) => sqlSession(em).query<any>(text, values));
}

describe('given facts', () => {
  test('when refreshed, then rows', async ({ world }) => {
    const client = await world.client();
    const ctx = world.at('2026-02-10T00:00:00Z');
    const other = await world.client();
    await run(
      ctx,
      `insert into retainer.tool_cost (agency_id,id,name,allocation,amount_minor,currency,starts_on,ends_on,created_at)
      values (current_setting('retainer.agency'), $1, 'Canva', 'equal', 1001, 'USD', '2026-02-01','2026-02-28', now())`,
      [randomUUID()],
    );
    await run(
      ctx,
      `insert into retainer.client_cost (agency_id,id,client_id,kind,from_date,to_date,amount_minor,currency,platform,created_at)
      values (current_setting('retainer.agency'), $1, $2, 'ad_spend', '2026-02-01','2026-02-03', 1000, 'USD', 'x', now())`,
      [randomUUID(), client],
    );
    await run(
      ctx,
      `insert into retainer.conversion (agency_id,id,client_id,kind,local_date,count,amount_minor,currency,source,attribution_model,created_at)
      values (current_setting('retainer.agency'), $1, $2, 'revenue', '2026-02-02',1, 5000, 'EUR', 'shop','last', now())`,
      [randomUUID(), client],
    );
    await run(
      ctx,
      `insert into retainer.series (agency_id, client_id, level, subject, platform, metric, kind) values
      (current_setting('retainer.agency'), $1, 'account','ch','x','impressions','daily'),
      (current_setting('retainer.agency'), $1, 'account','ch','x','likes','daily')`,
      [client],
    );
    await run(
      ctx,
      `insert into retainer.observation (agency_id, series_id, at, client_id, local_date, value)
      select agency_id, id, '2026-02-02T23:59:59.999Z', client_id, '2026-02-02', 100 from retainer.series where client_id = $1`,
      [client],
    );
    await refreshClient(ctx, client);
    console.log(await run(ctx, 'select * from retainer.rollup_day order by local_date, dimension'));
    console.log(await run(ctx, 'select * from retainer.leaf'));
    await run(
      ctx,
      `insert into retainer.exchange_rate values (current_setting('retainer.agency'),'EUR','USD','2026-02-01',1.1,'',now())`,
    );
    await refreshClient(ctx, client);
    console.log(
      await run(
        ctx,
        'select dimension, local_date, revenue_minor, revenue_missing from retainer.rollup_day where revenue_minor <> 0 order by local_date, dimension',
      ),
    );
    console.log(await run(ctx, 'select * from retainer.dirty'));
    expect(other).toBeTruthy();
  });
});
