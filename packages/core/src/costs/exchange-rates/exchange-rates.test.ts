import { describe, expect } from 'vitest';

import { listAudit } from '../../audit/list-audit.ts';
import { START, test } from '../../tenancy/testing/world.ts';
import { listExchangeRates } from './list-exchange-rates.ts';
import { setExchangeRates } from './set-exchange-rates.ts';

const LATER = '2026-03-05T10:00:00Z';

describe('given exchange rates', () => {
  const rates = [
    { date: '2026-03-02', quote: 'usd', rate: '1.08300' },
    { date: '2026-03-02', quote: 'JPY', rate: 161.25 },
    { date: '2026-03-03', quote: 'USD', rate: '0.300000000000000001' },
  ];
  const published = { base: 'EUR', source: 'ECB', rates };

  test('when they are set twice, then they are there once, with every digit', async ({ world }) => {
    const set = (input: object = {}) =>
      setExchangeRates(world.at(START), { ...published, ...input });
    expect(await set()).toEqual({ added: 3, changed: 0, unchanged: 0 });
    expect(await set()).toEqual({ added: 0, changed: 0, unchanged: 3 });
    const { items } = await listExchangeRates(world.at(LATER));
    const of = { base: 'EUR', source: 'ECB', createdAt: new Date(START) };
    expect(items).toEqual([
      { ...of, date: '2026-03-03', quote: 'USD', rate: '0.300000000000000001' },
      { ...of, date: '2026-03-02', quote: 'JPY', rate: '161.25' },
      { ...of, date: '2026-03-02', quote: 'USD', rate: '1.083' },
    ]);
    const audit = await listAudit(world.at(LATER), {});
    const sets = audit.items.filter(({ action }) => action === 'exchange_rates.set');
    expect(sets).toHaveLength(1);
  });

  test('when one is corrected, then the audit knows both, and the rest stays', async ({
    world,
  }) => {
    await setExchangeRates(world.at(START), published);
    const one = { date: '2026-03-02', quote: 'USD', rate: '1.09' };
    const two = { date: '2026-03-04', quote: 'USD', rate: '1.1' };
    const input = { base: 'EUR', rates: [one, two] };
    const corrected = await setExchangeRates(world.at(LATER), input);
    expect(corrected).toEqual({ added: 1, changed: 1, unchanged: 0 });
    const { items } = await listAudit(world.at(LATER), {});
    expect(items[0]).toMatchObject({
      action: 'exchange_rates.set',
      subject: 'exchange_rates:EUR',
      before: { rates: [{ ...one, rate: '1.083' }] },
      after: { added: 1, rates: [one] },
    });
  });

  test('when many set the same at once, then one adds them', async ({ world }) => {
    const all = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        setExchangeRates(world.at(START), {
          ...published,
          rates: index % 2 === 0 ? rates : rates.toReversed(),
        }),
      ),
    );
    expect(all.filter(({ added }) => added === 3)).toHaveLength(1);
    expect(all.filter(({ unchanged }) => unchanged === 3)).toHaveLength(7);
  });

  test.for([
    { why: 'a rate of 0', rate: { rate: 0 }, path: ['rates', 0, 'rate'] },
    { why: 'a rate below it', rate: { rate: '-1' }, path: ['rates', 0, 'rate'] },
    { why: 'an exponent', rate: { rate: 1e-7 }, path: ['rates', 0, 'rate'] },
    { why: 'the base as quote', rate: { quote: 'eur' }, path: 'rates.0.quote' },
    { why: 'a currency that is none', rate: { quote: 'XXX' }, path: ['rates', 0, 'quote'] },
    { why: 'a day twice', rate: { quote: 'JPY' }, path: 'rates.1.quote' },
  ])('when they hold $why, then it is named', async ({ rate, path }, { world }) => {
    const [first, ...rest] = rates;
    const input = { ...published, rates: [{ ...first, ...rate }, ...rest] };
    // @ts-expect-error -- a rate out of parts
    const set = setExchangeRates(world.at(START), input);
    await expect(set).rejects.toMatchObject({ issues: [{ path }] });
  });

  test('when they are listed, then by days and currencies, page by page', async ({ world }) => {
    await setExchangeRates(world.at(START), published);
    await setExchangeRates(world.at(START), {
      base: 'GBP',
      rates: [{ date: '2026-03-02', quote: 'USD', rate: '1.27' }],
    });
    const read = async (input: object) => {
      const { items, nextCursor } = await listExchangeRates(world.at(LATER), input);
      return [
        items.map(({ date, base, quote }) => `${date} ${base} ${quote}`),
        nextCursor,
      ] as const;
    };
    const [first, cursor] = await read({ limit: 2 });
    expect(first).toEqual(['2026-03-03 EUR USD', '2026-03-02 EUR JPY']);
    const [second, last] = await read({ limit: 2, cursor });
    expect(second).toEqual(['2026-03-02 EUR USD', '2026-03-02 GBP USD']);
    expect(last).toBeNull();
    expect(await read({ startDate: '2026-03-03' })).toEqual([['2026-03-03 EUR USD'], null]);
    expect(await read({ endDate: '2026-03-02', quote: 'JPY' })).toEqual([
      ['2026-03-02 EUR JPY'],
      null,
    ]);
    expect(await read({ base: 'gbp' })).toEqual([['2026-03-02 GBP USD'], null]);
    const neighbour = await world.neighbour();
    expect(await listExchangeRates(neighbour.at(LATER))).toMatchObject({ items: [] });
    await expect(read({ cursor: 'eA' })).rejects.toMatchObject({ issues: [{ path: 'cursor' }] });
  });
});
