import type { Count } from '@retainer/domain';

import { writeAnswer } from './answer-text.ts';
import { arrayText } from './array-text.ts';
import type { ClientState, HoldRow } from './client-state.ts';
import { insistOnCounters } from './counter.queries.ts';
import type { Statement } from './gate-session.ts';
import { optionalStamp, stamp } from './row-values.ts';
import { FACT_TABLES } from './write-facts.queries.ts';
import type { Row, Table } from './write-table.ts';

/** Everything a batch changed: what nearly every batch writes in one statement, the rest one a table. */
export function writeStatements(
  agencyId: string,
  states: ReadonlyMap<string, ClientState>,
): Statement[] {
  const rowsOf = (table: Table): Row[] =>
    [...states].flatMap(([clientId, state]) => table.rows(clientId, state));
  const usual = USUAL.map(rowsOf);
  const statements = insistOnUnchanged(agencyId, states);
  if (usual.some((rows) => rows.length > 0)) {
    const values = USUAL.flatMap((table, index) => columnsOf(table, usual[index] ?? []));
    const counters = usual.at(-1)?.length ?? 0;
    statements.push({
      name: 'gate_write',
      text: usualText,
      values: [agencyId, counters, ...values],
    });
  }
  for (const table of [CHANGED_HOLDS, ...FACT_TABLES]) {
    const rows = rowsOf(table);
    if (rows.length === 0) continue;
    const values = [agencyId, ...columnsOf(table, rows)];
    statements.push({ name: table.name, text: table.text(unnest(table, 2)), values });
  }
  return statements;
}

// What is written insists by itself; what was merely looked at is looked at again.
function insistOnUnchanged(
  agencyId: string,
  states: ReadonlyMap<string, ClientState>,
): Statement[] {
  const taken = [...states].flatMap(([clientId, { counters }]) =>
    [...counters.values()]
      .filter((counter) => counter.isRemembered && !counter.changed)
      .map(({ meter, window, revision }) => ({ clientId, meter, start: window.start, revision })),
  );
  return taken.length > 0 ? [insistOnCounters(agencyId, taken)] : [];
}

const HOLD_COLUMNS = {
  client_id: 'text',
  series_id: 'uuid',
  occurrence: 'text',
  key: 'text',
  payload_hash: 'text',
  meter: 'text',
  quantity: 'bigint',
  count_by: 'text',
  scheduled_at: 'timestamptz',
  status: 'text',
  expires_at: 'timestamptz',
  units: 'json',
  receipt: 'json',
  flags: 'json',
  step: 'int',
  answer: 'json',
  created_at: 'timestamptz',
  settled_at: 'timestamptz',
} as const;

const insertHolds = (rows: string): string =>
  `insert into retainer.hold (agency_id, ${Object.keys(HOLD_COLUMNS).join(', ')}) select $1, n.* from ${rows} n`;

const NEW_HOLDS: Table = {
  name: 'gate_new_holds',
  types: Object.values(HOLD_COLUMNS),
  text: insertHolds,
  rows: (clientId, { changes }) =>
    [...changes.newHolds.values()].map((hold) => holdRow(clientId, hold)),
};

// An upsert is sure to find its rows by the key, whatever the planner knows of the table.
const CHANGED_HOLDS: Table = {
  name: 'gate_changed_holds',
  types: Object.values(HOLD_COLUMNS),
  text: (rows) => `${insertHolds(rows)}
    on conflict (agency_id, series_id, occurrence) do update set scheduled_at = excluded.scheduled_at,
      status = excluded.status, expires_at = excluded.expires_at, units = excluded.units,
      receipt = excluded.receipt, flags = excluded.flags, step = excluded.step, quantity = excluded.quantity,
      settled_at = excluded.settled_at`,
  rows: (clientId, { changes }) =>
    [...changes.changedHolds.values()].map((hold) => holdRow(clientId, hold)),
};

