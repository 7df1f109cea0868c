import { type AcceptanceCase, type RawCaseFile, RunnerError } from '../case-file.ts';
import { isFields, textOf, type Fields } from '../compare.ts';
import { isPostizCase, runPostizCase } from '../postiz/postiz-case.ts';
import type { Target } from '../rest.ts';
import type { Adapter } from '../run-cases.ts';
import { runWebhookCase } from '../webhook-hosts/webhook-case.ts';
import { monthKey, weekKey } from '../webhook-hosts/week-key.ts';

/** Runs a case of some hosts and answers the fields of its `expect`. */
type RunCase = (target: Target, file: Fields, found: Fields) => Promise<Fields>;

/** Who runs which cases; the first that says yes does. */
const RUNNERS: readonly { readonly takes: (found: Fields) => boolean; readonly run: RunCase }[] = [
  { takes: isWeekCase, run: async (_target, _file, found) => weekAnswer(found) },
  { takes: (found) => isPostizCase(found) || isNamingCase(found), run: runPostizCase },
  { takes: () => true, run: runWebhookCase },
];

/** Runs the cases of hosts: what they send goes through the real gateway, poller and webhook endpoint. */
export const hostAdapter: Adapter = {
  title: 'Host payload cases for the agency plugin',
  operations: ['gateway', 'poll', 'webhook', 'normalise', 'weekKey', 'statuses'],
  skips: { decisions: {}, cases: {} },
  needsApi: true,
  casesOf,
  reads: (content) => isFields(content['meta']) && content['meta']['title'] === hostAdapter.title,
  fieldsOf: (op) => (hostAdapter.operations.includes(op) ? 'answered' : undefined),
  open: async (target, file, { given }) => ({
    perform: () => runnerFor(given)(target, file.content, given),
    close: () => undefined,
  }),
};

/** A case is one story: all that it expects is looked at when it is over. */
function casesOf(file: RawCaseFile): readonly AcceptanceCase[] {
  const { cases } = file.content;
  if (!Array.isArray(cases) || cases.length === 0) {
    throw new RunnerError(`${file.path}: "cases" must be a list with at least one case`);
  }
  return cases.map((item: unknown, index) => caseOf(item, `${file.path}: cases[${index}]`));
}

function caseOf(item: unknown, where: string): AcceptanceCase {
  if (!isFields(item)) throw new RunnerError(`${where} must be an object`);
  const { id, title, steps, expect } = item;
  if (typeof id !== 'string') throw new RunnerError(`${where}.id must be a text`);
  if (!isFields(expect) || Object.keys(expect).length === 0) {
    throw new RunnerError(`${where}.expect must name at least one field`);
  }
  const first: unknown = Array.isArray(steps) ? steps[0] : undefined;
  if (!isFields(first))
    throw new RunnerError(`${where}.steps must be a list with at least one step`);
  const op = Array.isArray(first['parallel']) ? 'gateway' : textOf(first['via']);
  const step = { when: { op }, expected: expect };
  return { id, title: textOf(title), decisions: [], given: item, steps: [step] };
}

function runnerFor(found: Fields): RunCase {
  const runner = RUNNERS.find(({ takes }) => takes(found));
  if (runner) return runner.run;
  throw new Error(`nobody runs cases of the host ${textOf(found['host'])}`);
}

function stepsOf(found: Fields): readonly Fields[] {
  return Array.isArray(found['steps']) ? found['steps'].filter(isFields) : [];
}

function isWeekCase(found: Fields): boolean {
  return stepsOf(found).every(({ via }) => via === 'weekKey');
}

function isNamingCase(found: Fields): boolean {
  return stepsOf(found).every(({ via }) => via === 'normalise');
}

function weekAnswer(found: Fields): Fields {
  const pairs = stepsOf(found)
    .flatMap(({ input }) => (Array.isArray(input) ? input.filter(isFields) : []))
    .map(({ at, tz }): readonly [number, string] => [Date.parse(textOf(at)), textOf(tz)]);
  return {
    weeks: Object.fromEntries(pairs.map(([at, zone]) => [zone, weekKey(at, zone)])),
    months: Object.fromEntries(pairs.map(([at, zone]) => [zone, monthKey(at, zone)])),
  };
}
