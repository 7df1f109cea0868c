import { describe, expect, test } from 'vitest';

import { goodDashboard } from '../../testing/exports/dashboards.ts';
import { plain } from '../../testing/exports/read-back.ts';
import { annotationRows } from '../figures/annotation-rows.ts';
import { runOutRows } from '../figures/run-out-rows.ts';
import { annotationLine } from './annotation-line.ts';
import {
  attentionMessage,
  attentionSum,
  runOutMessage,
  tierFitMessage,
} from './attention-messages.ts';

const counts = (urgent: number, warning: number, notice: number) => ({
  total: urgent + warning + notice,
  urgent,
  warning,
  notice,
});

describe('given what needs attention', () => {
  test.each([
    [counts(0, 0, 0), 'Nothing needs attention', 'Nothing needs attention'],
    [counts(1, 0, 0), '1 needs attention: 1 urgent', '1 thing needs attention, urgently'],
    [counts(2, 0, 0), '2 need attention: 2 urgent', '2 things need attention, urgently'],
    [
      counts(1, 4, 2),
      '7 need attention: 1 urgent, 4 warnings, 2 notices',
      '7 things need attention, 1 of them urgent',
    ],
    [counts(0, 1, 1), '2 need attention: 1 warning, 1 notice', '2 things need attention'],
  ])('when it is counted as %o, then all of it is told', (of, message, sum) => {
    expect(attentionMessage(of)).toBe(message);
    expect(attentionSum(of)).toBe(sum);
  });

  test('when allowances run out, then each says how much is taken and until when it lasts', () => {
    expect(runOutRows(goodDashboard()).map((row) => plain(runOutMessage(row)))).toEqual([
      'Tidal Gym, AI generations: 180 of 200 taken, runs out on Oct 4, 2026',
      'Lakeside Hotel, Storage: 5 GB of 5 GB taken, nothing is left',
    ]);
  });

  test('when tiers are compared with wishes, then only what there is is told', () => {
    expect(tierFitMessage({ fits: 7, over: 2, under: 1, unknown: 2 })).toBe(
      'Of 12 clients 7 fit their tier, 2 asked for more than it takes, 1 would do with a cheaper one, of 2 it is not known',
    );
    expect(tierFitMessage({ fits: 1, over: 0, under: 0, unknown: 0 })).toBe(
      'Of 1 client 1 fits its tier',
    );
    expect(tierFitMessage({ fits: 0, over: 0, under: 0, unknown: 0 })).toBe(
      'There is no client whose tier could fit',
    );
  });

  test('when something happened, then it has its number, its days and whom it is about', () => {
    const [one] = annotationRows(goodDashboard());
    if (!one) throw new Error('the sample has an annotation');
    expect(plain(annotationLine(one))).toBe('1. Sep 14, 2026: Website relaunched');
    const of = { ...one.of, endDate: '2026-09-16', clientWorkspaceId: 'tidal-gym' } as const;
    expect(plain(annotationLine({ ...one, of }))).toBe(
      '1. Sep 14 – 16, 2026: Website relaunched (tidal-gym)',
    );
  });
});
