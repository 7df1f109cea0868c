import type { Verdict } from './run-cases.ts';

/** The cases that did not pass, for people: a failed case with each field, a skipped one with its reason. */
export function reportLines(verdicts: readonly Verdict[]): readonly string[] {
  return verdicts.flatMap(linesOf);
}

/** The last line of a run: `N passed, N failed`, and the skipped ones when there are any. */
export function summaryLine(verdicts: readonly Verdict[]): string {
  const count = (outcome: Verdict['outcome']): number =>
    verdicts.filter((verdict) => verdict.outcome === outcome).length;
  const skipped = count('skipped');
  const line = `${count('passed')} passed, ${count('failed')} failed`;
  return skipped === 0 ? line : `${line}, ${skipped} skipped`;
}

function linesOf(verdict: Verdict): readonly string[] {
  const name = `${verdict.of.id} ${verdict.of.title}`;
  switch (verdict.outcome) {
    case 'passed':
      return [];
    case 'skipped':
      return [`SKIPPED ${name}`, `  ${verdict.reason}`];
    case 'failed': {
      const where = verdict.step === undefined ? verdict.op : `step ${verdict.step} ${verdict.op}`;
      return [
        `FAILED ${name}`,
        ...verdict.mismatches.map(
          ({ field, expected, got }) => `  ${where}: ${field}: expected ${expected}, got ${got}`,
        ),
      ];
    }
  }
}
