import type { Instant, LocalDate } from '@retainer/domain';

import type { SqlSession } from '../db/sql-session.ts';
import { WRITERS } from '../db/writers.ts';

/** What an answer rests on, beside what it always does. */
export interface MarkAsked {
  readonly now: Instant;
  /** The months whose plans are judged, by their first days. */
  readonly months: readonly LocalDate[];
}

/** Marks of what answers rest on, each of which every committed change of it makes another. */
export interface Marks {
  /** Of all that a dashboard rests on. */
  readonly whole: string;
  /** Everything that was written is in the figures. */
  readonly isSettled: boolean;
  readonly agency: string;
  /** Of who the clients are, how they count, and what was promised to them. */
  readonly roster: string;
  /** Of what tiers there are and were. */
  readonly tiers: string;
  /** Of what campaigns there are. */
  readonly campaigns: string;
  /** Of what tools cost whom, by the first day of the month. */
  readonly tools: ReadonlyMap<LocalDate, string>;
}

const OWN = `agency_id = current_setting('retainer.agency')`;
const all = (table: string, where = ''): string =>
  `(select ${WRITERS} from retainer.${table} where ${OWN} ${where})`;
const TODAY = `date_trunc('day', $1::timestamptz)`;
// As far back as wishes are looked at, and a week that is longer after a change of calendar.
const SINCE = `${TODAY} - interval '100 days'`;

/**
 * Marks all that a dashboard rests on: figures by the versions of their refresh, promises by theirs, counters by how
 * often they were written, and the rest by who wrote it last.
 */
export async function readMarks(sql: SqlSession, { now, months }: MarkAsked): Promise<Marks> {
  const [row] = await sql.query<Omit<Marks, 'whole' | 'tools'> & Record<'tools' | 'rest', string>>(
    `select not exists (select from retainer.dirty where ${OWN}) as "isSettled",
       (select xmin::text from retainer.agency where id = current_setting('retainer.agency')) as agency,
       ${all('client')} as roster,
       concat_ws(' ', ${all('tier')}, ${all('tier_version')}) as tiers,
       ${all('campaign')} as campaigns,
       (select coalesce(string_agg(month || '/' || version, ' ' order by month), '') from retainer.tool_month where ${OWN}) as tools,
       concat_ws(' ',
       -- What is looked at from here on is of another day's rows tomorrow.
       ${TODAY},
       (select count(*) || '/' || coalesce(sum(version), 0) from retainer.value_state where ${OWN}),
       ${all('exchange_rate')}, ${all('annotation')},
       ${all('target', 'and month = any ($2::date[])')}, ${all('budget', 'and month = any ($2::date[])')},
       (select count(*) || '/' || coalesce(sum(revision), 0) from retainer.usage_counter
        where ${OWN} and window_end > ${SINCE}),
       ${all('hold', `and scheduled_at >= ${SINCE} and status = 'denied'`)},
       ${all('hold', `and scheduled_at >= ${SINCE} and flags::text like '%over_limit_unchecked%'`)},
       -- They only grow in number: what comes further back, moves or goes is announced, and raises a version.
       (select count(*) from retainer.post where ${OWN} and created_at >= ${TODAY} - interval '1 day')
       ) as rest`,
    [new Date(now).toISOString(), months],
  );
  if (!row) throw new Error('a statement without a from answers a row');
  const { rest, tools, ...marks } = row;
  const { agency, roster, tiers, campaigns } = marks;
  return {
    ...marks,
    whole: [agency, roster, tiers, campaigns, tools, rest].join(' '),
    tools: new Map(tools.split(' ').map((one) => [one.slice(0, 10), one])),
  };
}

/** A mark of the figures of each client that the agency has or had, by id: its row and its last refresh. */
export async function readClientMarks(sql: SqlSession): Promise<ReadonlyMap<string, string>> {
  const rows = await sql.query<{ id: string; mark: string }>(
    `select c.id, c.xmin || '/' || coalesce(v.version, 0) as mark
     from retainer.client c
     left join retainer.value_state v on v.agency_id = c.agency_id and v.client_id = c.id
     where c.agency_id = current_setting('retainer.agency') order by c.id`,
    [],
  );
  return new Map(rows.map(({ id, mark }) => [id, mark]));
}
