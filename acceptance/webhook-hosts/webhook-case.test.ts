import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { openApi, type RunningApi } from '../api-process.ts';
import { readCaseFile } from '../case-file.ts';
import { compareFields, isFields, textOf, type Fields } from '../compare.ts';
import { runWebhookCase, WEBHOOK_FIELDS } from './webhook-case.ts';

const FILE = new URL('../cases/host.json', import.meta.url).pathname;
const { content } = await readCaseFile(FILE);
const all = Array.isArray(content['cases']) ? content['cases'].filter(isFields) : [];
// TZ-08 is a poll of Postiz.
const cases = all.filter((found) => found['host'] !== 'postiz' && found['id'] !== 'TZ-08');

let api: RunningApi;
beforeAll(async () => {
  api = await openApi({ ...process.env, RETAINER_URL: '' });
}, 120_000);
afterAll(() => api.stop());

describe('given a case of a host that is not Postiz', () => {
  test.for(cases.map((found): [string, Fields] => [textOf(found['id']), found]))(
    'when %s runs, then it comes out as it says',
    { timeout: 60_000 },
    async ([, found]) => {
      const expected = isFields(found['expect']) ? found['expect'] : {};
      const got = await runWebhookCase(api.target, content, found);
      expect(compareFields(expected, got, WEBHOOK_FIELDS)).toEqual([]);
    },
  );
});
