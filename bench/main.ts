/** `pnpm bench NAME`: a table for people, and as its last line one JSON object { bench, figures, ratios }. */
import { benchHook } from './hook/bench-hook.ts';
import { benchIngest } from './ingest/bench-ingest.ts';
import type { BenchResult } from './report.ts';

const BENCHES: Readonly<Record<string, (args: readonly string[]) => Promise<BenchResult>>> = {
  hook: benchHook,
  ingest: benchIngest,
};

const [name = '', ...args] = process.argv.slice(2);
const run = BENCHES[name];
if (run) {
  process.stdout.write(`${JSON.stringify(await run(args))}\n`);
} else {
  const known = Object.keys(BENCHES).join(', ');
  process.stderr.write(`Usage: pnpm bench NAME [--quick]. There is: ${known}.\n`);
  process.exitCode = 2;
}
