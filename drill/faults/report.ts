import type { Drilled, Round } from './run-faults.ts';

/** A table for people, and as its last line what is asked for: `N faults, N violations`. */
export function reportOf({ rounds, skipped }: Drilled): string[] {
  const kinds = [...new Set(rounds.map(({ kind }) => kind))].toSorted();
  const rows = kinds.map((kind) =>
    rowOf(
      kind,
      rounds.filter((round) => round.kind === kind),
    ),
  );
  const violations = rounds.flatMap((round) => round.violations);
  const told = rounds.reduce((sum, round) => sum + round.told, 0);
  return [
    'fault                faults  told  answered  503  timed out  cut  longest until up  violations',
    ...rows,
    ...skipped.map((reason) => `skipped ${reason}`),
    `${told} requests that must count once were told`,
    `${rounds.length} faults, ${violations.length} violations`,
  ];
}

function rowOf(kind: string, rounds: readonly Round[]): string {
  const sum = (of: (round: Round) => number): number =>
    rounds.reduce((total, round) => total + of(round), 0);
  const cells = [
    [rounds.length, 7],
    [sum(({ told }) => told), 6],
    [sum(({ seen }) => seen.answered), 10],
    [sum(({ seen }) => seen.unavailable), 5],
    [sum(({ seen }) => seen['timed out']), 11],
    [sum(({ seen }) => seen.cut), 5],
    [`${Math.round(Math.max(...rounds.map(({ recoveredMs }) => recoveredMs)))} ms`, 18],
    [sum(({ violations }) => violations.length), 12],
  ] as const;
  return kind.padEnd(20) + cells.map(([cell, width]) => String(cell).padStart(width)).join('');
}
