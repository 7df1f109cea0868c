import { describe, expect, test } from 'vitest';

import { listProcedures } from './rest/procedures.ts';
import { appRouter } from './router.ts';

describe('given every procedure of the API', () => {
  test('when it is listed, then it states which roles may call it', () => {
    const silent = listProcedures(appRouter).filter(({ roles }) => roles.length === 0);
    expect(silent.map(({ path }) => path)).toEqual([]);
  });

  test('when REST serves it, then its path begins with /api/ and belongs to nothing else', () => {
    const routes = listProcedures(appRouter).flatMap(({ rest }) =>
      rest ? [`${rest.method} ${rest.path.replaceAll(/\{\w+\}/g, '{}')}`] : [],
    );
    expect(routes.filter((route) => !/^[A-Z]+ \/api\//.test(route))).toEqual([]);
    expect(new Set(routes).size).toBe(routes.length);
  });
});
