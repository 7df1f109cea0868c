import { describe, expect } from 'vitest';

import { listProcedures } from '../rest/procedures.ts';
import { appRouter } from '../router.ts';
import { inputOf } from '../testing/attempts.ts';
import { call } from '../testing/calls.ts';
import { test as base } from '../testing/real-server.ts';
import { sampleOf } from '../testing/schema-values.ts';

const PROCEDURES = listProcedures(appRouter).filter(({ roles }) => roles.includes('agency'));

/** What is archived takes no more changes, so that comes last. */
const MUTATIONS = PROCEDURES.filter(({ type }) => type === 'mutation').toSorted(
  (one, other) => Number(archives(one.path)) - Number(archives(other.path)),
);

function archives(path: string): boolean {
  return path.endsWith('.archive');
}

/** What changes nothing that a dashboard or a portal shows. */
const QUIET = new Set([
  'clientTier.previewChange',
  'hooks.check',
  'kpiDashboard.startExport',
  'portal.createSession',
  'tokens.mint',
  'valueTracking.calculate',
]);
/** What is not there: the tier of the agency's client shows no logo. */
const ABSENT = new Set(['portal.logo']);
/** What finds nothing here that it could settle. The gate says itself whom it changed. */
const FINDS_NOTHING = new Set([
  'hooks.commit',
  'hooks.events',
  'hooks.postDeleted',
  'hooks.postFailed',
  'hooks.release',
]);

/** `test` with an agency, and how often something of it was said to have changed. */
const test = base
  .extend('acme', { scope: 'file' }, ({ server }) => server.found('acme'))
  .extend('changes', { scope: 'file' }, ({ server }) => async (): Promise<number> => {
    const { body } = await server.app.inject('/metrics');
    return Number(/^retainer_live_changes_total (\d+)$/mu.exec(body)?.[1]);
  });

describe('given every procedure that an agency may call', () => {
  test('when it reads, then nobody is told of a change', async ({ server, acme, changes }) => {
    const headers = await server.headersOf({ role: 'agency', agencyId: 'acme' });
    const before = await changes();
    for (const procedure of PROCEDURES.filter(({ type }) => type === 'query')) {
      const input = sampleOf(inputOf(procedure), { ...acme });
      // oxlint-disable-next-line no-await-in-loop -- to name the procedure that tells
      const { status } = await call(server.app, ['trpc', procedure], { input, headers });
      // oxlint-disable-next-line no-await-in-loop
      expect([procedure.path, status, await changes()]).toEqual([
        procedure.path,
        ABSENT.has(procedure.path) ? 404 : 200,
        before,
      ]);
    }
  });

  test('when it changes something, then those who look on are told, unless nobody shows it', async ({
    server,
    acme,
    changes,
  }) => {
    const headers = await server.headersOf({ role: 'agency', agencyId: 'acme' });
    const known = { ...acme, postId: 'post', platforms: ['linkedin'], publishNow: true };
    const silent: string[] = [];
    let told = 0;
    for (const procedure of MUTATIONS) {
      const input = sampleOf(inputOf(procedure), known);
      // oxlint-disable-next-line no-await-in-loop
      const before = await changes();
      // oxlint-disable-next-line no-await-in-loop -- to name the procedure that is silent
      const { status } = await call(server.app, ['trpc', procedure], { input, headers });
      // oxlint-disable-next-line no-await-in-loop
      const isTold = (await changes()) > before;
      if (isTold) told += 1;
      else if (status === 200) silent.push(procedure.path);
    }
    const missed = silent.filter((path) => !QUIET.has(path) && !FINDS_NOTHING.has(path));
    expect(missed).toEqual([]);
    expect(told).toBeGreaterThan(30);
  });
});
