import { describe, expect } from 'vitest';

import { test, tokenOf } from './testing/index.ts';

describe('given a host that embeds an element with one script tag', () => {
  test('when a client opens the portal, then it sees its tier', async ({
    world,
    tenant,
    visit,
  }) => {
    const { agencyWorkspaceId: agencyId, clientWorkspaceId: clientId } = tenant;
    const headers = await world.api.headersOf({ role: 'client', agencyId, clientId });
    const page = await visit({
      body: `<script type="module" src="/portal/agency-portal.js"></script>
        <agency-portal base-url="${world.api.url}" token="${tokenOf(headers)}"></agency-portal>`,
    });
    expect(await page.locator('agency-portal .tier strong').textContent()).toBe('Silver');
  });

  test('when its people open the screen, then they see their agency', async ({
    world,
    tenant,
    visit,
  }) => {
    const { agencyWorkspaceId: agencyId } = tenant;
    const headers = await world.api.headersOf({ role: 'agency', agencyId });
    const page = await visit({
      body: `<script type="module" src="/portal/agency-kpi-dashboard.js"></script>
        <agency-kpi-dashboard base-url="${world.api.url}" token="${tokenOf(headers)}"></agency-kpi-dashboard>`,
    });
    const name = page.getByRole('heading', { name: agencyId, exact: true });
    await name.waitFor();
    expect(await name.count()).toBe(1);
  });
});
