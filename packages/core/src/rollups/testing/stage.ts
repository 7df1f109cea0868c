import type { Database } from '../../db/connect.ts';
import { sqlSession, type SqlSession } from '../../db/sql-session.ts';
import { createContext, inTransaction, type ServiceContext } from '../../kernel/context.ts';
import { checkClient } from '../rebuild.ts';
import { refreshAgency } from '../refresh.ts';
import {
  differences,
  forgotten,
  rateProblems,
  readKept,
  unevenBreakdowns,
  type SeenRates,
} from './compare-figures.ts';
import { COST_OPERATIONS, type Operation } from './cost-operations.ts';
import { picksFrom } from './picks.ts';
import { readRawFacts } from './raw-facts.ts';
import { SETTINGS_OPERATIONS } from './settings-operations.ts';
import { slowFigures, type Figures } from './slow-model.ts';
import { VALUE_OPERATIONS } from './value-operations.ts';

export const CLIENTS: readonly [string, ...string[]] = ['a', 'b', 'c'];

export const OPERATIONS: Readonly<Record<string, Operation>> = {
  ...COST_OPERATIONS,
  ...VALUE_OPERATIONS,
  ...SETTINGS_OPERATIONS,
};

/** One thing that happens, and the choices it makes. */
export interface Step {
  readonly name: string;
  readonly choices: readonly number[];
}

/** More choices than any operation makes. */
export const CHOICES = 24;

/** When the worlds are looked at: after most of what happens in them. */
const NOW = '2026-04-08T09:00:00Z';

/** An agency whose three clients live by other clocks and currencies, and what can be done with it. */
export interface Stage {
  readonly agencyId: string;
  /** A context of its own, as every request and batch has. */
  readonly context: () => ServiceContext;
  readonly write: (step: Step) => Promise<void>;
  /** Everything that is wrong with the figures, once all is refreshed; with the rates that were seen being given. */
  readonly problems: (seen?: SeenRates) => Promise<string[]>;
  /** Whether the rates that facts were given are right and stay; for after each refresh. */
  readonly ratesProblems: (seen: SeenRates) => Promise<string[]>;
  readonly kept: () => Promise<Figures>;
}

/** The stage of an agency that is there. */
export function stageOf({ orm }: Pick<Database, 'orm'>, agencyId: string): Stage {
  const context = (): ServiceContext =>
    createContext({
      orm,
      agencyId,
      actor: { kind: 'system', id: 'test' },
      now: () => new Date(NOW),
    });
  const sql = <T>(work: (session: SqlSession) => Promise<T>): Promise<T> =>
    inTransaction(context(), (em) => work(sqlSession(em)));
  return {
    agencyId,
    context,
    write: ({ name, choices }) =>
      sql(async (session) => {
        await OPERATIONS[name]?.(session, picksFrom(choices), CLIENTS);
      }),
    ratesProblems: async (seen) => rateProblems(seen, await sql(readRawFacts)),
    kept: () => sql(async (session) => readKept(session, await readRawFacts(session))),
    problems: async (seen) => {
      await refreshAgency(context(), '2026-05-31');
      const facts = await sql(readRawFacts);
      const expected = slowFigures(facts);
      const kept = await sql((session) => readKept(session, facts));
      const left = await sql((session) => session.query('select * from retainer.dirty', []));
      return [
        ...left.map((row) => `left behind: ${JSON.stringify(row)}`),
        ...(seen ? rateProblems(seen, facts) : []),
        ...forgotten(expected.unpriced, facts).map((asked) => `no rate was given: ${asked}`),
        ...differences(kept, expected),
        ...unevenBreakdowns(kept),
        ...(await checked(context)),
      ];
    },
  };
}

async function checked(context: () => ServiceContext): Promise<string[]> {
  const problems: string[] = [];
  for (const clientId of ['', ...CLIENTS]) {
    // oxlint-disable-next-line no-await-in-loop
    const { surplus, lacking } = await checkClient(context(), clientId);
    problems.push(...surplus.map((row) => `${clientId} a rebuild has not: ${row}`));
    problems.push(...lacking.map((row) => `${clientId} a rebuild has: ${row}`));
  }
  return problems;
}
