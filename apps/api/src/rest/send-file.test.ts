import { describe, expect, test } from 'vitest';

import { contentDisposition } from './send-file.ts';

describe('given the name of a download', () => {
  test.each([
    ['north-kpi-2026-09-01.pdf', 'attachment; filename="north-kpi-2026-09-01.pdf"'],
    [
      'Café "x"\r\nSet-Cookie: a=b.pdf',
      `attachment; filename="Caf_ _x_Set-Cookie_ a_b.pdf"; filename*=UTF-8''Caf%C3%A9%20%22x%22%0D%0ASet-Cookie%3A%20a%3Db.pdf`,
    ],
    [
      "שלום'(1).pdf",
      `attachment; filename="_(1).pdf"; filename*=UTF-8''%D7%A9%D7%9C%D7%95%D7%9D%27%281%29.pdf`,
    ],
  ])('when it is %j, then the header holds it and nothing more', (name, header) => {
    expect(contentDisposition(name)).toBe(header);
  });
});
