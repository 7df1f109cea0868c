/** `pnpm bench NAME`: a table for people, and as its last line one JSON object { bench, figures, ratios }. */
import { benchGateway } from './gateway/bench-gateway.ts';
import { benchHook } from './hook/bench-hook.ts';
import { benchIngest } from './ingest/bench-ingest.ts';
import { benchKpi } from './kpi/bench-kpi.ts';
import { benchLive } from './live/bench-live.ts';
import { benchPortal } from './portal/bench-portal.ts';
import type { BenchResult } from './report.ts';
import { benchSoak } from './soak/bench-soak.ts';
import { benchValue } from './value/bench-value.ts';

const BENCHES: Readonly<
  Record<string, (args: readonly string[]) => Promise<BenchResult | undefined>>
> = {
  gateway: benchGateway,
  hook: benchHook,
  ingest: benchIngest,
  kpi: benchKpi,
  live: benchLive,
  portal: benchPortal,
  soak: benchSoak,
  value: benchValue,
};

const [name = '', ...args] = process.argv.slice(2);
const run = BENCHES[name];
if (run) {
  const result = await run(args);
  if (result) process.stdout.write(`${JSON.stringify(result)}\n`);
} else {
  const known = Object.keys(BENCHES).join(', ');
  process.stderr.write(`Usage: pnpm bench NAME [--quick]. There is: ${known}.\n`);
  process.exitCode = 2;
}
