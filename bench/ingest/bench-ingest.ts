import { median, rounded, say, table, type BenchResult } from '../report.ts';
import { copy, procedure, rest, type Contender } from './contenders.ts';
import { startPolls } from './polls.ts';
import { measureRefresh } from './revised-posts.ts';
import { createWorld, type World } from './world.ts';

const SIZES = [1_000, 5_000] as const;
const CALLERS = [1, 4] as const;
const MOST_CALLERS = Math.max(...CALLERS);

/**
 * How fast do observations come in: through `hooks.metrics`, in process and over REST, beside COPY of the same rows.
 * And how soon are the figures right when many posts were revised.
 */
export async function benchIngest(args: readonly string[]): Promise<BenchResult> {
  const quick = args.includes('--quick');
  const plan = { rounds: quick ? 1 : 3, rows: quick ? 20_000 : 60_000 };
  const world = await createWorld();
  try {
    const contenders = [procedure(world), await rest(world), await copy(world, MOST_CALLERS)];
    const measured = await measure(world, contenders, plan);
    for (const contender of contenders) await contender.close();
    show(measured);
    const posts = quick ? 2_000 : 20_000;
    const refresh = {
      [`refresh_${posts / 1_000}k_s`]: rounded(await measureRefresh(world, posts)),
    };
    return result(measured, refresh);
  } finally {
    await world.close();
  }
}

/** Rows a second, round by round. */
interface Measured {
  readonly name: string;
  readonly size: number;
  readonly callers: number;
  readonly perSecond: readonly number[];
}

interface Plan {
  readonly rounds: number;
  readonly rows: number;
}

async function measure(
  world: World,
  contenders: readonly Contender[],
  plan: Plan,
): Promise<Measured[]> {
  const measured: Measured[] = [];
  const shapes = SIZES.flatMap((size) => CALLERS.map((callers) => ({ size, callers })));
  for (const shape of shapes) {
    const lanes = await Promise.all(contenders.map((one) => openLane(world, one, shape)));
    const speeds = await inTurns(lanes, Math.ceil(plan.rows / shape.size / shape.callers), plan);
    contenders.forEach(({ name }, index) =>
      measured.push({ name, ...shape, perSecond: speeds[index] ?? [] }),
    );
    say(`measured ${shape.callers} callers with ${shape.size} rows a call`);
  }
  return measured;
}

type Lane = (polls: number) => Promise<number>;

// Round by round: a machine whose speed drifts is the same for all. The first round warms up.
async function inTurns(
  lanes: readonly Lane[],
  polls: number,
  { rounds }: Plan,
): Promise<number[][]> {
  const speeds = lanes.map((): number[] => []);
  for (let round = 0; round <= rounds; round += 1) {
    for (const [index, run] of lanes.entries()) {
      const perSecond = await run(polls);
      if (round > 0) speeds[index]?.push(perSecond);
    }
  }
  return speeds;
}

/** Callers with a client each, who send so many polls one after the other; answers the rows a second. */
async function openLane(
  world: World,
  contender: Contender,
  { size, callers }: { readonly size: number; readonly callers: number },
): Promise<Lane> {
  const clients = Array.from({ length: callers }, (_, caller) => ({
    id: `${contender.name}-${size}-${callers}-${caller}`,
    next: startPolls(size),
  }));
  for (const { id } of clients) await world.register(id);
  return async (polls) => {
    const ready = [];
    for (const { id, next } of clients) {
      const sends = [];
      for (let poll = 0; poll < polls; poll += 1) sends.push(await contender.ready(id, next()));
      ready.push(sends);
    }
    const start = performance.now();
    await Promise.all(
      ready.map(async (sends, caller) => {
        for (const send of sends) await send(caller);
      }),
    );
    return (polls * callers * size) / ((performance.now() - start) / 1000);
  };
}

function show(measured: readonly Measured[]): void {
  const rows = measured.map(({ name, size, callers, perSecond }) => [
    name,
    String(size),
    String(callers),
    median(perSecond).toFixed(0),
    Math.min(...perSecond).toFixed(0),
    Math.max(...perSecond).toFixed(0),
  ]);
  say('');
  table(['observations', 'rows a call', 'callers', 'per second', 'slowest', 'fastest'], rows);
  say('');
}

function result(
  measured: readonly Measured[],
  refresh: Readonly<Record<string, number>>,
): BenchResult {
  const figures: Record<string, number> = { ...refresh };
  const ratios: Record<string, number> = {};
  for (const { name, size, callers, perSecond } of measured) {
    const speed = median(perSecond);
    figures[`${name}_${size}x${callers}_per_second`] = rounded(speed);
    const peer = measured.find(
      (one) => one.name === 'copy' && one.size === size && one.callers === callers,
    );
    if (!peer || name === 'copy') continue;
    const ratio = rounded(speed / median(peer.perSecond));
    ratios[`${name}_${size}x${callers}_vs_copy`] = ratio;
    // The goal's: all the way from a host over HTTP, both with as many callers and rows as we measure.
    if (name === 'rest' && size === Math.max(...SIZES) && callers === MOST_CALLERS) {
      ratios['ingest_vs_copy'] = ratio;
    }
  }
  return { bench: 'ingest', figures, ratios };
}
