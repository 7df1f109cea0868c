import { startApi, type ApiProcess } from '../api-process.ts';
import { createWorld, type World } from '../hook/world.ts';
import { median, rounded, say, table, type BenchResult } from '../report.ts';
import { createOpenLoop, type OpenLoop, type Sent } from './open-loop.ts';
import { createRequests } from './requests.ts';
import { windowOf, type Window } from './window.ts';

const MINUTES = 10;
const SHARE = 0.7;
const OVERLOAD = 3;
/** Of the peak: it is found by asking ever more until it is not answered any more. */
const STEP = 1.25;
const KEEPS_UP = 0.97;

interface Plan {
  readonly soakSeconds: number;
  readonly peakSeconds: number;
  readonly overloadSeconds: number;
}

/** `pnpm bench soak [MINUTES]`: does it hold for hours what it can hold, shed what it cannot, and come back at once? */
export async function benchSoak(args: readonly string[]): Promise<BenchResult> {
  const plan = planOf(args);
  const world = await createWorld(say);
  const api = await startApi(world.url, world.agencyId, { NODE_ENV: 'production' });
  const loop = createOpenLoop(api.url);
  try {
    const bench = { world, api, loop, next: createRequests(world, api) };
    const peak = await findPeak(bench, plan);
    say(`peak: ${peak.toFixed(0)} requests a second`);
    const slices = await soak(bench, { perSecond: peak * SHARE, seconds: plan.soakSeconds });
    const { overload, recoveredSeconds } = await overloadAndBack(bench, peak, plan);
    return result({ peak, slices, overload, recoveredSeconds });
  } finally {
    loop.close();
    await api.close();
    await world.close();
  }
}

function planOf(args: readonly string[]): Plan {
  if (args.includes('--quick')) return { soakSeconds: 20, peakSeconds: 3, overloadSeconds: 6 };
  const minutes = Number(args[0] ?? MINUTES);
  if (!(minutes > 0)) throw new Error('pnpm bench soak [MINUTES] [--quick]');
  return { soakSeconds: minutes * 60, peakSeconds: 8, overloadSeconds: 20 };
}

interface Bench {
  readonly world: World;
  readonly api: ApiProcess;
  readonly loop: OpenLoop;
  readonly next: () => string;
}

async function load(
  { loop, next }: Bench,
  perSecond: number,
  seconds: number,
): Promise<readonly Sent[]> {
  const sent: Sent[] = [];
  await loop.run({ perSecond, seconds, next }, (one) => sent.push(one));
  return sent;
}

/** The highest rate at which nearly all that comes is answered, and soon. */
async function findPeak(bench: Bench, { peakSeconds }: Plan): Promise<number> {
  await load(bench, 100, 3);
  let peak = 0;
  for (let rate = 100; ; rate *= STEP) {
    const { answered, p99Ms } = windowOf(await load(bench, rate, peakSeconds));
    const keepsUp = answered >= rate * peakSeconds * KEEPS_UP && p99Ms < 1_000;
    say(`${rate.toFixed(0)} a second: ${answered} answered, p99 ${p99Ms.toFixed(0)} ms`);
    if (!keepsUp && peak === 0) throw new Error('this machine is too busy to measure on');
    if (!keepsUp) return peak;
    peak = rate;
  }
}

interface Slice extends Window {
  readonly residentMb: number;
  readonly heapMb: number;
  readonly poolConnections: number;
  readonly underWay: number;
}

const SLICE_SECONDS = 10;

async function soak(
  bench: Bench,
  { perSecond, seconds }: { readonly perSecond: number; readonly seconds: number },
): Promise<readonly Slice[]> {
  const slices: Slice[] = [];
  for (let done = 0; done < seconds; done += SLICE_SECONDS) {
    const running = load(bench, perSecond, Math.min(SLICE_SECONDS, seconds - done));
    const sample = await sampleOf(bench);
    slices.push({ ...windowOf(await running), ...sample });
  }
  const step = Math.max(1, Math.floor(slices.length / 10));
  const shown = slices.filter((_, index) => index % step === 0 || index === slices.length - 1);
  say('');
  table(
    ['soak', 'p50 ms', 'p99 ms', 'shed', 'late', 'wrong', 'RSS MB', 'heap MB', 'pool'],
    shown.map((slice) => [
      `${(slices.indexOf(slice) * SLICE_SECONDS).toFixed(0)} s`,
      slice.p50Ms.toFixed(1),
      slice.p99Ms.toFixed(1),
      ...[slice.shed, slice.timedOut, slice.wrong].map(String),
      slice.residentMb.toFixed(0),
      slice.heapMb.toFixed(0),
      String(slice.poolConnections),
    ]),
  );
  return slices;
}

