import { fileURLToPath } from 'node:url';

import { describe, expect, test } from 'vitest';

import { readCaseFile, RunnerError, type RawCaseFile } from '../case-file.ts';
import type { Fields } from '../compare.ts';
import { reportLines } from '../report.ts';
import { adapterFor, runCases, type Verdict } from '../run-cases.ts';
import { entitlementAdapter } from './entitlement.ts';
import { valueAdapter } from './value.ts';

const CASES = new URL('../cases/', import.meta.url);
const target = { url: 'http://127.0.0.1:1', adminToken: '' };

function fileOf(...cases: readonly Fields[]): RawCaseFile {
  const filled = cases.map((one, index) => ({ id: `v-${index + 1}`, title: 'a case', ...one }));
  return { path: 'value.json', content: { name: 'value-cases', cases: filled } };
}

async function reportOf(...cases: readonly Fields[]): Promise<readonly string[]> {
  const file = fileOf(...cases);
  return reportLines(await runCases({ target, adapter: valueAdapter, file, atOnce: 1 }));
}

describe('given the value case files of the project', () => {
  test.each([
    ['value.json', 128],
    ['value-more.json', 30],
  ])('when %s runs, then all of its cases pass, and there are at least %i', async (name, least) => {
    const file = await readCaseFile(fileURLToPath(new URL(name, CASES)));
    expect(adapterFor(file, [entitlementAdapter, valueAdapter])).toBe(valueAdapter);
    const verdicts = await runCases({ target, adapter: valueAdapter, file, atOnce: 4 });
    expect(reportLines(verdicts)).toEqual([]);
    expect(verdicts.length).toBeGreaterThanOrEqual(least);
    const passed = verdicts.filter((one: Verdict) => one.outcome === 'passed');
    expect(new Set(passed.map(({ of }) => of.id)).size).toBe(verdicts.length);
  });

  test('when a file of another kind is read, then this adapter leaves it alone', () => {
    expect(valueAdapter.reads({ title: entitlementAdapter.title, cases: [] })).toBe(false);
    expect(valueAdapter.reads({ cases: [{ id: 'PZ-1', steps: [], expect: {} }] })).toBe(false);
    expect(valueAdapter.reads({ cases: [{ op: 'roi', given: {}, expect: {} }] })).toBe(true);
  });
});

describe('given a value case that must not pass', () => {
  const roi = { op: 'roi', given: { revenueMinor: 948_000, costMinor: 310_567 } };

  test('when it expects a field that the operation does not answer, then it fails', async () => {
    expect(await reportOf({ ...roi, expect: { value: '2.052481', verdict: 'fine' } })).toEqual([
      'FAILED v-1 a case',
      '  step 1 roi: verdict: expected "fine", got a field that this operation cannot check',
    ]);
  });

  test('when the last place differs, then it fails', async () => {
    expect(await reportOf({ ...roi, expect: { value: '2.052482' } })).toHaveLength(2);
    expect(await reportOf({ ...roi, expect: { fraction: '1274866/621134' } })).toHaveLength(2);
  });

  test('when what must not be used is what the product answers, then it fails', async () => {
    const given = { dailyReach: [1000, 1100], periodUniqueReach: 2100 };
    const [, line] = await reportOf({
      op: 'reachAggregate',
      given,
      expect: { sumOfDailyMustNotBeUsed: 2100 },
    });
    expect(line).toContain('that very value, which it must not be');
  });

  test('when a day is answered that the case does not name, then it fails', async () => {
    const snapshots = [
      { at: '2025-09-10T12:00:00Z', value: 100 },
      { at: '2025-09-11T12:00:00Z', value: 130 },
    ];
    const given = { snapshots, timezone: 'UTC', firstSnapshotIsBaseline: false };
    const expect1 = { perDay: { '2025-09-10': 100 } };
    expect(await reportOf({ op: 'dailyDeltas', given, expect: expect1 })).toHaveLength(2);
  });

  test('when the operation or what is given makes no sense, then it fails and says why', async () => {
    const [, unknown, , broken] = await reportOf(
      { op: 'guess', given: {}, expect: { value: 1 } },
      { ...roi, given: { revenueMinor: true, costMinor: 1 }, expect: { value: 1 } },
    );
    expect(unknown).toContain('got "guess"');
    expect(broken).toContain('given.revenueMinor: expected a whole number');
  });

  test.each([
    [{ op: 'roi', given: {}, expect: {} }, 'cases[0].expect must name at least one field'],
    [{ given: {}, expect: { value: 1 } }, 'cases[0].op must name an operation'],
    [{ op: 'roi', expect: { value: 1 } }, 'cases[0].given must be an object'],
  ])('when a case is no case, then the file is refused: %j', (one, message) => {
    expect(() => valueAdapter.casesOf(fileOf(one))).toThrow(RunnerError);
    expect(() => valueAdapter.casesOf(fileOf(one))).toThrow(message);
  });
});
