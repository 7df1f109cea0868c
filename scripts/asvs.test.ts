import { existsSync, readFileSync } from 'node:fs';

import { describe, expect, test } from 'vitest';

/** The requirements of levels 1 and 2 of ASVS 5.0.0: their numbers within each section. */
const REQUIREMENTS: Readonly<Record<string, readonly number[]>> = {
  '1.1': [1, 2],
  '1.2': [1, 2, 3, 4, 5, 6, 7, 8, 9],
  '1.3': [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
  '1.4': [1, 2, 3],
  '1.5': [1, 2],
  '2.1': [1, 2, 3],
  '2.2': [1, 2, 3],
  '2.3': [1, 2, 3, 4],
  '2.4': [1],
  '3.2': [1, 2],
  '3.3': [1, 2, 3, 4],
  '3.4': [1, 2, 3, 4, 5, 6],
  '3.5': [1, 2, 3, 4, 5],
  '3.7': [1, 2],
  '4.1': [1, 2, 3],
  '4.2': [1],
  '4.3': [1, 2],
  '4.4': [1, 2, 3, 4],
  '5.1': [1],
  '5.2': [1, 2, 3],
  '5.3': [1, 2],
  '5.4': [1, 2, 3],
  '6.1': [1, 2, 3],
  '6.2': [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
  '6.3': [1, 2, 3, 4],
  '6.4': [1, 2, 3, 4],
  '6.5': [1, 2, 3, 4, 5],
  '6.6': [1, 2, 3],
  '6.8': [1, 2, 3, 4],
  '7.1': [1, 2, 3],
  '7.2': [1, 2, 3, 4],
  '7.3': [1, 2],
  '7.4': [1, 2, 3, 4, 5],
  '7.5': [1, 2],
  '7.6': [1, 2],
  '8.1': [1, 2],
  '8.2': [1, 2, 3],
  '8.3': [1],
  '8.4': [1],
  '9.1': [1, 2, 3],
  '9.2': [1, 2, 3, 4],
  '10.1': [1, 2],
  '10.2': [1, 2],
  '10.3': [1, 2, 3, 4],
  '10.4': [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
  '10.5': [1, 2, 3, 4, 5],
  '10.6': [1, 2],
  '10.7': [1, 2, 3],
  '11.1': [1, 2],
  '11.2': [1, 2, 3],
  '11.3': [1, 2, 3],
  '11.4': [1, 2, 3, 4],
  '11.5': [1],
  '11.6': [1],
  '12.1': [1, 2, 3],
  '12.2': [1, 2],
  '12.3': [1, 2, 3, 4],
  '13.1': [1],
  '13.2': [1, 2, 3, 4, 5],
  '13.3': [1, 2],
  '13.4': [1, 2, 3, 4, 5],
  '14.1': [1, 2],
  '14.2': [1, 2, 3, 4],
  '14.3': [1, 2, 3],
  '15.1': [1, 2, 3],
  '15.2': [1, 2, 3],
  '15.3': [1, 2, 3, 4, 5, 6, 7],
  '16.1': [1],
  '16.2': [1, 2, 3, 4, 5],
  '16.3': [1, 2, 3, 4],
  '16.4': [1, 2, 3],
  '16.5': [1, 2, 3],
  '17.1': [1],
  '17.2': [1, 2, 3, 4],
  '17.3': [1, 2],
};

const STANDS = ['met', 'partly', 'operator', 'n/a'];

interface Row {
  readonly ids: readonly string[];
  readonly stands: string;
  readonly how: string;
  readonly where: string;
}

function rowsOf(page: string): Row[] {
  return Array.from(
    page.matchAll(/^\| (\d[\d., ]*?) +\| (\S+) +\| (.*?) +\|(.*)\|$/gm),
    (match) => {
      const [, ids = '', stands = '', how = '', where = ''] = match;
      return { ids: ids.split(', '), stands, how, where: where.trim() };
    },
  );
}

/** What of a pointer is not there: its file, or the words it is to be found by. */
function broken({ where }: Row): string[] {
  return Array.from(where.matchAll(/`([^`]+)`(?: “([^”]+)”)?/g)).flatMap(([, path = '', words]) => {
    if (!existsSync(path)) return [path];
    return words === undefined || readFileSync(path, 'utf8').includes(words)
      ? []
      : [`${path}: ${words}`];
  });
}

const ROWS = rowsOf(readFileSync('docs/security/asvs.md', 'utf8'));

describe('given the checklist of ASVS', () => {
  test('when it is counted, then each requirement of levels 1 and 2 is there once', () => {
    const all = Object.entries(REQUIREMENTS).flatMap(([section, numbers]) =>
      numbers.map((number) => `${section}.${number}`),
    );
    expect(ROWS.flatMap(({ ids }) => ids)).toEqual(all);
    expect(ROWS.filter(({ stands, how }) => !STANDS.includes(stands) || how === '')).toEqual([]);
  });

  test('when a row says that it is met, then it points to something, and what it points to is there', () => {
    const unfounded = ROWS.filter(({ stands, where }) => stands !== 'n/a' && where === '');
    expect(unfounded.map(({ ids }) => ids)).toEqual([]);
    expect(ROWS.flatMap((row) => broken(row).map((pointer) => [row.ids[0], pointer]))).toEqual([]);
  });
});