const LEDGER: Table = {
  name: 'gate_ledger',
  types: ['text', 'uuid', 'text', 'int', 'text', 'text', 'timestamptz', 'json', 'timestamptz'],
  text: (rows) => `insert into retainer.usage_ledger
      (agency_id, client_id, series_id, occurrence, step, kind, meter, window_start, lines, at)
    select $1, n.* from ${rows} n`,
  rows: (clientId, { changes }) =>
    changes.ledger.map((row) => [
      clientId,
      row.seriesId,
      row.occurrence,
      row.step,
      row.kind,
      row.meter,
      stamp(row.windowStart),
      JSON.stringify(row.lines.map(({ platform, used, held }) => [platform, used, held])),
      stamp(row.at),
    ]),
};

// Whole values, not differences: they were computed from the revision before, under the client's lock.
const COUNTERS: Table = {
  name: 'gate_write_counters',
  types: ['text', 'text', 'timestamptz', 'timestamptz', 'bigint', 'bigint', 'json', 'bigint'],
  text: (rows) => `insert into retainer.usage_counter as u
      (agency_id, client_id, meter, window_start, window_end, used, held, platforms, revision)
    select $1, n.* from ${rows} n
    on conflict (agency_id, client_id, meter, window_start) do update set used = excluded.used,
      held = excluded.held, window_end = excluded.window_end, platforms = excluded.platforms,
      revision = excluded.revision
    where u.revision = excluded.revision - 1
    returning 1`,
  rows: (clientId, { counters }) =>
    [...counters.values()]
      .filter((counter) => counter.changed)
      .map(({ meter, window, counts, revision }) => [
        clientId,
        meter,
        stamp(window.start),
        stamp(window.end),
        counts.get('')?.used ?? 0,
        counts.get('')?.held ?? 0,
        platformsText(counts),
        revision + 1,
      ]),
};

const USUAL: readonly Table[] = [NEW_HOLDS, LEDGER, COUNTERS];

const usualText = ((): string => {
  let first = 3;
  const [holds, ledger, counters] = USUAL.map((table) => {
    const text = table.text(unnest(table, first));
    first += table.types.length;
    return text;
  });
  return `with new_holds as (${holds}), new_ledger as (${ledger}), counters as (${counters})
    select retainer.insist((select count(*) from counters) = $2::int)`;
})();

function unnest(table: Table, first: number): string {
  return `unnest(${table.types.map((type, index) => `$${index + first}::${type}[]`).join(', ')})`;
}

function columnsOf(table: Table, rows: readonly Row[]): string[] {
  return table.types.map((_, column) => arrayText(rows.map((row) => row[column])));
}

function holdRow(clientId: string, hold: HoldRow): Row {
  return [
    clientId,
    hold.seriesId,
    hold.occurrence,
    hold.key,
    hold.payloadHash,
    hold.meter,
    hold.quantity,
    hold.countBy,
    stamp(hold.scheduledAt),
    hold.status,
    optionalStamp(hold.expiresAt),
    JSON.stringify(hold.units),
    receiptText(hold),
    JSON.stringify(hold.flags),
    hold.step,
    typeof hold.answer === 'object' ? writeAnswer(hold.answer) : hold.answer,
    stamp(hold.createdAt),
    optionalStamp(hold.settledAt),
  ];
}

function platformsText(counts: ReadonlyMap<string, Count>): string {
  const rows: [string, number, number][] = [];
  for (const [platform, { used, held }] of counts) {
    if (platform && used + held > 0) rows.push([platform, used, held]);
  }
  return JSON.stringify(rows);
}

function receiptText(hold: HoldRow): string {
  const { window, lines } = hold.receipt;
  // Infinity is no JSON number: a level's window has no ends.
  return JSON.stringify({ start: finite(window.start), end: finite(window.end), lines });
}

function finite(at: number): number | null {
  return Number.isFinite(at) ? at : null;
}
