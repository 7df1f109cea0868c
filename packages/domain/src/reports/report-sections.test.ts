import { expect, test } from 'vitest';

import { reportSections } from './report-sections.ts';

test('given the levels of reports, when they rise, then each tells all that the lower one does, and more', () => {
  const [basic, standard, advanced] = [
    reportSections('basic'),
    reportSections('standard'),
    reportSections('advanced'),
  ];
  expect([...basic]).toEqual(['usage', 'outcomes']);
  expect(basic.isSubsetOf(standard) && standard.isSubsetOf(advanced)).toBe(true);
  expect([...standard.difference(basic)]).toEqual(['comparison', 'platforms']);
  expect([...advanced.difference(standard)]).toEqual([
    'contentTypes',
    'campaigns',
    'clientReturn',
    'timeSaved',
    'drivers',
  ]);
});
