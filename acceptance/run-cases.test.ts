import { describe, expect, test } from 'vitest';

import { readCases, RunnerError, type RawCaseFile } from './case-file.ts';
import type { Fields } from './compare.ts';
import { reportLines, summaryLine } from './report.ts';
import { adapterFor, runCases, type Adapter, type SkipList, type Verdict } from './run-cases.ts';

/** A product of one operation: `count` answers how often it was called in its case. */
function counting(skips: SkipList = { decisions: {}, cases: {} }): Adapter {
  return {
    title: 'Counting cases',
    operations: ['count'],
    skips,
    needsApi: false,
    casesOf: readCases,
    reads: (content) => content['title'] === 'Counting cases',
    fieldsOf: (op) => (op === 'count' ? ['times'] : undefined),
    open: async (_target, _file, found) => {
      if (found.given['broken'] === true) throw new Error('the agency was refused');
      let times = 0;
      return {
        perform: async (when) => {
          if (when['fail'] === true) throw new Error('answered 500');
          times += 1;
          return { times, secret: 1 };
        },
        close: () => undefined,
      };
    },
  };
}

function count(then: Fields, when: Fields = {}): Fields {
  // oxlint-disable-next-line unicorn/no-thenable -- a word of the format
  return { when: { op: 'count', ...when }, then };
}

function fileOf(...cases: readonly Fields[]): RawCaseFile {
  const filled = cases.map((one, index) => ({
    id: `C-${index + 1}`,
    title: 'counts',
    given: {},
    ...one,
  }));
  return { path: 'cases.json', content: { title: 'Counting cases', cases: filled } };
}

async function verdictsOf(file: RawCaseFile, adapter = counting()): Promise<readonly Verdict[]> {
  const target = { url: 'http://127.0.0.1:1', adminToken: '' };
  return runCases({ target, adapter, file, atOnce: 2 });
}

describe('given cases that come out in every way', () => {
  test('when all steps match, then the case passes and only the count is printed', async () => {
    const verdicts = await verdictsOf(
      fileOf({ steps: [count({ times: 1 }), count({ times: 2 })] }),
    );
    expect(reportLines(verdicts)).toEqual([]);
    expect(summaryLine(verdicts)).toBe('1 passed, 0 failed');
  });

  test('when a value is wrong, then the first wrong step is printed with its fields', async () => {
    const steps = [count({ times: 1 }), count({ times: 5 }), count({ times: 6 })];
    const verdicts = await verdictsOf(fileOf({ steps }, { steps: [count({ times: 1 })] }));
    expect(reportLines(verdicts)).toEqual([
      'FAILED C-1 counts',
      '  step 2 count: times: expected 5, got 2',
    ]);
    expect(summaryLine(verdicts)).toBe('1 passed, 1 failed');
  });

  test('when `then` names a field nobody can check, then the case fails', async () => {
    const verdicts = await verdictsOf(fileOf({ steps: [count({ times: 1, secret: 1 })] }));
    expect(reportLines(verdicts)).toEqual([
      'FAILED C-1 counts',
      '  step 1 count: secret: expected 1, got a field that this operation cannot check',
    ]);
  });

  test('when an operation is unknown, then the case fails and says which are known', async () => {
    const verdicts = await verdictsOf(fileOf({ steps: [count({}, { op: 'guess' })] }));
    expect(reportLines(verdicts)).toEqual([
      'FAILED C-1 counts',
      '  step 1 guess: op: expected one of count, got "guess"',
    ]);
  });

  test('when the product breaks, then the case fails with what it said', async () => {
    const file = fileOf(
      { steps: [count({}, { fail: true })] },
      { given: { broken: true }, steps: [count({})] },
    );
    expect(reportLines(await verdictsOf(file))).toEqual([
      'FAILED C-1 counts',
      '  step 1 count: answer: expected an answer, got answered 500',
      'FAILED C-2 counts',
      '  given: answer: expected an answer, got the agency was refused',
    ]);
  });

  test('when a decision is settled otherwise, then its cases are skipped with the reason, not passed', async () => {
    const adapter = counting({ decisions: { D9: 'we count by month' }, cases: { 'C-3': 'odd' } });
    const steps = [count({ times: 1 })];
    const file = fileOf({ steps }, { steps, decisions: ['D1', 'D9'] }, { steps });
    const verdicts = await verdictsOf(file, adapter);
    expect(reportLines(verdicts)).toEqual([
      'SKIPPED C-2 counts',
      '  D9: we count by month',
      'SKIPPED C-3 counts',
      '  odd',
    ]);
    expect(summaryLine(verdicts)).toBe('1 passed, 0 failed, 2 skipped');
  });

  test('when many cases run at once, then each has a world of its own and the order is kept', async () => {
    const cases = Array.from({ length: 9 }, () => ({ steps: [count({ times: 1 })] }));
    const verdicts = await verdictsOf(fileOf(...cases));
    expect(verdicts.map(({ of }) => of.id)).toEqual(cases.map((_, index) => `C-${index + 1}`));
    expect(summaryLine(verdicts)).toBe('9 passed, 0 failed');
  });
});

describe('given a file that the runner cannot run', () => {
  test('when no adapter reads its format, then the error names those that are known', () => {
    const file = { path: 'value.json', content: { name: 'value-cases' } };
    expect(() => adapterFor(file, [counting()])).toThrow(
      'value.json: not a format this runner knows. It knows "Counting cases" (count)',
    );
  });

  test.each([
    [{ cases: [] }, '"cases" must be a list with at least one case'],
    [{ cases: [{ id: 'C-1' }] }, 'cases[0].title must be a text'],
    [{ cases: [{ id: 'C-1', title: 'x', given: {}, steps: [] }] }, 'cases[0].steps must be'],
    [{ cases: [{ id: 'C-1', title: 'x', given: {}, steps: [{}] }] }, 'steps[0].when must be'],
  ])('when its cases are not cases, then the error says where: %j', async (content, message) => {
    const thrown = await verdictsOf({ path: 'cases.json', content }).catch(
      (error: unknown) => error,
    );
    expect(thrown).toBeInstanceOf(RunnerError);
    expect(thrown).toMatchObject({ message: expect.stringContaining(message) });
  });
});