async function sampleOf({ api, world }: Bench) {
  const text = await (await fetch(`${api.url}/metrics`)).text();
  const metric = (name: string): number =>
    Number(new RegExp(`^${name} (\\S+)$`, 'mu').exec(text)?.[1]);
  const { rows } = await world.owner.query<{ count: number }>(
    `select count(*)::int as count from pg_stat_activity
     where application_name like 'retainer%' and datname = current_database()`,
  );
  return {
    residentMb: metric('process_resident_memory_bytes') / 1024 / 1024,
    heapMb: metric('nodejs_heap_size_used_bytes') / 1024 / 1024,
    underWay: metric('retainer_http_under_way'),
    poolConnections: rows[0]?.count ?? 0,
  };
}

interface Overloaded {
  readonly overload: Window;
  /** After the last second in which something was refused or late; of the load that it can hold. */
  readonly recoveredSeconds: number;
}

const BACK_SECONDS = 15;

async function overloadAndBack(
  bench: Bench,
  peak: number,
  { overloadSeconds }: Plan,
): Promise<Overloaded> {
  const sent: Sent[] = [];
  const flood = bench.loop.run(
    { perSecond: peak * OVERLOAD, seconds: overloadSeconds, next: bench.next },
    (one) => sent.push(one),
  );
  // What comes after the flood does not wait until the last of it was answered.
  await new Promise((resolve) => {
    setTimeout(resolve, overloadSeconds * 1_000);
  });
  const after = await load(bench, peak * SHARE, BACK_SECONDS);
  await flood;
  const overload = windowOf(sent);
  const bad = after.filter(({ status, tookMs }) => status !== 200 || tookMs > 1_000);
  const recoveredSeconds = Math.max(0, ...bad.map(({ dueMs }) => dueMs)) / 1_000;
  say('');
  table(
    [`${OVERLOAD} x peak`, 'answered', 'shed', 'late', 'wrong', 'p50 ms', 'p99 ms', 'back after s'],
    [
      [
        `${overloadSeconds} s`,
        ...[overload.answered, overload.shed, overload.timedOut, overload.wrong].map(String),
        overload.p50Ms.toFixed(0),
        overload.p99Ms.toFixed(0),
        recoveredSeconds.toFixed(1),
      ],
    ],
  );
  return { overload, recoveredSeconds };
}

function result({
  peak,
  slices,
  overload,
  recoveredSeconds,
}: Overloaded & { readonly peak: number; readonly slices: readonly Slice[] }): BenchResult {
  const half = Math.floor(slices.length / 2);
  const middle = (some: readonly Slice[], of: (slice: Slice) => number): number =>
    median(some.map(of));
  const [first, second] = [slices.slice(0, half), slices.slice(half)];
  const growth = (of: (slice: Slice) => number): number =>
    rounded(middle(second, of) / middle(first, of));
  const sum = (of: (slice: Slice) => number): number =>
    slices.reduce((total, slice) => total + of(slice), 0);
  return {
    bench: 'soak',
    figures: {
      peak_per_second: rounded(peak),
      soak_seconds: slices.length * SLICE_SECONDS,
      soak_p50_ms: rounded(middle(slices, ({ p50Ms }) => p50Ms)),
      soak_p99_ms: rounded(middle(slices, ({ p99Ms }) => p99Ms)),
      soak_not_answered: sum(({ shed, timedOut, wrong }) => shed + timedOut + wrong),
      soak_resident_mb: rounded(middle(second, ({ residentMb }) => residentMb)),
      soak_pool_connections_most: Math.max(...slices.map((slice) => slice.poolConnections)),
      overload_answered: overload.answered,
      overload_shed: overload.shed,
      overload_timed_out: overload.timedOut,
      overload_wrong: overload.wrong,
      overload_p99_ms: rounded(overload.p99Ms),
      recovered_seconds: rounded(recoveredSeconds),
    },
    ratios: {
      p99_second_half_vs_first: growth(({ p99Ms }) => p99Ms),
      resident_second_half_vs_first: growth(({ residentMb }) => residentMb),
      heap_second_half_vs_first: growth(({ heapMb }) => heapMb),
    },
  };
}
