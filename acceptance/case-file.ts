import { readFile } from 'node:fs/promises';

import { isFields, type Fields } from './compare.ts';

/** Why the runner cannot start: a file that cannot be read or understood, or settings that do not fit together. */
export class RunnerError extends Error {
  override readonly name = 'RunnerError';
}

/** One operation and what must be true of its answer. */
export interface Step {
  readonly when: Fields & { readonly op: string };
  readonly expected: Fields;
}

/** A story that starts from nothing but `given`. */
export interface AcceptanceCase {
  readonly id: string;
  readonly title: string;
  /** The decisions of its file that the case rests on. */
  readonly decisions: readonly string[];
  readonly given: Fields;
  readonly steps: readonly Step[];
}

/** The JSON object of a case file, before anybody claims to understand it. */
export interface RawCaseFile {
  readonly path: string;
  readonly content: Fields;
}

/** Reads a case file, or says what is wrong with it. */
export async function readCaseFile(path: string): Promise<RawCaseFile> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new RunnerError(`${path}: cannot be read (${messageOf(cause)})`, { cause });
  });
  const content = parseJson(path, text);
  if (!isFields(content)) throw new RunnerError(`${path}: must hold one JSON object`);
  return { path, content };
}

/** The cases of a file whose cases are steps of `when` and `then`. */
export function readCases(file: RawCaseFile): readonly AcceptanceCase[] {
  return readEach(file, readCase);
}

/** The cases of a file whose cases are one operation each, with what is `given` to it and what to `expect`. */
export function readSingleCases(file: RawCaseFile): readonly AcceptanceCase[] {
  return readEach(file, readSingleCase);
}

/** What an unknown thrown value says. */
export function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

function readEach(
  file: RawCaseFile,
  read: (item: unknown, where: string) => AcceptanceCase,
): readonly AcceptanceCase[] {
  const cases = file.content['cases'];
  if (!Array.isArray(cases) || cases.length === 0) {
    throw new RunnerError(`${file.path}: "cases" must be a list with at least one case`);
  }
  return cases.map((item: unknown, index) => read(item, `${file.path}: cases[${index}]`));
}

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new RunnerError(`${path}: is not JSON (${messageOf(cause)})`, { cause });
  }
}

function readCase(item: unknown, where: string): AcceptanceCase {
  if (!isFields(item)) throw new RunnerError(`${where} must be an object`);
  const { id, title, given, steps, decisions = [] } = item;
  if (typeof id !== 'string') throw new RunnerError(`${where}.id must be a text`);
  if (typeof title !== 'string') throw new RunnerError(`${where}.title must be a text`);
  if (!isFields(given)) throw new RunnerError(`${where}.given must be an object`);
  if (!Array.isArray(steps) || steps.length === 0) {
    throw new RunnerError(`${where}.steps must be a list with at least one step`);
  }
  if (!Array.isArray(decisions)) throw new RunnerError(`${where}.decisions must be a list`);
  return {
    id,
    title,
    given,
    decisions: decisions.map(String),
    steps: steps.map((step: unknown, index) => readStep(step, `${where}.steps[${index}]`)),
  };
}

function readSingleCase(item: unknown, where: string): AcceptanceCase {
  if (!isFields(item)) throw new RunnerError(`${where} must be an object`);
  const { op, expect } = item;
  if (typeof op !== 'string') throw new RunnerError(`${where}.op must name an operation`);
  if (!isFields(expect) || Object.keys(expect).length === 0) {
    throw new RunnerError(`${where}.expect must name at least one field`);
  }
  // oxlint-disable-next-line unicorn/no-thenable -- a word of the format
  return readCase({ ...item, steps: [{ when: { op }, then: expect }] }, where);
}

function readStep(step: unknown, where: string): Step {
  const when = isFields(step) ? step['when'] : undefined;
  const expected = isFields(step) ? (step['then'] ?? {}) : undefined;
  if (!isFields(when)) throw new RunnerError(`${where}.when must be an object`);
  if (!isFields(expected)) throw new RunnerError(`${where}.then must be an object`);
  const op = when['op'];
  if (typeof op !== 'string') throw new RunnerError(`${where}.when.op must name an operation`);
  return { when: { ...when, op }, expected };
}
