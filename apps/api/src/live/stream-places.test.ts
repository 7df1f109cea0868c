import { describe, expect, test } from 'vitest';

import { createStreamPlaces } from './stream-places.ts';
import { whileGood } from './while-good.ts';

const BAKERY = { agencyId: 'acme', clientId: 'bakery' };

describe('given places for streams', () => {
  test('when one client has taken all that are for it, then the others still get theirs', () => {
    const places = createStreamPlaces(1_000);
    const releases = Array.from({ length: 50 }, () => places.take(BAKERY));
    expect(() => places.take(BAKERY)).toThrow(/^This client has 50 live streams open/);
    places.take({ ...BAKERY, clientId: 'gym' });
    places.take({ ...BAKERY, agencyId: 'rival' });
    places.take({ ...BAKERY, clientId: undefined });
    expect(places.counts()).toEqual({ agency: 1, client: 52 });
    releases[0]?.();
    releases[0]?.();
    expect(places.counts()).toEqual({ agency: 1, client: 51 });
    places.take(BAKERY);
    expect(() => places.take(BAKERY)).toThrow(/50/);
  });
});

describe('given a credential that is judged again and again', () => {
  test('when it is good no more, then the signal ends; before, it does not', async () => {
    const verdicts = [true, true, false];
    const judged: number[] = [];
    const isStillGood = async () => {
      judged.push(verdicts.length);
      return verdicts.shift() ?? false;
    };
    const connection = new AbortController();
    const signal = whileGood({ expiresAtMs: undefined, isStillGood }, connection.signal, 1);
    await new Promise((resolve) => {
      signal.addEventListener('abort', resolve, { once: true });
    });
    expect(judged).toEqual([3, 2, 1]);
    expect(connection.signal.aborted).toBe(false);
  });
});
