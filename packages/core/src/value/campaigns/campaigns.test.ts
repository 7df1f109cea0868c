import { describe, expect } from 'vitest';

import { listAudit } from '../../audit/list-audit.ts';
import { archiveClient } from '../../tenancy/archive-client.ts';
import { START, test } from '../../tenancy/testing/world.ts';
import { archiveCampaign } from './archive-campaign.ts';
import { listCampaigns } from './list-campaigns.ts';
import { upsertCampaign } from './upsert-campaign.ts';

const LATER = '2026-02-01T00:00:00Z';

describe('given a campaign', () => {
  test('when it is registered twice, then it is there once, as last told', async ({ world }) => {
    const clientWorkspaceId = await world.client();
    const campaignId = 'spring / 2026';
    const told = { clientWorkspaceId, campaignId, name: 'Spring', startDate: '2026-03-01' };
    const first = await upsertCampaign(world.at(START), told);
    const { startDate: _left, ...again } = told;
    const second = await upsertCampaign(world.at(LATER), { ...again, endDate: '2026-03-31' });
    expect(second).toEqual({ ...first, endDate: '2026-03-31' });
    expect(first).toEqual({
      ...told,
      endDate: null,
      createdAt: new Date(START),
      archivedAt: null,
    });
    const { items } = await listCampaigns(world.at(LATER), { clientWorkspaceId });
    expect(items).toEqual([second]);
    const cleared = await upsertCampaign(world.at(LATER), { ...again, startDate: null });
    expect(cleared).toMatchObject({ startDate: null, endDate: '2026-03-31' });
  });

  test('when many register it at once, then one of them makes it', async ({ world }) => {
    const clientWorkspaceId = await world.client();
    const told = { clientWorkspaceId, campaignId: 'spring', name: 'Spring' };
    const all = await Promise.all(
      Array.from({ length: 8 }, () => upsertCampaign(world.at(START), told)),
    );
    expect(new Set(all.map((one) => JSON.stringify(one))).size).toBe(1);
    const { items } = await listAudit(world.at(START), { clientWorkspaceId });
    const actions = items.map(({ action }) => action).filter((one) => one.startsWith('campaign'));
    expect(actions).toEqual(['campaign.registered']);
  });

  test('when it is archived, then it leaves the list until it is registered again', async ({
    world,
  }) => {
    const clientWorkspaceId = await world.client();
    for (const campaignId of ['a', 'b', 'c']) {
      // oxlint-disable-next-line no-await-in-loop -- in order
      await upsertCampaign(world.at(START), { clientWorkspaceId, campaignId, name: campaignId });
    }
    const gone = { clientWorkspaceId, campaignId: 'b' };
    const archived = await archiveCampaign(world.at(START), gone);
    expect(await archiveCampaign(world.at(LATER), gone)).toEqual(archived);
    const ids = async (input: object) => {
      const page = await listCampaigns(world.at(LATER), { clientWorkspaceId, ...input });
      return [page.items.map(({ campaignId }) => campaignId), page.nextCursor] as const;
    };
    const [first, nextCursor] = await ids({ limit: 1 });
    expect(first).toEqual(['a']);
    expect(await ids({ limit: 1, cursor: nextCursor })).toEqual([['c'], null]);
    expect(await ids({ includeArchived: true })).toEqual([['a', 'b', 'c'], null]);
    const back = await upsertCampaign(world.at(LATER), { ...gone, name: 'b' });
    expect(back.archivedAt).toBeNull();
  });

  test('when its last day lies before its first, then it is refused and stays as it was', async ({
    world,
  }) => {
    const told = { clientWorkspaceId: await world.client(), campaignId: 'spring', name: 'Spring' };
    const before = await upsertCampaign(world.at(START), { ...told, startDate: '2026-03-01' });
    const inverted = upsertCampaign(world.at(START), { ...told, endDate: '2026-02-28' });
    await expect(inverted).rejects.toMatchObject({ code: 'invalid_input' });
    const { items } = await listCampaigns(world.at(START), {
      clientWorkspaceId: told.clientWorkspaceId,
    });
    expect(items).toEqual([before]);
  });

  test('when its client is unknown, a neighbour’s or archived, then it says so', async ({
    world,
  }) => {
    const clientWorkspaceId = await world.client();
    const told = { clientWorkspaceId, campaignId: 'spring', name: 'Spring' };
    const neighbour = await world.neighbour();
    const theirs = upsertCampaign(neighbour.at(START), told);
    await expect(theirs).rejects.toMatchObject({ code: 'not_found' });
    const unknown = archiveCampaign(world.at(START), { clientWorkspaceId, campaignId: 'spring' });
    await expect(unknown).rejects.toMatchObject({
      code: 'not_found',
    });
    await archiveClient(world.at(START), { clientWorkspaceId });
    const late = upsertCampaign(world.at(START), told);
    await expect(late).rejects.toMatchObject({ code: 'conflict' });
    expect(await listCampaigns(world.at(START), { clientWorkspaceId })).toMatchObject({
      items: [],
    });
  });
});
