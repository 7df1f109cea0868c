import type { AcceptanceCase, RawCaseFile, Step } from './case-file.ts';
import { messageOf, RunnerError } from './case-file.ts';
import { compareFields, type Fields, type Mismatch } from './compare.ts';
import type { Target } from './rest.ts';

/** The tenant of one case: made for it, seen by no other. */
export interface CaseWorld {
  /** Does one operation of the case and answers in the words of the case file. */
  perform(when: Step['when']): Promise<Fields>;
  close(): void;
}

/** What is skipped, and why: cases that rest on a decision which the product settles otherwise. */
export interface SkipList {
  readonly decisions: Readonly<Record<string, string>>;
  readonly cases: Readonly<Record<string, string>>;
}

/** Everything the runner knows about one format of case files. */
export interface Adapter {
  /** The format as its files call themselves. */
  readonly title: string;
  readonly operations: readonly string[];
  readonly skips: SkipList;
  /** False when its cases ask functions of the product, so that nothing has to be started for them. */
  readonly needsApi: boolean;
  reads(content: Fields): boolean;
  /** The cases of a file, or what is wrong with it. */
  casesOf(file: RawCaseFile): readonly AcceptanceCase[];
  /**
   * The fields that can be checked after `op`, `answered` when these are all that its answer has; nothing when the
   * operation is unknown.
   */
  fieldsOf(op: string): readonly string[] | 'answered' | undefined;
  /** Registers what the case starts from. */
  open(target: Target, file: RawCaseFile, found: AcceptanceCase): Promise<CaseWorld>;
}

/** What became of a case. `step` counts from 1; it is missing when the case broke before its first step. */
export type Verdict = { readonly of: AcceptanceCase } & (
  | { readonly outcome: 'passed' }
  | { readonly outcome: 'skipped'; readonly reason: string }
  | {
      readonly outcome: 'failed';
      readonly step: number | undefined;
      readonly op: string;
      readonly mismatches: readonly Mismatch[];
    }
);

/** How to run the cases of one file. */
export interface Run {
  readonly target: Target;
  readonly adapter: Adapter;
  readonly file: RawCaseFile;
  /** How many cases run at once. */
  readonly atOnce: number;
  readonly onVerdict?: (verdict: Verdict) => void;
}

/** The adapter that reads a file, or an error that names the formats the runner knows. */
export function adapterFor(file: RawCaseFile, adapters: readonly Adapter[]): Adapter {
  const adapter = adapters.find((one) => one.reads(file.content));
  if (adapter !== undefined) return adapter;
  const known = adapters.map((one) => `"${one.title}" (${one.operations.join(', ')})`);
  throw new RunnerError(
    `${file.path}: not a format this runner knows. It knows ${known.join('; ')}`,
  );
}

/** Runs every case of a file and answers their verdicts in the order of the file. */
export async function runCases(run: Run): Promise<readonly Verdict[]> {
  const cases = run.adapter.casesOf(run.file);
  const verdicts: Verdict[] = [];
  let next = 0;
  const takeTurns = async (): Promise<void> => {
    for (let index = next++; index < cases.length; index = next++) {
      const found = cases[index];
      if (found === undefined) return;
      const verdict = await runCase(run, found);
      verdicts[index] = verdict;
      run.onVerdict?.(verdict);
    }
  };
  await Promise.all(Array.from({ length: run.atOnce }, takeTurns));
  return verdicts;
}

/** Runs one case up to its first step that does not come out as it says: what follows would only echo it. */
async function runCase(run: Run, found: AcceptanceCase): Promise<Verdict> {
  const reason = skipReason(run.adapter.skips, found);
  if (reason !== undefined) return { of: found, outcome: 'skipped', reason };
  let world: CaseWorld;
  try {
    world = await run.adapter.open(run.target, run.file, found);
  } catch (cause) {
    return failed(found, { step: undefined, op: 'given', mismatches: [broken(cause)] });
  }
  try {
    return await runSteps(run.adapter, found, world);
  } finally {
    world.close();
  }
}

async function runSteps(
  adapter: Adapter,
  found: AcceptanceCase,
  world: CaseWorld,
): Promise<Verdict> {
  for (const [index, step] of found.steps.entries()) {
    const mismatches = await runStep(adapter, step, world);
    if (mismatches.length > 0) {
      return failed(found, { step: index + 1, op: step.when.op, mismatches });
    }
  }
  return { of: found, outcome: 'passed' };
}

async function runStep(
  adapter: Adapter,
  step: Step,
  world: CaseWorld,
): Promise<readonly Mismatch[]> {
  const known = adapter.fieldsOf(step.when.op);
  if (known === undefined) {
    const expected = `one of ${adapter.operations.join(', ')}`;
    return [{ field: 'op', expected, got: JSON.stringify(step.when.op) }];
  }
  try {
    const answer = await world.perform(step.when);
    return compareFields(step.expected, answer, known === 'answered' ? Object.keys(answer) : known);
  } catch (cause) {
    return [broken(cause)];
  }
}

function skipReason(skips: SkipList, found: AcceptanceCase): string | undefined {
  const decision = found.decisions.find((id) => Object.hasOwn(skips.decisions, id));
  if (decision !== undefined) return `${decision}: ${skips.decisions[decision]}`;
  return Object.hasOwn(skips.cases, found.id) ? skips.cases[found.id] : undefined;
}

function failed(
  found: AcceptanceCase,
  where: { step: number | undefined; op: string; mismatches: readonly Mismatch[] },
): Verdict {
  return { of: found, outcome: 'failed', ...where };
}

function broken(cause: unknown): Mismatch {
  return { field: 'answer', expected: 'an answer', got: messageOf(cause) };
}
