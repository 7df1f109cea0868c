import { Registry } from 'prom-client';
import { expect, test } from 'vitest';

import { addGateMetrics } from './gate-metrics.ts';

test('given a gate that works, when metrics are asked for twice, then each shows how it stands', async () => {
  const registry = new Registry();
  const figures = { calls: 7, batches: 2, waiting: 1 };
  addGateMetrics(registry, () => figures);
  expect(await registry.metrics()).toMatch(/gate_calls_total 7\n/);
  figures.calls = 9;
  const text = await registry.metrics();
  expect(text).toMatch(/gate_calls_total 9\n/);
  expect(text).toMatch(/gate_batches_total 2\n/);
  expect(text).toMatch(/gate_waiting 1\n/);
});
