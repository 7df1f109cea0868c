import { readSingleCases, type AcceptanceCase } from '../case-file.ts';
import { isFields, textOf, type Fields } from '../compare.ts';
import { listAt } from '../entitlement/words.ts';
import type { Adapter } from '../run-cases.ts';
import type { Operation } from '../value/given.ts';
import { KPI_OPERATIONS } from '../value/kpi-operations.ts';
import { METRIC_OPERATIONS } from '../value/metric-operations.ts';
import { MONEY_OPERATIONS } from '../value/money-operations.ts';
import { REPORT_OPERATIONS } from '../value/report-operations.ts';
import { TIME_OPERATIONS } from '../value/time-operations.ts';
import { VALUE_OPERATIONS } from '../value/value-operations.ts';

/** Every operation of the format, each mapped to the rule that the product itself asks for it. */
const OPERATIONS: Readonly<Record<string, Operation>> = {
  ...MONEY_OPERATIONS,
  ...TIME_OPERATIONS,
  ...VALUE_OPERATIONS,
  ...REPORT_OPERATIONS,
  ...METRIC_OPERATIONS,
  ...KPI_OPERATIONS,
};

/** Runs the cases of value tracking: what is given is worked out by the public functions of the domain. */
export const valueAdapter: Adapter = {
  title: 'value-cases',
  operations: Object.keys(OPERATIONS),
  skips: { decisions: {}, cases: {} },
  needsApi: false,
  casesOf: readSingleCases,
  reads: (content) =>
    content['name'] === valueAdapter.title ||
    listAt(content, 'cases').some(
      ({ op, expect }) => isFields(expect) && operationOf(op) !== undefined,
    ),
  fieldsOf: (op) => (operationOf(op) === undefined ? undefined : 'answered'),
  open: async (_target, _file, found) => ({
    perform: async ({ op }) => perform(op, found),
    close: () => undefined,
  }),
};

function perform(op: string, { given }: AcceptanceCase): Fields {
  const operation = operationOf(op);
  if (operation === undefined) throw new Error(`there is no operation ${textOf(op)}`);
  return operation(given);
}

function operationOf(op: unknown): Operation | undefined {
  return Object.hasOwn(OPERATIONS, textOf(op)) ? OPERATIONS[textOf(op)] : undefined;
}
