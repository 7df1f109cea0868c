import { describe, expect } from 'vitest';

import { test as base } from '../testing/real-server.ts';

const test = base.extend('tenant', { scope: 'file' }, ({ server }) => server.found('acme'));

function observation(index: number) {
  return {
    postId: `post-${index}`,
    platform: 'linkedin',
    metric: 'impressions',
    kind: 'lifetime',
    value: index,
    at: '2026-03-02T09:00:00Z',
  };
}

describe('given a host that observed many posts', () => {
  test('when it tells all at once and again, then all is kept once', async ({ server, tenant }) => {
    const { clientWorkspaceId } = tenant;
    const headers = await server.headersOf({ role: 'host', agencyId: undefined });
    const observations = Array.from({ length: 10_000 }, (_, index) => observation(index));
    const tell = async (some: readonly object[]) => {
      const answer = await server.app.inject({
        method: 'POST',
        url: '/api/hooks/metrics',
        headers,
        payload: { agencyWorkspaceId: 'acme', clientWorkspaceId, observations: some },
      });
      const body: unknown = answer.json();
      return { status: answer.statusCode, body };
    };
    const counts = { accepted: 10_000, changed: 0, repeated: 0, otherMetrics: [] };
    expect(await tell(observations)).toEqual({
      status: 200,
      body: { ...counts, added: 10_000, unchanged: 0 },
    });
    expect(await tell(observations)).toEqual({
      status: 200,
      body: { ...counts, added: 0, unchanged: 10_000 },
    });
    const tooMany = await tell([...observations, observation(1)]);
    expect(tooMany).toMatchObject({ status: 400, body: { issues: [{ path: 'observations' }] } });
  });
});
