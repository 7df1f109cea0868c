import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import {
  addChange,
  changesSince,
  createChangeLog,
  forgetBefore,
  hasChanged,
  keepAgency,
  type ChangeLog,
  type Changes,
} from './change-log.ts';

const ACME = { agencyId: 'acme', clientId: undefined };
const BAKERY = { agencyId: 'acme', clientId: 'bakery' };

function logOf(...changes: readonly (readonly [string, Changes])[]): ChangeLog {
  const log = createChangeLog();
  changes.forEach(([agencyId, clients], index) => addChange(log, index + 1, { agencyId, clients }));
  return log;
}

describe('given what changed in which version', () => {
  const log = logOf(
    ['acme', ['bakery', 'gym']],
    ['rival', ['bakery']],
    ['acme', ['gym']],
    ['rival', 'any'],
  );

  test.each([
    { scope: ACME, since: 0, changes: ['bakery', 'gym'], why: 'both changed since' },
    { scope: ACME, since: 1, changes: ['gym'], why: 'what is known already is not said again' },
    { scope: ACME, since: 3, changes: [], why: 'what others do is none of its business' },
    { scope: BAKERY, since: 0, changes: ['bakery'], why: 'it changed since' },
    { scope: BAKERY, since: 1, changes: [], why: 'the other bakery is another agency’s' },
    {
      scope: { ...BAKERY, agencyId: 'rival' },
      since: 3,
      changes: 'any',
      why: 'it may be this one',
    },
    { scope: { ...ACME, agencyId: 'new' }, since: 2, changes: [], why: 'it never changed' },
    { scope: ACME, since: 9, changes: 'any', why: 'that version is not from here' },
  ] as const)('when asked since $since, then $why', ({ scope, since, changes }) => {
    expect(changesSince(log, scope, since)).toEqual(changes);
    expect(hasChanged(log, scope, since)).toBe(changes.length > 0);
  });

  test('when what clients share changes, then the agency hears of it, and no client', () => {
    const shared = logOf(['acme', ['']]);
    expect(changesSince(shared, ACME, 0)).toBe('any');
    expect(changesSince(shared, BAKERY, 0)).toEqual([]);
  });

  test('when more clients changed than an event should name, then it may be any', () => {
    const many = logOf(['acme', Array.from({ length: 201 }, (_, index) => `client-${index}`)]);
    expect(changesSince(many, ACME, 0)).toBe('any');
    expect(changesSince(many, { ...ACME, clientId: 'client-7' }, 0)).toEqual(['client-7']);
  });
});

describe('given a log that forgets', () => {
  test('when it begins anew, then what came before may be anything', () => {
    const log = logOf(['acme', ['bakery']], ['acme', ['gym']]);
    const release = keepAgency(log, 'acme');
    forgetBefore(log, 3);
    addChange(log, 4, { agencyId: 'acme', clients: ['gym'] });
    expect(changesSince(log, BAKERY, 2)).toBe('any');
    expect(changesSince(log, BAKERY, 3)).toEqual([]);
    expect(changesSince(log, { ...ACME, agencyId: 'other' }, 2)).toBe('any');
    release();
  });

  test('when it is full, then it drops who changed longest ago, but nobody that is listened to', () => {
    const log = createChangeLog(4);
    const release = keepAgency(log, 'kept');
    addChange(log, 1, { agencyId: 'kept', clients: ['a'] });
    addChange(log, 2, { agencyId: 'old', clients: ['b'] });
    addChange(log, 3, { agencyId: 'new', clients: ['c'] });
    const since = (agencyId: string, version: number) =>
      changesSince(log, { agencyId, clientId: undefined }, version);
    expect([since('kept', 0), since('new', 0), since('old', 1)]).toEqual([['a'], ['c'], 'any']);
    expect(since('old', 2)).toEqual([]);
    release();
    addChange(log, 4, { agencyId: 'new', clients: ['d', 'e'] });
    expect(since('kept', 0)).toBe('any');
    expect(log.size).toBe(4);
  });

  const ROOM = 100;
  const step = fc.record({
    agencyId: fc.constantFrom('x', 'y', 'z'),
    clients: fc.oneof(
      fc.constant<Changes>('any'),
      fc.uniqueArray(fc.constantFrom('1', '2', '3', ''), { minLength: 1 }),
    ),
    isKept: fc.boolean(),
  });
  const scope = fc.record({
    agencyId: fc.constantFrom('x', 'y', 'z'),
    clientId: fc.constantFrom(undefined, '1', '2', '3'),
  });

  test('when anything happens, then no change is ever taken for none, nor with room for all the reverse', () => {
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 30 }),
        fc.record({ scope, since: fc.nat(30), capacity: fc.constantFrom(1, 4, ROOM) }),
        (steps, { scope: asked, since, capacity }) => {
          fc.pre(since <= steps.length);
          const log = createChangeLog(capacity);
          for (const [index, { agencyId, clients, isKept }] of steps.entries()) {
            if (isKept) keepAgency(log, agencyId);
            addChange(log, index + 1, { agencyId, clients });
          }
          const isNamed = (clients: Changes) =>
            asked.clientId === undefined || clients === 'any' || clients.includes(asked.clientId);
          const really = steps
            .slice(since)
            .some((one) => one.agencyId === asked.agencyId && isNamed(one.clients));
          const said = hasChanged(log, asked, since);
          expect(said || !really).toBe(true);
          expect(said && !really && capacity === ROOM).toBe(false);
          expect(changesSince(log, asked, since).length > 0).toBe(said);
        },
      ),
    );
  });
});
