import { DomainError } from '@retainer/domain';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { readCsv } from './read-csv.ts';

const columns = ['date', 'minutes', 'note', 'campaignId'] as const;
const read = (csv: string) => readCsv(csv, { columns });

describe('given CSV text', () => {
  test.each([
    { why: 'as it is', csv: 'date,minutes,note\n2026-03-02,90,Copy' },
    { why: 'with a byte order mark', csv: '\uFEFFdate,minutes,note\n2026-03-02,90,Copy\n' },
    { why: 'with semicolons', csv: 'date;minutes;note\n2026-03-02;90;Copy\n' },
    { why: 'from Windows', csv: 'date,minutes,note\r\n2026-03-02,90,Copy\r\n' },
    { why: 'from an old Mac', csv: 'date,minutes,note\r2026-03-02,90,Copy\r' },
    { why: 'with names as people write them', csv: ' Date ,MINUTES,"Note"\n2026-03-02,90,Copy\n' },
    { why: 'with blanks around cells', csv: 'date, minutes, note\n2026-03-02 , 90, "Copy"\n' },
    { why: 'with columns left over', csv: 'date,minutes,note,,\n2026-03-02,90,Copy,,\n' },
    { why: 'with cells left over', csv: 'date,minutes,note\n2026-03-02,90,Copy,,\n' },
  ])('when it comes $why, then it says the same', ({ csv }) => {
    const fields = { date: '2026-03-02', minutes: '90', note: 'Copy' };
    expect(read(csv)).toMatchObject({ rows: [{ line: 2, fields }], refused: [] });
  });

  test('when a name is written with hyphens or underscores, then it is the same column', () => {
    expect(read('campaign_id\nspring').rows[0]?.fields).toEqual({ campaignId: 'spring' });
    expect(read('Campaign-Id\nspring').rows[0]?.fields).toEqual({ campaignId: 'spring' });
  });

  test('when a cell is empty, then it is not there', () => {
    expect(read('date,note\n2026-03-02,\n,x').rows.map(({ fields }) => fields)).toEqual([
      { date: '2026-03-02' },
      { note: 'x' },
    ]);
  });

  test('when cells hold line breaks and lines are empty, then lines count as an editor counts them', () => {
    const csv = 'date,note\n\n2026-03-02,"two\nlines"\n\n2026-03-03,one\n;\n2026-03-04,last';
    expect(read(csv)).toEqual({
      rows: [
        {
          line: 3,
          text: '2026-03-02,"two\nlines"',
          fields: { date: '2026-03-02', note: 'two\nlines' },
        },
        { line: 6, text: '2026-03-03,one', fields: { date: '2026-03-03', note: 'one' } },
        { line: 8, text: '2026-03-04,last', fields: { date: '2026-03-04', note: 'last' } },
      ],
      refused: [expect.objectContaining({ line: 7, text: ';' })],
    });
  });

  test('when lines cannot be read, then each is refused once by its number, and the rest is read', () => {
    const csv = [
      'date,note',
      '2026-03-02,a "quoted" word',
      '2026-03-03,"closed" early',
      '2026-03-04,one,two',
      '2026-03-05',
      '2026-03-06,fine',
      '2026-03-07,"never closed',
      '2026-03-08,not swallowed',
    ].join('\n');
    const { rows, refused } = read(csv);
    expect(rows.map(({ line }) => line)).toEqual([6, 8]);
    expect(refused).toEqual([
      {
        line: 2,
        message: expect.stringContaining('quote inside a cell'),
        text: '2026-03-02,a "quoted" word',
      },
      {
        line: 3,
        message: expect.stringContaining('after a closing quote'),
        text: '2026-03-03,"closed" early',
      },
      {
        line: 4,
        message: expect.stringContaining('has 3 cells, the header 2'),
        text: '2026-03-04,one,two',
      },
      {
        line: 5,
        message: expect.stringContaining('has 1 cells, the header 2'),
        text: '2026-03-05',
      },
      {
        line: 7,
        message: expect.stringContaining('never closes'),
        text: '2026-03-07,"never closed',
      },
    ]);
  });

  test.each([
    { why: 'is empty', csv: '', says: /header line/ },
    { why: 'is blank', csv: ' \n\n', says: /header line/ },
    { why: 'has columns nobody knows', csv: 'date,prize,"luck"\n', says: /"prize", "luck"/ },
    { why: 'names a column twice', csv: 'date,Date\n', says: /twice: "Date"/ },
    { why: 'has no header', csv: '2026-03-02,90\n', says: /"2026-03-02", "90"/ },
  ])('when it $why, then all of it is refused, by name', ({ csv, says }) => {
    expect(() => read(csv)).toThrow(DomainError);
    expect(() => read(csv)).toThrow(says);
  });

  test('when hardly anything is CSV, then all of it is refused', () => {
    const csv = ['date,note', ...Array.from({ length: 300 }, () => 'a "b')].join('\n');
    expect(() => read(csv)).toThrow(/more than 200 lines are not CSV/);
  });

  test('when a quote stays open before much text, then the lines after it are read', () => {
    const lines = Array.from({ length: 5000 }, () => '2026-03-02,Copy');
    const { rows, refused } = read(['date,note', '2026-03-01,"open', ...lines].join('\n'));
    expect(rows).toHaveLength(5000);
    expect(refused).toMatchObject([
      { line: 2, message: expect.stringContaining('does not close') },
    ]);
  });

  test('when any cells are written with quotes, then they are read as they were', () => {
    const cell = fc.string().map((text) => text.replaceAll(/\r\n?/gu, '\n').trim());
    const written = (text: string) => `"${text.replaceAll('"', '""')}"`;
    fc.assert(
      fc.property(
        fc.array(fc.tuple(cell, cell), { maxLength: 20 }),
        fc.constantFrom(',', ';'),
        (cells, delimiter) => {
          const body = cells.map((row) => row.map(written).join(delimiter));
          const { rows, refused } = read([`date${delimiter}note`, ...body].join('\n'));
          const kept = cells.filter(([date, note]) => date !== '' || note !== '');
          expect(refused).toEqual([]);
          expect(rows.map(({ fields }) => [fields.date ?? '', fields.note ?? ''])).toEqual(kept);
        },
      ),
    );
  });

  test('when any text comes, then no line of it is lost', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', ',', '"', '\n', ' ', ';')), (parts) => {
        const csv = `date,note\n${parts.join('')}`;
        const { rows, refused } = read(csv);
        const told = [...rows, ...refused].map(({ text }) => text).join('\n');
        const meant = (text: string) => text.replaceAll(/[^a]/gu, '');
        expect(meant(told)).toBe(meant(csv.slice(csv.indexOf('\n'))));
      }),
      { numRuns: 500 },
    );
  });
});
