import { isDeepStrictEqual } from 'node:util';

import { rounded, say, table, type BenchResult } from '../report.ts';
import { measure, percentile, together, type Latencies } from '../value/measure.ts';
import { factsHelp, readFactsOptions, type FactsOptions } from '../value/options.ts';
import { countFacts, openWorld, type ValueWorld } from '../value/world.ts';
import { overHttp } from './ask-api.ts';
import { byDuckdb } from './ask-duckdb.ts';
import { bySql } from './ask-sql.ts';
import { createQuestions, type Contender, type Question } from './question.ts';

const HELP = factsHelp(
  'kpi',
  'the dashboard of an agency of 1,000 clients, 24 months, 10 million observations',
  `Asked for a month beside the one before, with a trend of twelve, over HTTP, of hand-written SQL on the rollup, and
of DuckDB on the same raw facts.`,
);
const SAMPLE = 3;
const WARM_UP_SECONDS = 10;

/** The agency's dashboard over HTTP, beside hand-written SQL on the rollup and DuckDB on the raw facts. */
export async function benchKpi(args: readonly string[]): Promise<BenchResult | undefined> {
  const options = readFactsOptions(args);
  if (!options) {
    say(HELP);
    return undefined;
  }
  const world = await openWorld(options);
  const contenders: Contender[] = [];
  try {
    contenders.push(await overHttp(world.url));
    contenders.push(await bySql(world.url));
    contenders.push(await byDuckdb(world.url, world.folder));
    const next = createQuestions(options.seed);
    await assertAgreement(contenders, Array.from({ length: SAMPLE }, next));
    say(`all answer alike on ${SAMPLE} months`);
    const measured = await measureAll(contenders, next, options);
    return await report(world, measured);
  } finally {
    for (const contender of contenders) await contender.close();
    await world.close();
  }
}

async function assertAgreement(
  contenders: readonly Contender[],
  questions: readonly Question[],
): Promise<void> {
  for (const question of questions) {
    const [first, ...others] = await Promise.all(contenders.map(({ answer }) => answer(question)));
    for (const [index, other] of others.entries()) {
      if (isDeepStrictEqual(first, other)) continue;
      const names = `${contenders[0]?.name} and ${contenders[index + 1]?.name}`;
      throw new Error(
        `${names} differ on ${JSON.stringify(question)}:\n${JSON.stringify(first)}\n${JSON.stringify(other)}`,
      );
    }
  }
}

type Measured = ReadonlyMap<string, Latencies>;

// In turns, round by round: a machine whose speed drifts is the same for all.
async function measureAll(
  contenders: readonly Contender[],
  next: () => Question,
  { seconds, rounds }: FactsOptions,
): Promise<Measured> {
  const turns = contenders.flatMap((contender) =>
    contender.callers.map((callers) => ({ contender, callers, latencies: [] as Latencies[] })),
  );
  for (const { contender } of turns) {
    await measure(() => contender.ask(next()), { callers: 1, seconds: WARM_UP_SECONDS });
  }
  say('warmed up');
  for (let round = 1; round <= rounds; round += 1) {
    for (const { contender, callers, latencies } of turns) {
      latencies.push(await measure(() => contender.ask(next()), { callers, seconds }));
    }
    say(`measured round ${round} of ${rounds}`);
  }
  return new Map(
    turns.map(({ contender, callers, latencies }) => [
      contender.callers.length > 1 ? `${contender.name} ${callers}` : contender.name,
      together(latencies),
    ]),
  );
}

async function report(world: ValueWorld, measured: Measured): Promise<BenchResult> {
  const counts = await countFacts(world.url);
  const figures: Record<string, number> = { ...counts };
  const rows = [...measured].map(([name, latencies]) => {
    const [p50, p95] = [percentile(latencies, 0.5), percentile(latencies, 0.95)];
    const key = name.replaceAll(/[^a-z0-9]+/gu, '_');
    figures[`${key}_p50_ms`] = rounded(p50);
    figures[`${key}_p95_ms`] = rounded(p95);
    return [name, latencies.length.toLocaleString('en'), p50.toFixed(2), p95.toFixed(2)];
  });
  say(`\nthe dashboard of ${counts.clients} clients, ${counts.observations} observations`);
  table(['asked', 'answers', 'p50 ms', 'p95 ms'], rows);
  say('');
  const p50 = (key: string): number => figures[`${key}_p50_ms`] ?? NaN;
  figures['p95_16_ms'] = figures['http_rest_16_p95_ms'] ?? NaN;
  return {
    bench: 'kpi',
    figures,
    ratios: {
      api_vs_rollup_sql: rounded(p50('http_rest_1') / p50('sql_on_the_rollup')),
      duckdb_vs_api: rounded(p50('duckdb_on_raw_facts') / p50('http_rest_1')),
    },
  };
}
