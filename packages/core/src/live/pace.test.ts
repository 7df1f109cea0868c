import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { addChange, createChangeLog, forgetBefore, type ChangeLog } from './change-log.ts';
import { nextStep, openedAt, type Told } from './pace.ts';

const ACME = { agencyId: 'acme', clientId: undefined };
const BAKERY = { agencyId: 'acme', clientId: 'bakery' };

function change(log: ChangeLog, ...clients: readonly string[]): void {
  addChange(log, log.latest + 1, { agencyId: 'acme', clients });
}

function begun(): ChangeLog {
  const log = createChangeLog();
  forgetBefore(log, 10);
  return log;
}

describe('given a stream that is opened', () => {
  test('when nobody says what they know, then anything may be new to them', () => {
    const step = nextStep(begun(), ACME, { told: openedAt(undefined), nowMs: 0 });
    expect(step).toEqual({ kind: 'tell', version: 10, changes: 'any' });
  });

  test('when they come back and nothing changed, then it waits', () => {
    const step = nextStep(begun(), ACME, { told: openedAt(10), nowMs: 0 });
    expect(step).toEqual({ kind: 'idle', version: 10 });
  });

  test('when they come back and missed something, then they hear of that at once', () => {
    const log = begun();
    change(log, 'bakery');
    change(log, 'gym');
    const stepOf = (scope: typeof ACME | typeof BAKERY, version: number) =>
      nextStep(log, scope, { told: openedAt(version), nowMs: 0 });
    expect(stepOf(ACME, 10)).toEqual({ kind: 'tell', version: 12, changes: ['bakery', 'gym'] });
    expect(stepOf(BAKERY, 10)).toEqual({ kind: 'tell', version: 12, changes: ['bakery'] });
    expect(stepOf(BAKERY, 11)).toEqual({ kind: 'idle', version: 11 });
  });

  test('when they know what this process has not heard of, then anything may be new', () => {
    const step = nextStep(begun(), ACME, { told: openedAt(99), nowMs: 0 });
    expect(step).toEqual({ kind: 'tell', version: 10, changes: 'any' });
  });
});

describe('given a stream that has told something', () => {
  const told: Told = { version: 10, atMs: 5_000 };

  test('when more changes within the second, then it comes together, when the second is over', () => {
    const log = begun();
    change(log, 'bakery');
    expect(nextStep(log, ACME, { told, nowMs: 5_100 })).toEqual({ kind: 'pause', ms: 900 });
    change(log, 'gym');
    change(log, 'bakery');
    expect(nextStep(log, ACME, { told, nowMs: 5_999 })).toEqual({ kind: 'pause', ms: 1 });
    const step = nextStep(log, ACME, { told, nowMs: 6_000 });
    expect(step).toEqual({ kind: 'tell', version: 13, changes: ['bakery', 'gym'] });
  });

  test('when the second is long over, then the next change does not wait', () => {
    const log = begun();
    expect(nextStep(log, ACME, { told, nowMs: 90_000 })).toMatchObject({ kind: 'idle' });
    change(log, 'gym');
    expect(nextStep(log, ACME, { told, nowMs: 90_000 })).toMatchObject({ kind: 'tell' });
  });
});

test('whatever changes when, a stream says it within a second, at most once a second, and nothing else', () => {
  const moment = fc.record({
    waitMs: fc.nat(1_500),
    clientId: fc.constantFrom('bakery', 'gym', 'hotel'),
  });
  fc.assert(
    fc.property(fc.array(moment, { maxLength: 40 }), (moments) => {
      const log = begun();
      let told: Told = openedAt(10);
      let nowMs = 0;
      const due = new Map<string, number>();
      const saidAt: number[] = [];
      const runUntil = (endMs: number): void => {
        for (;;) {
          const step = nextStep(log, ACME, { told, nowMs });
          if (step.kind === 'idle' || (step.kind === 'pause' && nowMs + step.ms > endMs)) break;
          if (step.kind === 'pause') {
            nowMs += step.ms;
            continue;
          }
          expect(new Set(step.changes)).toEqual(new Set(due.keys()));
          for (const changedAt of due.values())
            expect(nowMs - changedAt).toBeLessThanOrEqual(1_000);
          due.clear();
          saidAt.push(nowMs);
          told = { version: step.version, atMs: nowMs };
        }
        nowMs = endMs;
      };
      for (const { waitMs, clientId } of moments) {
        runUntil(nowMs + waitMs);
        change(log, clientId);
        if (!due.has(clientId)) due.set(clientId, nowMs);
      }
      runUntil(nowMs + 1_000);
      expect(due.size).toBe(0);
      const gaps = saidAt.slice(1).map((at, index) => at - (saidAt[index] ?? 0));
      expect(Math.min(...gaps, 1_000)).toBe(1_000);
    }),
  );
});
