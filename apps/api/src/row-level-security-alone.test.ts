import { asOwner, rewriteStatements, withoutAgencyConditions } from '@retainer/core/testing';
import { describe, expect, test as base } from 'vitest';

import type { ListedProcedure } from './rest/procedures.ts';
import type { Caller } from './testing/access/callers.ts';
import { exchange } from './testing/access/exchange.ts';
import { inputFor } from './testing/access/inputs.ts';
import { pairsOf, PROCEDURES, takesAnyClient } from './testing/access/matrix.ts';
import { wrongPairs } from './testing/access/verdicts.ts';
import { openRealServer, type RealServer, type Tenant } from './testing/real-server.ts';

/**
 * The service without any condition of its own on whose rows it means: what a statement leaves out, only the policies
 * put back. `seen` has its statements as they were written.
 */
const test = base.extend('stripped', { scope: 'file' }, async ({}, { onCleanup }) => {
  const seen = new Set<string>();
  const restore = rewriteStatements((sql) => {
    seen.add(sql);
    return withoutAgencyConditions(sql);
  });
  const server = await openRealServer();
  onCleanup(async () => {
    await server.close();
    restore();
  });
  const own = await server.found('acme');
  const rival = await server.found('rival');
  // Their clients have the same ids: what knows no agency cannot tell one from the other.
  await server.found('rival', own.clientWorkspaceId);
  const headers = await server.headersOf({ role: 'agency', agencyId: 'acme' });
  const caller: Caller = {
    ...{ name: 'agency', role: 'agency', opens: () => true, isBound: true, isClose: false },
    ...{ headers: { ...headers, 'x-request-id': 'one' }, own, sibling: own },
  };
  return { server, rival, caller, seen };
});

const READS = PROCEDURES.filter(({ type, roles }) => type === 'query' && roles.includes('agency'));

describe('given a service that has lost every condition on the agency', () => {
  test('when an agency reads all it may, then the policies alone keep everything of another out', async ({
    stripped: { server, caller, rival },
  }) => {
    const before = await server.contents([rival.agencyWorkspaceId]);
    const answers = await readAll(server, caller);
    const refused = answers.filter(({ status }) => status !== 200);
    // The agency's tiers show no logo.
    expect(refused.map(({ procedure }) => procedure.path)).toEqual(['portal.logo']);
    expect(leaking(answers)).toEqual([]);
    expect(await server.contents([rival.agencyWorkspaceId])).toEqual(before);
  });

  test('when it names what is another’s, to read or to change it, then the policies alone make that unknown', async ({
    stripped: { server, caller, rival },
  }) => {
    const before = await server.contents();
    const from = { app: server.app, headers: caller.headers, isClose: false };
    const pairs = foreignPairs(caller, rival);
    expect(pairs.length).toBeGreaterThan(100);
    expect(await wrongPairs(from, pairs, () => 404)).toEqual([]);
    expect(await server.contents()).toEqual(before);
  });

  test('when its statements are looked at as they were written, then each names the agency all the same', ({
    stripped: { seen },
  }) => {
    const ours = [...seen].filter((sql) => /\bretainer"?\.|\bfrom "/.test(sql));
    expect(ours.length).toBeGreaterThan(100);
    const without = ours.filter((sql) => !/agency/.test(sql) && !/retainer\.live_/.test(sql));
    expect(without).toEqual([]);
  });

  test('when the policies are taken away too, then it leaks: what holds above is theirs', async ({
    stripped: { server, caller, rival },
  }) => {
    const before = await server.contents([rival.agencyWorkspaceId]);
    const held = await readAll(server, caller);
    await asOwner(server.ownerUrl, WITHOUT_POLICIES);
    const open = await readAll(server, caller);
    const shown = open.filter(({ text }, index) => text !== held[index]?.text);
    expect(shown.length).toBeGreaterThan(5);
    const from = { app: server.app, headers: caller.headers, isClose: false };
    expect((await wrongPairs(from, foreignPairs(caller, rival), () => 404)).length).toBeGreaterThan(
      20,
    );
    expect(await server.contents([rival.agencyWorkspaceId])).not.toEqual(before);
  });
});

const WITHOUT_POLICIES = `do $$
  declare t regclass;
  begin
    for t in select oid from pg_class where relnamespace = 'retainer'::regnamespace and relrowsecurity
    loop execute format('alter table %s disable row level security', t); end loop;
  end $$`;

interface Read {
  readonly procedure: ListedProcedure;
  readonly status: number;
  readonly text: string;
}

async function readAll({ app }: RealServer, { headers, own }: Caller): Promise<Read[]> {
  const reads: Read[] = [];
  for (const procedure of READS) {
    const cell = { procedure, input: inputFor(procedure, own) };
    // oxlint-disable-next-line no-await-in-loop -- one after the other, to tell them apart
    const { status, text } = await exchange({ app, headers }, 'trpc', cell);
    reads.push({ procedure, status, text });
  }
  return reads;
}

/** Everything of theirs has the word in its id or its name. */
function leaking(reads: readonly Read[]): string[] {
  return reads.filter(({ text }) => text.includes('rival')).map(({ procedure }) => procedure.path);
}

function foreignPairs(caller: Caller, rival: Tenant) {
  return (
    PROCEDURES.filter(({ type, roles }) => type !== 'subscription' && roles.includes('agency'))
      .flatMap((procedure) => pairsOf(procedure, caller, rival))
      // Which agency a call is for is the token's to say, and no condition of a statement.
      .filter((pair) => /^foreign (?!agency)/.test(pair.about) && !takesAnyClient(pair))
  );
}
