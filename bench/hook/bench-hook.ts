import { underLoad, type Load } from '../load.ts';
import { median, rounded, say, table, type BenchResult } from '../report.ts';
import { inProcess, rateLimiter, singleCall, type Contender } from './contenders.ts';
import { httpContender } from './http.ts';
import { measureGrowth } from './ledger-growth.ts';
import { createWorld } from './world.ts';

const CALLERS = [1, 16, 64, 256] as const;

/** How fast may a post be asked for: in process and over HTTP, beside the same SQL alone and a bare counter. */
export async function benchHook(args: readonly string[]): Promise<BenchResult> {
  const quick = args.includes('--quick');
  const seconds = quick ? 1 : 3;
  const rounds = quick ? 1 : 3;
  const world = await createWorld(say);
  const contenders = [
    inProcess(world),
    await httpContender(world, 'client'),
    await httpContender(world, 'rest'),
    await singleCall(world),
    await rateLimiter(world),
  ];
  try {
    say('warming up');
    for (const contender of contenders) await underLoad(64, quick ? 1 : 3, contender.ask);
    const measured = await measure(contenders, { seconds, rounds });
    show(contenders, measured);
    for (const contender of contenders) await contender.close();
    const growth = await measureGrowth(world, { quick });
    return result(measured, growth);
  } finally {
    await world.close();
  }
}

type Measured = ReadonlyMap<string, readonly Load[]>;

// In turns, round by round: a machine whose speed drifts is the same for all.
async function measure(
  contenders: readonly Contender[],
  plan: { readonly seconds: number; readonly rounds: number },
): Promise<Measured> {
  const measured = new Map<string, Load[]>();
  for (const callers of CALLERS) {
    for (let round = 0; round < plan.rounds; round += 1) {
      for (const { name, ask } of contenders) {
        const load = await underLoad(callers, plan.seconds, ask);
        measured.set(name, [...(measured.get(name) ?? []), load]);
      }
    }
    say(`measured ${callers} callers`);
  }
  return measured;
}

function middle(measured: Measured, name: string, callers: number): Load {
  const loads = (measured.get(name) ?? []).filter((load) => load.callers === callers);
  return {
    callers,
    perSecond: median(loads.map((load) => load.perSecond)),
    p50Ms: median(loads.map((load) => load.p50Ms)),
    p99Ms: median(loads.map((load) => load.p99Ms)),
  };
}

function show(contenders: readonly Contender[], measured: Measured): void {
  const rows = contenders.flatMap(({ name }) =>
    CALLERS.map((callers) => {
      const { perSecond, p50Ms, p99Ms } = middle(measured, name, callers);
      return [name, String(callers), perSecond.toFixed(0), p50Ms.toFixed(2), p99Ms.toFixed(2)];
    }),
  );
  say('');
  table(['reserves', 'callers', 'per second', 'p50 ms', 'p99 ms'], rows);
  say('');
}

function result(
  measured: Measured,
  growth: { readonly small: number; readonly large: number },
): BenchResult {
  const figures: Record<string, number> = {};
  for (const [name] of measured) {
    for (const callers of CALLERS) {
      const load = middle(measured, name, callers);
      const key = `${name.replaceAll(/[^a-z]+/gu, '_')}_${callers}`;
      figures[`${key}_per_second`] = rounded(load.perSecond);
      figures[`${key}_p50_ms`] = rounded(load.p50Ms);
      figures[`${key}_p99_ms`] = rounded(load.p99Ms);
    }
  }
  figures['ledger_small_p50_ms'] = rounded(growth.small);
  figures['ledger_large_p50_ms'] = rounded(growth.large);
  const at64 = (name: string): number => middle(measured, name, 64).perSecond;
  return {
    bench: 'hook',
    figures,
    ratios: {
      in_process_64_vs_single_call: rounded(at64('in process') / at64('one call a transaction')),
      in_process_64_vs_rate_limiter: rounded(at64('in process') / at64('rate-limiter-flexible')),
      http_64_vs_rate_limiter: rounded(at64('http, typed client') / at64('rate-limiter-flexible')),
      ledger_growth: rounded(growth.large / growth.small),
    },
  };
}
