import { underLoad } from '../load.ts';
import { say } from '../report.ts';
import { anyClient, reserveOf } from './contenders.ts';
import type { World } from './world.ts';

/** The p50 in milliseconds of a lone reserve, with a short and with a long history. */
export interface Growth {
  readonly small: number;
  readonly large: number;
}

const SMALL = 50_000;
const LARGE = 5_000_000;
const STEP = 250_000;
const SECONDS = 5;

/** Cost must not grow with the ledger: the same reserve with 50 thousand and with 5 million rows of history. */
export async function measureGrowth(
  world: World,
  { quick }: { readonly quick: boolean },
): Promise<Growth> {
  const large = quick ? LARGE / 10 : LARGE;
  await fill(world, SMALL);
  const small = await lonely(world);
  await fill(world, large);
  return { small, large: await lonely(world) };
}

async function lonely(world: World): Promise<number> {
  const ask = () => world.gate.submit(world.agencyId, anyClient(world), reserveOf(world));
  await underLoad(1, 2, ask);
  const { p50Ms } = await underLoad(1, SECONDS, ask);
  return p50Ms;
}

// Settled holds of earlier weeks with their ledger rows, spread over the clients.
async function fill(world: World, upTo: number): Promise<void> {
  const { owner, agencyId } = world;
  const count = async (): Promise<number> => {
    const { rows } = await owner.query<{ count: string }>(
      'select count(*) from retainer.usage_ledger where agency_id = $1',
      [agencyId],
    );
    return Number(rows[0]?.count);
  };
  for (let there = await count(); there < upTo; there = await count()) {
    const more = Math.min(STEP, upTo - there);
    await owner.query(FILL, [agencyId, more, world.clientIds.length, there]);
    say(
      `history: ${(there + more).toLocaleString('en')} of ${upTo.toLocaleString('en')} ledger rows`,
    );
  }
  await owner.query('vacuum analyze retainer.usage_ledger');
  await owner.query('vacuum analyze retainer.hold');
  await owner.query('checkpoint');
}

const FILL = `
with made as (
  select gen_random_uuid() as series_id, 'client-' || (n % $3::int) as client_id,
    now() - make_interval(days => 7 + n % 300) as at, 'history-' || ($4::int + n) as key
  from generate_series(1, $2::int) n
), holds as (
  insert into retainer.hold (agency_id, client_id, series_id, occurrence, key, payload_hash, meter, quantity,
    count_by, scheduled_at, status, units, receipt, flags, step, answer, created_at, settled_at)
  select $1, client_id, series_id, '0', key, key, 'posts', 1, 'post', at, 'committed', '[]', '{"lines":[]}', '[]',
    1, '{"d":"allow","id":null,"u":[]}', at, at from made
)
insert into retainer.usage_ledger (agency_id, client_id, series_id, occurrence, step, kind, meter, window_start,
  lines, at)
select $1, client_id, series_id, '0', 1, 'commit', 'posts', date_trunc('week', at), '[["",0,0]]', at from made`;
