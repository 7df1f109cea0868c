import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { changeNotices, processNotice, readNotice, type AgencyChanges } from './notice.ts';
import { createPending, type Untold } from './pending.ts';

const id = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 128 });
const changes = fc
  .dictionary(id, fc.oneof(fc.constant('any' as const), fc.uniqueArray(id, { minLength: 1 })), {
    maxKeys: 5,
  })
  .map(
    (agencies): Untold =>
      new Map(
        Object.entries(agencies).map(([agencyId, clients]) => [
          agencyId,
          clients === 'any' ? clients : new Set(clients),
        ]),
      ),
  );

function heardBack(untold: Untold): AgencyChanges[] {
  return changeNotices(untold).flatMap((text) => {
    const notice = readNotice(`7 ${text}`)?.notice;
    return notice?.kind === 'changed' ? notice.agencies : [];
  });
}

describe('given changes to tell', () => {
  test('when they are written and read, then the same come out, whatever the ids are', async () => {
    await fc.assert(
      fc.asyncProperty(changes, async (untold) => {
        const pending = createPending();
        for (const { agencyId, clients } of heardBack(untold)) {
          pending.add(agencyId, clients === 'any' ? undefined : clients);
        }
        await pending.tellAll(async (heard) => expect(heard).toEqual(untold));
      }),
    );
  });

  test('when there are many, then each text is one that PostgreSQL takes, and none is lost', () => {
    const long = (name: string, index: number) => `${name} ${index} ${'€"\n'.repeat(40)}`;
    const clients = new Set(Array.from({ length: 500 }, (_, index) => long('client', index)));
    const untold: Untold = new Map<string, Set<string> | 'any'>([
      [long('agency', 1), clients],
      [long('agency', 2), 'any'],
    ]);
    const texts = changeNotices(untold);
    expect(Math.max(...texts.map((text) => Buffer.byteLength(text)))).toBeLessThan(7_980);
    const heard = heardBack(untold);
    const named = heard.flatMap((one) => (one.clients === 'any' ? [] : one.clients));
    expect(new Set(named)).toEqual(clients);
    expect(heard.filter((one) => one.clients === 'any')).toHaveLength(1);
  });
});

describe('given what is heard', () => {
  test.each([
    { payload: `8 ${processNotice('hello', 5)}`, notice: { kind: 'hello', process: 5 } },
    { payload: '8 ["rename",{"from":"a"}]', notice: { kind: 'unknown' } },
    { payload: '8 not even JSON', notice: { kind: 'unknown' } },
  ])('when it is $payload, then it is $notice.kind', ({ payload, notice }) => {
    expect(readNotice(payload)).toEqual({ version: 8, notice });
  });

  test('when it has no version, then none of ours said it', () => {
    expect(readNotice('["changed",["acme"]]')).toBeUndefined();
  });
});
