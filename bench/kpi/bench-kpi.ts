import { isDeepStrictEqual } from 'node:util';

import { rounded, say, table, type BenchResult } from '../report.ts';
import { measure, percentile, together, type Latencies } from '../value/measure.ts';
import { factsHelp, readFactsOptions, type FactsOptions } from '../value/options.ts';
import { countFacts, openWorld, type ValueWorld } from '../value/world.ts';
import { overHttp } from './ask-api.ts';
import { byDuckdb } from './ask-duckdb.ts';
import { bySql } from './ask-sql.ts';
import { openWriter, undoWrites, type Writer } from './change-facts.ts';
import {
  createQuestions,
  type Answer,
  type Contender,
  type Question,
  type Turn,
  type Writing,
} from './question.ts';

/** How often a second something changes while many ask. */
const WRITES_PER_SECOND = 4;
const HELP = factsHelp(
  'kpi',
  'the dashboard of an agency of 1,000 clients, 24 months, 10 million observations',
  `Asked for a month beside the one before, with a trend of twelve, over HTTP, of hand-written SQL on the rollup, and
of DuckDB on the same raw facts: while nothing changes, with a fact written before each answer, and while facts of
some clients change ${WRITES_PER_SECOND} times a second. What was written is taken away in the end.`,
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
  await undoWrites(world.url);
  const writer = await openWriter(world, options.seed);
  const contenders: Contender[] = [];
  try {
    contenders.push(await overHttp(world.url));
    contenders.push(await bySql(world.url));
    contenders.push(await byDuckdb(world.url, world.folder));
    const next = createQuestions(options.seed);
    await assertAgreement(contenders, Array.from({ length: SAMPLE }, next));
    say(`all answer alike on ${SAMPLE} months`);
    const runs = await measureAll(contenders, { next, writer, options });
    const sums = contenders.slice(0, 2);
    await assertAgreement(sums, Array.from({ length: SAMPLE }, next));
    say(`API and SQL answer alike on ${SAMPLE} months after all that was written`);
    return await report(world, runs);
  } finally {
    for (const contender of contenders) await contender.close();
    await writer.close();
    await undoWrites(world.url);
    await world.close();
  }
}

async function assertAgreement(
  contenders: readonly Contender[],
  questions: readonly Question[],
): Promise<void> {
  for (const question of questions) {
    // One after the other: the API counts what was written, the rollup's SQL reads what was counted.
    const answers: Answer[] = [];
    for (const { answer } of contenders) answers.push(await answer(question));
    const [first, ...others] = answers;
    for (const [index, other] of others.entries()) {
      if (isDeepStrictEqual(first, other)) continue;
      const names = `${contenders[0]?.name} and ${contenders[index + 1]?.name}`;
      throw new Error(
        `${names} differ on ${JSON.stringify(question)}:\n${JSON.stringify(first)}\n${JSON.stringify(other)}`,
      );
    }
  }
}

/** A contender in one of its turns, and how it fared. */
interface Run {
  readonly contender: Contender;
  readonly turn: Turn;
  readonly latencies: Latencies[];
  /** The moments that answers were of: as many as were made. */
  readonly made: Set<string>;
}

// In turns, round by round: a machine whose speed drifts is the same for all. Those without writes come first.
async function measureAll(
  contenders: readonly Contender[],
  of: { readonly next: () => Question; readonly writer: Writer; readonly options: FactsOptions },
): Promise<Run[]> {
  const { next, writer, options } = of;
  const runs = contenders.flatMap((contender) =>
    contender.turns.map((turn): Run => ({ contender, turn, latencies: [], made: new Set() })),
  );
  for (const contender of contenders) {
    await measure(() => contender.ask(next()), { callers: 1, seconds: WARM_UP_SECONDS });
  }
  say('warmed up');
  const quiet = runs.filter(({ turn }) => turn.writing === 'nothing');
  for (const some of [quiet, runs.filter((run) => !quiet.includes(run))]) {
    for (let round = 1; round <= options.rounds; round += 1) {
      for (const run of some) await measureRun(run, { next, writer, seconds: options.seconds });
      say(`measured round ${round} of ${options.rounds}${some === quiet ? '' : ' with writes'}`);
    }
  }
  return runs;
}

