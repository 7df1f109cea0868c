import { describe, expect } from 'vitest';

import { CALLERS, openCaller, type Caller, type CallerFacts } from './testing/access/callers.ts';
import { unclassifiedIds } from './testing/access/inputs.ts';
import {
  ownCells,
  pairsOf,
  PROCEDURES,
  refusalFor,
  refusedCells,
  takesAnyClient,
} from './testing/access/matrix.ts';
import { recordedRoles, rolesText } from './testing/access/recorded.ts';
import { wrongOwn, wrongPairs, wrongRefusals } from './testing/access/verdicts.ts';
import { test as base } from './testing/real-server.ts';

const RECORDED = await recordedRoles();

const test = base
  .extend('rival', { scope: 'file' }, ({ server }) => server.found('rival'))
  // Each is opened once, by the first of its tests.
  .extend('callerOf', { scope: 'file' }, async ({ server }) => {
    const opened = new Map<CallerFacts, Promise<Caller>>();
    return (facts: CallerFacts) => {
      const caller = opened.get(facts) ?? openCaller(server, facts);
      opened.set(facts, caller);
      return caller;
    };
  });

describe('given every procedure there is', () => {
  test('when one is new, or its roles change, then docs/security/who-may-call.md says so too', () => {
    const served = PROCEDURES.map(({ path, roles }) => [path, rolesText(roles)]);
    expect(Object.fromEntries(served)).toEqual(RECORDED);
  });

  test('when one takes an id, then it is known whose that is', () => {
    expect(PROCEDURES.flatMap(unclassifiedIds)).toEqual([]);
  });
});

describe.for(CALLERS)('given the caller $name', (facts: CallerFacts) => {
  test('when it calls what it may not, then it is refused in the same words whatever it names, and nothing changes', async ({
    server,
    callerOf,
    rival,
  }) => {
    const caller = await callerOf(facts);
    const refused = PROCEDURES.filter((one) => refusalFor(caller, one, RECORDED));
    const cells = refused.map((procedure) => refusedCells(procedure, caller, rival));
    const before = await server.contents();
    const from = { app: server.app, ...caller };
    const wrong = await wrongRefusals(from, cells, ({ procedure }) =>
      refusalFor(caller, procedure, RECORDED),
    );
    expect(wrong).toEqual([]);
    expect(server.takeErrors()).toEqual([]);
    expect(await server.contents()).toEqual(before);
  });

  if (facts.role === undefined) return;

  test('when it names what is not its own, then that is as unknown as what nobody has, to the byte, and nothing changes', async ({
    server,
    callerOf,
    rival,
  }) => {
    const caller = await callerOf(facts);
    const pairs = PROCEDURES.filter((one) => !refusalFor(caller, one, RECORDED)).flatMap((one) =>
      pairsOf(one, caller, rival),
    );
    const before = told(await server.contents());
    const from = { app: server.app, ...caller };
    const wrong = await wrongPairs(from, pairs, (pair) => (takesAnyClient(pair) ? 200 : 404));
    expect(wrong).toEqual([]);
    expect(server.takeErrors()).toEqual([]);
    expect(told(await server.contents())).toEqual(before);
  });

  test('when it asks about its own, then it is answered, with nothing of another agency’s in it', async ({
    server,
    callerOf,
    rival,
  }) => {
    const caller = await callerOf(facts);
    const allowed = PROCEDURES.filter((one) => !refusalFor(caller, one, RECORDED));
    const from = { app: server.app, ...caller };
    const before = await server.contents([rival.agencyWorkspaceId]);
    const cells = allowed.flatMap((one) => ownCells(one, caller));
    expect(await wrongOwn(from, cells, caller)).toEqual([]);
    expect(server.takeErrors()).toEqual([]);
    expect(await server.contents([rival.agencyWorkspaceId])).toEqual(before);
  });
});

/** What was told, without the sums of it: whoever reads first has them worked out. */
function told(contents: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(contents).filter(([table]) => !SUMS.test(table)));
}

const SUMS = /^(?:dirty|leaf|tool_month|value_state|rollup_\w+)$/u;
