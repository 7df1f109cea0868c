import pg from 'pg';

import { clientIdOf, CURRENCY } from '../value/client-seed.ts';
import { AGENCY_ID } from '../value/load-facts.ts';
import { createRandom } from '../value/random.ts';
import { dateOf, DAYS } from '../value/span.ts';
import type { ValueWorld } from '../value/world.ts';

/** Somebody who writes facts, as hosts do while dashboards are looked at. */
export interface Writer {
  /** One fact of one client more: metrics, a lead, revenue, ad spend or tracked time, in turn. */
  readonly write: () => Promise<void>;
  /** Writes so often a second until it is stopped. */
  readonly start: (perSecond: number) => { readonly stop: () => Promise<void> };
  readonly close: () => Promise<void>;
}

/** In which of the last days the facts are. */
const RECENT_DAYS = 60;
const POSTS_POLLED = 10;

/** Writes on a connection of its own; the triggers queue what changed, whoever writes. */
export async function openWriter({ url, clients }: ValueWorld, seed: number): Promise<Writer> {
  const owner = new pg.Client({ connectionString: url });
  await owner.connect();
  const random = createRandom(seed, -3);
  let turn = 0;
  const write = async (): Promise<void> => {
    const kind = WRITES[turn % WRITES.length] ?? '';
    const clientId = clientIdOf(random.whole(0, clients - 1));
    const day = dateOf(random.whole(DAYS - RECENT_DAYS, DAYS - 1));
    turn += 1;
    await owner.query(kind, [AGENCY_ID, clientId, day, turn]);
  };
  return {
    write,
    start(perSecond) {
      const stopping = new AbortController();
      const running = repeat(stopping.signal, 1000 / perSecond, write);
      return {
        async stop() {
          stopping.abort();
          await running;
        },
      };
    },
    async close() {
      await owner.end();
    },
  };
}

// At its own pace: a slow write does not make the next ones wait any longer.
async function repeat(
  signal: AbortSignal,
  everyMs: number,
  write: () => Promise<void>,
): Promise<void> {
  for (let next = performance.now(); !signal.aborted; next += everyMs) {
    await new Promise((resolve) => {
      setTimeout(resolve, Math.max(0, next - performance.now()));
    });
    if (!signal.aborted) await write();
  }
}

/** Takes away all that was ever written here, also by a run that did not end well: the facts are those of the seed. */
export async function undoWrites(url: string): Promise<void> {
  const owner = new pg.Client({ connectionString: url });
  await owner.connect();
  try {
    for (const statement of UNDO) await owner.query(statement);
  } finally {
    await owner.end();
  }
}

// After all that the seed made, on its last day; nothing is told when observations go, so their days are queued here.
const AFTER = `'${dateOf(DAYS)}T00:00:00Z'::timestamptz`;

const WRITES = [
  `insert into retainer.observation (agency_id, series_id, at, client_id, local_date, value)
   select $1, s.id, ${AFTER} + $4::int * interval '1 second', $2, '${dateOf(DAYS - 1)}', o.value + $4::int
   from (select id from retainer.series where agency_id = $1 and client_id = $2 and $3::date is not null
     order by id desc limit ${POSTS_POLLED}) s
   cross join lateral (select value from retainer.observation
     where agency_id = $1 and series_id = s.id order by at desc limit 1) o`,
  `insert into retainer.conversion (agency_id, id, client_id, kind, local_date, count, source, attribution_model, created_at)
   select $1, gen_random_uuid(), $2, 'lead', $3::date, 1 + $4::int % 3, 'bench', 'last_touch', now()`,
  `insert into retainer.conversion (agency_id, id, client_id, kind, local_date, count, amount_minor, currency, source,
     attribution_model, created_at)
   select $1, gen_random_uuid(), $2, 'revenue', $3::date, 1, 20000 + $4::int, '${CURRENCY}', 'bench', 'last_touch', now()`,
  `insert into retainer.client_cost (agency_id, id, client_id, kind, name, from_date, to_date, amount_minor, currency,
     created_at)
   select $1, gen_random_uuid(), $2, 'ad_spend', 'bench', $3::date, $3::date, 5000 + $4::int, '${CURRENCY}', now()`,
  `insert into retainer.time_entry (agency_id, id, client_id, person, local_date, seconds, billable, source, created_at)
   select $1, gen_random_uuid(), $2, 'bench', $3::date, 900 + 60 * ($4::int % 60), true, 'manual', now()`,
] as const;

const UNDO = [
  `insert into retainer.dirty (agency_id, client_id, kind, from_date)
   select distinct o.agency_id, o.client_id, 'day', o.local_date from retainer.observation o where o.at >= ${AFTER}`,
  `delete from retainer.observation where at >= ${AFTER}`,
  `delete from retainer.conversion where source = 'bench'`,
  `delete from retainer.client_cost where name = 'bench'`,
  `delete from retainer.time_entry where person = 'bench'`,
] as const;
