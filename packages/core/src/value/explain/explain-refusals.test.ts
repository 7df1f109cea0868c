import { describe, expect } from 'vitest';

import { explainFigure } from './explain-figure.ts';
import { MARCH, NOW, test } from './testing/explain-world.ts';

describe('given a question that has no answer', () => {
  test.for([
    { why: 'two rows at once', ask: { platform: 'x', campaignId: 'spring' }, path: 'campaignId' },
    { why: 'a day outside', ask: { date: '2026-04-01' }, path: 'date' },
    { why: 'a cursor of another list', ask: { cursor: 'bm90aGluZw' }, path: 'cursor' },
    { why: 'a cursor with a strange character', ask: { cursor: strange() }, path: 'cursor' },
    { why: 'a worth with too many decimals', ask: { leadValue: '1.234' }, path: 'leadValue' },
  ] as const)(
    'when it is asked for $why, then the field is named',
    async ({ ask, path }, { explain }) => {
      await expect(explain({ figure: 'cost.total', ...ask })).rejects.toMatchObject({
        code: 'invalid_input',
        issues: [{ path }],
      });
    },
  );

  test('when the client is unknown, a neighbour’s, or the period ends first, then it is refused', async ({
    world,
    client,
    explain,
  }) => {
    const neighbour = await world.neighbour();
    const theirs = explainFigure(neighbour.at(NOW), { ...client, ...MARCH, figure: 'cost.total' });
    await expect(theirs).rejects.toMatchObject({ code: 'not_found' });
    const inverted = explain({ figure: 'cost.total', endDate: '2026-02-01' });
    await expect(inverted).rejects.toMatchObject({ code: 'period_inverted' });
  });
});

function strange(): string {
  const place = ['2026-03-05', 'lead', 'a\u0000b', '2026-03-05', ''];
  return Buffer.from(JSON.stringify(place), 'utf8').toString('base64url');
}
