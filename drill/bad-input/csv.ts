import fc from 'fast-check';

const COLUMNS = [
  'date',
  'minutes',
  'person',
  'kind',
  'count',
  'amount',
  'currency',
  'campaignId',
  'platform',
  'postId',
  'idempotencyKey',
  'startedAt',
  'endedAt',
  'billable',
  'hourlyRate',
  'description',
  '__proto__',
  'constructor',
];

const CELLS = [
  '2026-03-02',
  '2026-13-40',
  '30',
  '-1',
  '1e9',
  '12.50',
  '1.234,56',
  'lead',
  'revenue',
  'EUR',
  'Ada',
  'yes',
  '=1+1',
  '"',
  '""',
  '"half',
  'a\u0000b',
  '\ud83d\ude00',
  '2026-03-02T09:00:00Z',
  '',
];

const cell = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...CELLS) },
  { weight: 1, arbitrary: fc.string({ maxLength: 30, unit: 'binary' }) },
);

/** What people and machines call CSV. */
export const csvText = fc
  .record({
    columns: fc.shuffledSubarray(COLUMNS, { minLength: 1, maxLength: 9 }),
    rows: fc.array(fc.array(cell, { maxLength: 11 }), { maxLength: 12 }),
    comma: fc.constantFrom(',', ';', '\t'),
    newline: fc.constantFrom('\n', '\r\n', '\r'),
    mark: fc.constantFrom('', '\ufeff', '\n\n'),
    times: fc.constantFrom(1, 1, 1, 1, 1, 1, 1, 40),
  })
  .map(({ columns, rows, comma, newline, mark, times }) => {
    const lines = Array.from({ length: times }, () => rows)
      .flat()
      .map((row) => row.join(comma));
    return mark + [columns.join(comma), ...lines].join(newline);
  });
