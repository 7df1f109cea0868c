import { expect } from 'vitest';

import { silentLog, test } from '../testing/index.ts';
import { keepNightly } from './sweep.ts';

test('given a migrated database, when the night passes, then the ledger has partitions ahead and nothing is said', async ({
  database,
}) => {
  const errors: string[] = [];
  const log = { ...silentLog, error: (_: object, message: string) => void errors.push(message) };
  await keepNightly(database.gatePool, log);
  const { rows } = await database.gatePool.query<{ month: string }>(
    `select to_char(now() + make_interval(months => n), '"usage_ledger_"YYYY_MM') as month
     from generate_series(0, 2) n
     where to_regclass('retainer.' || to_char(now() + make_interval(months => n), '"usage_ledger_"YYYY_MM')) is null`,
  );
  expect(rows).toEqual([]);
  expect(errors).toEqual([]);
});
