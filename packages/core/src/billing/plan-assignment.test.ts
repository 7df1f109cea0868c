import type { Money } from '@retainer/domain';
import { describe, expect, test } from 'vitest';

import { planAssignment, type AssignmentWish, type Held } from './plan-assignment.ts';

const at = (iso: string): number => Date.parse(iso);
const usd = (amountMinor: bigint): Money => ({ amountMinor, currency: 'USD' });

const EPOCHS = [{ from: -Infinity, timeZone: 'UTC', weekStartsOn: 'monday' }] as const;
const NOW = at('2026-03-20T12:00:00Z');
const PERIOD_END = at('2026-04-15T00:00:00Z');

const SILVER: Held = {
  tierId: 'silver',
  tierVersion: 1,
  anchor: '2026-01-15',
  everyMonths: 1,
  trialEndsAt: undefined,
  from: at('2026-01-15T00:00:00Z'),
  to: Infinity,
  monthly: usd(999_00n),
};

const PRICES: Readonly<Record<string, Money>> = {
  bronze: usd(499_00n),
  silver: usd(999_00n),
  gold: usd(1999_00n),
  twin: usd(999_00n),
  euro: { amountMinor: 1n, currency: 'EUR' },
};

function wish(tierId: string, more: Partial<AssignmentWish> = {}): AssignmentWish {
  return {
    tierId,
    tierVersion: 1,
    monthly: PRICES[tierId] ?? usd(0n),
    when: undefined,
    everyMonths: undefined,
    startDate: undefined,
    trialEndsAt: undefined,
    ...more,
  };
}

describe('given a client on Silver, billed by the 15th', () => {
  test.for([
    { why: 'a higher price', ask: wish('gold'), kind: 'replace', from: NOW },
    { why: 'an equal price', ask: wish('twin'), kind: 'replace', from: NOW },
    { why: 'a lower price', ask: wish('bronze'), kind: 'schedule', from: PERIOD_END },
    { why: 'a lower price, now', ask: wish('bronze', { when: 'now' }), kind: 'replace', from: NOW },
    {
      why: 'a higher price, at the end',
      ask: wish('gold', { when: 'period_end' }),
      kind: 'schedule',
      from: PERIOD_END,
    },
    {
      why: 'a day to come',
      ask: wish('gold', { startDate: '2026-05-01' }),
      kind: 'schedule',
      from: at('2026-05-01T00:00:00Z'),
    },
    {
      why: 'a day to come, but now',
      ask: wish('gold', { startDate: '2026-05-01', when: 'now' }),
      kind: 'replace',
      from: NOW,
    },
    {
      why: 'a day gone by',
      ask: wish('gold', { startDate: '2026-03-01' }),
      kind: 'replace',
      from: NOW,
    },
    {
      why: 'the next version',
      ask: wish('silver', { tierVersion: 2 }),
      kind: 'replace',
      from: NOW,
    },
    {
      why: 'another interval',
      ask: wish('silver', { everyMonths: 12 }),
      kind: 'replace',
      from: NOW,
    },
  ] as const)('when $why is asked for, then it is $kind', ({ ask, kind, from }) => {
    const plan = planAssignment({ held: [SILVER], epochs: EPOCHS, now: NOW }, ask);
    expect(plan).toMatchObject({
      kind,
      at: from,
      term: {
        tierId: ask.tierId,
        anchor: ask.startDate ?? '2026-01-15',
        everyMonths: ask.everyMonths ?? 1,
      },
    });
  });

  test.for([
    { why: 'nothing else', ask: wish('silver') },
    { why: 'now', ask: wish('silver', { when: 'now' }) },
    {
      why: 'its own interval and anchor',
      ask: wish('silver', { everyMonths: 1, startDate: '2026-01-15' }),
    },
  ])('when the same is asked for with $why, then it is kept', ({ ask }) => {
    const plan = planAssignment({ held: [SILVER], epochs: EPOCHS, now: NOW }, ask);
    expect(plan).toEqual({ kind: 'keep', trialEndsAt: undefined });
  });

  test('when a trial of what is paid for is asked for, then it is refused', () => {
    const ask = wish('silver', { trialEndsAt: PERIOD_END });
    const plan = () => planAssignment({ held: [SILVER], epochs: EPOCHS, now: NOW }, ask);
    expect(plan).toThrowError(expect.objectContaining({ code: 'not_trialing' }));
  });

  test('when another currency is asked for, then it must say when', () => {
    const standing = { held: [SILVER], epochs: EPOCHS, now: NOW };
    expect(() => planAssignment(standing, wish('euro'))).toThrowError(
      expect.objectContaining({ code: 'currency_mismatch' }),
    );
    expect(planAssignment(standing, wish('euro', { when: 'period_end' })).kind).toBe('schedule');
  });
});

describe('given a client on a trial of Silver', () => {
  const trial = { ...SILVER, trialEndsAt: at('2026-04-01T00:00:00Z') };
  const standing = { held: [trial], epochs: EPOCHS, now: NOW };

  test('when Silver is assigned without a trial, then the paid time starts now', () => {
    expect(planAssignment(standing, wish('silver'))).toMatchObject({
      kind: 'replace',
      at: NOW,
      term: { trialEndsAt: undefined, anchor: '2026-01-15' },
    });
  });

  test('when Silver is assigned with another end, then only the end moves', () => {
    const trialEndsAt = at('2026-05-01T00:00:00Z');
    expect(planAssignment(standing, wish('silver', { trialEndsAt }))).toEqual({
      kind: 'keep',
      trialEndsAt,
    });
  });

  test('when the end would lie before the start, then it is refused', () => {
    const trialEndsAt = at('2026-01-01T00:00:00Z');
    expect(() => planAssignment(standing, wish('silver', { trialEndsAt }))).toThrowError(
      expect.objectContaining({ code: 'invalid_input' }),
    );
  });
});

describe('given a client without a tier', () => {
  const ended = { ...SILVER, to: at('2026-03-20T09:00:00Z') };

  test.for([
    { why: 'nothing is said', held: [], day: undefined, from: NOW, anchor: '2026-03-20' },
    {
      why: 'a day gone by',
      held: [],
      day: '2026-01-31',
      from: at('2026-01-31T00:00:00Z'),
      anchor: '2026-01-31',
    },
    {
      why: 'a day to come',
      held: [],
      day: '2026-04-01',
      from: at('2026-04-01T00:00:00Z'),
      anchor: '2026-04-01',
    },
    {
      why: 'a day before the last ended',
      held: [ended],
      day: '2026-03-20',
      from: ended.to,
      anchor: '2026-03-20',
    },
  ])('when $why, then it starts there', ({ held, day, from, anchor }) => {
    const plan = planAssignment(
      { held, epochs: EPOCHS, now: NOW },
      wish('gold', { startDate: day }),
    );
    expect(plan).toMatchObject({ kind: 'start', at: from, term: { anchor, everyMonths: 1 } });
  });

  test('when it starts by the clock of its own zone, then the anchor is its own date', () => {
    const epochs = [{ ...EPOCHS[0], timeZone: 'Pacific/Auckland' }];
    const plan = planAssignment({ held: [], epochs, now: NOW }, wish('gold'));
    expect(plan).toMatchObject({ term: { anchor: '2026-03-21' } });
  });
});
