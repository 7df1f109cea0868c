import { rounded, say, table, type BenchResult } from '../report.ts';
import { assertAgreement } from './agree.ts';
import { overHttp } from './ask-api.ts';
import { inProcess } from './ask-core.ts';
import { byDuckdb } from './ask-duckdb.ts';
import { bySql } from './ask-sql.ts';
import { measure, percentile, together, type Latencies } from './measure.ts';
import { factsHelp, readFactsOptions, type FactsOptions } from './options.ts';
import { createQuestions, type Contender, type Question } from './question.ts';
import { countFacts, openWorld, type ValueWorld } from './world.ts';

const HELP = factsHelp(
  'value',
  'one client month out of 10 million observations, 1,000 clients and 24 months',
  'Asked over HTTP, in process, by hand-written SQL on the rollup, and of DuckDB on the same raw facts.',
);
const SAMPLE = 20;
/** An engine that compiles as it goes has done so after this many. */
const WARM_UPS = 2_000;
const WARM_UP_SECONDS = 15;

/** One client month over HTTP and in process, beside hand-written SQL on the rollup and DuckDB on the raw facts. */
export async function benchValue(args: readonly string[]): Promise<BenchResult | undefined> {
  const options = readFactsOptions(args);
  if (!options) {
    say(HELP);
    return undefined;
  }
  const world = await openWorld(options);
  const contenders: Contender[] = [];
  try {
    contenders.push(await overHttp(world.url));
    contenders.push(inProcess(world.database));
    contenders.push(await bySql(world.url, 'days'), await bySql(world.url, 'months'));
    contenders.push(await byDuckdb(world.url, world.folder));
    const next = createQuestions(options.seed, world.clients);
    await assertAgreement(contenders, Array.from({ length: SAMPLE }, next));
    say(`all answer alike, row for row, on ${SAMPLE} client months`);
    const turns = turnsOf(contenders);
    const measured = await measureAll(turns, next, options);
    return await report(world, measured);
  } finally {
    for (const contender of contenders) await contender.close();
    await world.close();
  }
}

/** Somebody asked by so many callers at once. */
interface Turn {
  readonly key: string;
  readonly callers: number;
  readonly contender: Contender;
}

function turnsOf(contenders: readonly Contender[]): Turn[] {
  return contenders.flatMap((contender) =>
    contender.callers.map((callers) => {
      const key = contender.name.replaceAll(/[^a-z]+/gu, '_');
      return { key: contender.callers.length > 1 ? `${key}_${callers}` : key, callers, contender };
    }),
  );
}

type Measured = ReadonlyMap<Turn, Latencies>;

// In turns, round by round: a machine whose speed drifts is the same for all.
async function measureAll(
  turns: readonly Turn[],
  next: () => Question,
  { seconds, rounds }: FactsOptions,
): Promise<Measured> {
  for (const contender of new Set(turns.map((turn) => turn.contender))) {
    const end = performance.now() + WARM_UP_SECONDS * 1000;
    for (let asked = 0; asked < WARM_UPS && performance.now() < end; asked += 1) {
      await contender.ask(next());
    }
  }
  say('warmed up');
  const all = new Map<Turn, Latencies[]>(turns.map((turn) => [turn, []]));
  for (let round = 1; round <= rounds; round += 1) {
    for (const [{ contender, callers }, latencies] of all) {
      latencies.push(await measure(() => contender.ask(next()), { callers, seconds }));
    }
    say(`measured round ${round} of ${rounds}`);
  }
  return new Map([...all].map(([turn, latencies]) => [turn, together(latencies)]));
}

async function report(world: ValueWorld, measured: Measured): Promise<BenchResult> {
  const counts = await countFacts(world.url);
  const figures: Record<string, number> = { ...counts };
  const rows = [...measured].map(([{ key, callers, contender }, latencies]) => {
    const [p50, p95] = [percentile(latencies, 0.5), percentile(latencies, 0.95)];
    figures[`${key}_p50_ms`] = rounded(p50);
    figures[`${key}_p95_ms`] = rounded(p95);
    const asked = latencies.length.toLocaleString('en');
    return [contender.name, String(callers), asked, p50.toFixed(2), p95.toFixed(2)];
  });
  say(`\none client month of ${counts.clients} clients, ${counts.observations} observations`);
  table(['asked', 'callers', 'answers', 'p50 ms', 'p95 ms'], rows);
  say('');
  const p50 = (key: string): number => figures[`${key}_p50_ms`] ?? NaN;
  return {
    bench: 'value',
    figures,
    ratios: {
      api_vs_rollup_sql: rounded(p50('http_rest_1') / p50('sql_on_the_rollup')),
      api_vs_month_sql: rounded(p50('http_rest_1') / p50('sql_on_whole_months')),
      duckdb_vs_api: rounded(p50('duckdb_on_raw_facts') / p50('http_rest_1')),
    },
  };
}
