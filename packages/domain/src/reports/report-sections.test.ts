import { expect, test } from 'vitest';

import { reportSections } from './report-sections.ts';

test('given the levels of reports, when they rise, then each tells all that the lower one does, and more', () => {
  const basic = ['usage', 'outcomes'];
  const standard = [...basic, 'comparison', 'platforms'];
  const more = ['contentTypes', 'campaigns', 'clientReturn', 'timeSaved', 'drivers'];
  expect([...reportSections('basic')]).toEqual(basic);
  expect([...reportSections('standard')]).toEqual(standard);
  expect([...reportSections('advanced')]).toEqual([...standard, ...more]);
});
