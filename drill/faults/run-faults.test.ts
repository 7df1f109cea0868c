import { describe, expect, test } from 'vitest';

import type { Fault } from './kinds/fault.ts';
import { KINDS } from './kinds/kinds.ts';
import { AGENCY } from './place.ts';
import { reportOf } from './report.ts';
import { runFaults } from './run-faults.ts';

const say = (): void => undefined;

/** Those that take a second or two. */
const QUICK = {
  'kill-postgres': KINDS['kill-postgres'],
  'cut-line': KINDS['cut-line'],
  'slow-line': KINDS['slow-line'],
  'skew-clock': KINDS['skew-clock'],
  'exhaust-connections': KINDS['exhaust-connections'],
  'drop-dashboards': KINDS['drop-dashboards'],
};

describe('given a server and a worker under load', () => {
  test('when much goes wrong, then all that was told is there once, and callers saw nothing but 503 and time-outs', async () => {
    const drilled = await runFaults({ faults: 6, seed: 1, kinds: QUICK, say });
    expect(drilled.rounds.flatMap(({ violations }) => violations)).toEqual([]);
    expect(drilled.rounds.map(({ kind }) => kind).toSorted()).toEqual(
      Object.keys(QUICK).toSorted(),
    );
    for (const { told, seen } of drilled.rounds) {
      expect(told).toBeGreaterThan(10);
      expect(seen.answered).toBeGreaterThan(told);
    }
    expect(reportOf(drilled).at(-1)).toBe('6 faults, 0 violations');
  });

  test('when something is lost, doubled or miscounted, then the drill says so', async () => {
    const drilled = await runFaults({ faults: 1, seed: 1, kinds: { sabotage }, say });
    const found = drilled.rounds.flatMap(({ violations }) => violations).join('\n');
    for (const sign of SIGNS) expect(found).toMatch(sign);
  });
});

/** Does behind the service's back what must never happen. */
const sabotage: Fault = async ({ place: { owner }, clients: [one = '', other = ''] }) => {
  await owner(`delete from retainer.time_entry where agency_id = $1`, [AGENCY]);
  const lie = (sql: string, client: string) =>
    owner(`${sql} where agency_id = $1 and client_id = $2`, [AGENCY, client]);
  // There must be something to lie about.
  await expect
    .poll(() => lie('select from retainer.usage_counter', one), { timeout: 10_000 })
    .not.toHaveLength(0);
  await lie('update retainer.usage_counter set held = held + 100', one);
  await lie('delete from retainer.hold', other);
};

const SIGNS = [
  /client-1-0: the limit of 30 was passed/,
  /client-1-0: held: \d+ were told, there are \d+/,
  /hours \S+ of \S+ was answered .+, then/,
  /(?:hold|post) \S+ of client-1-1 was answered .+, then/,
  /counters are not what their ledger says/,
];