async function measureRun(
  { contender, turn, latencies, made }: Run,
  of: { readonly next: () => Question; readonly writer: Writer; readonly seconds: number },
): Promise<void> {
  const { next, writer, seconds } = of;
  const { callers, writing } = turn;
  const ask = async (): Promise<void> => {
    const asOf = await contender.ask(next());
    if (asOf !== undefined) made.add(asOf);
  };
  if (writing === 'before each') {
    latencies.push(await measureEach(ask, { before: writer.write, seconds }));
    return;
  }
  const writes = writing === 'all the time' ? writer.start(WRITES_PER_SECOND) : undefined;
  latencies.push(await measure(ask, { callers, seconds }));
  await writes?.stop();
}

/** One caller asks again and again; what comes before each question is not counted. */
async function measureEach(
  ask: () => Promise<void>,
  { before, seconds }: { readonly before: () => Promise<void>; readonly seconds: number },
): Promise<Latencies> {
  const latencies: number[] = [];
  for (const end = performance.now() + seconds * 1000; performance.now() < end;) {
    await before();
    const asked = performance.now();
    await ask();
    latencies.push(performance.now() - asked);
  }
  return latencies;
}

const WRITTEN: Readonly<Record<Writing, string>> = {
  nothing: 'nothing: kept answers',
  'before each': 'before each answer: all made anew',
  'all the time': `${WRITES_PER_SECOND} facts a second`,
};
const KEYS: Readonly<Record<Writing, string>> = {
  nothing: 'kept',
  'before each': 'anew',
  'all the time': 'changing',
};

async function report(world: ValueWorld, runs: readonly Run[]): Promise<BenchResult> {
  const counts = await countFacts(world.url);
  const figures: Record<string, number> = { ...counts };
  const rows = runs.map(({ contender, turn, latencies, made }) => {
    const all = together(latencies);
    const [p50, p95] = [percentile(all, 0.5), percentile(all, 0.95)];
    const { callers, writing } = turn;
    const isKept = contender.name.startsWith('http');
    const name = contender.name.replaceAll(/[^a-z0-9]+/gu, '_');
    const key = `${name}_${callers}_${!isKept && writing === 'nothing' ? 'quiet' : KEYS[writing]}`;
    figures[`${key}_p50_ms`] = rounded(p50);
    figures[`${key}_p95_ms`] = rounded(p95);
    return [
      contender.name,
      String(callers),
      isKept ? WRITTEN[writing] : (WRITTEN[writing].split(':')[0] ?? ''),
      all.length.toLocaleString('en'),
      made.size > 0 ? made.size.toLocaleString('en') : '',
      p50.toFixed(2),
      p95.toFixed(2),
    ];
  });
  say(`\nthe dashboard of ${counts.clients} clients, ${counts.observations} observations`);
  table(['asked', 'callers', 'written meanwhile', 'answers', 'made', 'p50 ms', 'p95 ms'], rows);
  say('');
  const p50 = (key: string): number => figures[`${key}_p50_ms`] ?? NaN;
  const [anew, kept] = [p50('http_rest_1_anew'), p50('http_rest_1_kept')];
  const [sql, duckdb] = [p50('sql_on_the_rollup_1_quiet'), p50('duckdb_on_raw_facts_1_quiet')];
  figures['p95_16_ms'] = figures['http_rest_16_changing_p95_ms'] ?? NaN;
  figures['kept_p95_16_ms'] = figures['http_rest_16_kept_p95_ms'] ?? NaN;
  return {
    bench: 'kpi',
    figures,
    ratios: {
      // What must be made, since something changed; what was kept is told beside it.
      api_vs_rollup_sql: rounded(anew / sql),
      kept_vs_rollup_sql: rounded(kept / sql),
      duckdb_vs_api: rounded(duckdb / anew),
      duckdb_vs_kept: rounded(duckdb / kept),
    },
  };
}
