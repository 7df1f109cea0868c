import { describe, expect } from 'vitest';

import { listAudit } from '../audit/list-audit.ts';
import { readPolicy } from '../gate/read-policy.ts';
import { inTransaction } from '../kernel/context.ts';
import { archiveClient } from '../tenancy/archive-client.ts';
import { test as base, START, type World } from '../tenancy/testing/world.ts';
import { createDefaultTiers } from '../tiers/create-default-tiers.ts';
import { assignTierToClient } from './assign-tier-to-client.ts';
import { clientTierHistory } from './client-tier-history.ts';
import { grantOverride, type GrantOverrideInput } from './grant-override.ts';
import { listOverrides } from './list-overrides.ts';
import { pauseClient } from './pause-client.ts';
import { resumeClient } from './resume-client.ts';
import { revokeOverride } from './revoke-override.ts';
import { setPastDue } from './set-past-due.ts';

const NOW = '2026-03-02T12:00:00Z';
const LATER = '2026-03-04T12:00:00Z';

const test = base.extend('clientWorkspaceId', async ({ world }) => {
  await createDefaultTiers(world.at(START));
  const clientWorkspaceId = await world.client();
  await assignTierToClient(world.at(START), { clientWorkspaceId, tierId: 'silver' });
  return clientWorkspaceId;
});

async function blocks(world: World, clientWorkspaceId: string) {
  const history = await clientTierHistory(world.at(NOW), { clientWorkspaceId });
  return history.blocks.map(({ kind, from, until }) => ({ kind, from, until }));
}

async function policy(world: World, clientId: string) {
  const ctx = world.at(NOW);
  return inTransaction(ctx, (em) => readPolicy(em, { agencyId: ctx.agencyId, clientId }));
}

describe('given a client without a tier', () => {
  test('when it is paused, then there is nothing to pause', async ({ world }) => {
    const clientWorkspaceId = await world.client();
    const paused = pauseClient(world.at(NOW), { clientWorkspaceId });
    await expect(paused).rejects.toMatchObject({ code: 'no_assignment' });
  });
});

describe('given a client that is paused', () => {
  test('when it is paused again and resumed, then there was one pause, from then to now', async ({
    world,
    clientWorkspaceId,
  }) => {
    await pauseClient(world.at(NOW), { clientWorkspaceId, reason: 'holiday' });
    await pauseClient(world.at(LATER), { clientWorkspaceId });
    const pause = { kind: 'paused', from: new Date(NOW) };
    expect(await blocks(world, clientWorkspaceId)).toEqual([{ ...pause, until: null }]);
    await resumeClient(world.at(LATER), { clientWorkspaceId });
    await resumeClient(world.at(LATER), { clientWorkspaceId });
    expect(await blocks(world, clientWorkspaceId)).toEqual([{ ...pause, until: new Date(LATER) }]);
    const { items } = await listAudit(world.at(LATER), { clientWorkspaceId, limit: 2 });
    expect(items.map((item) => item.action)).toEqual(['client.resumed', 'client.paused']);
    expect(items[0]).toMatchObject({
      before: { blocks: [{ until: null }] },
      after: { blocks: [] },
    });
  });

  test('when it is resumed before a pause to come, then that one never was', async ({
    world,
    clientWorkspaceId,
  }) => {
    const from = new Date('2026-04-01T00:00:00Z');
    const until = new Date('2026-05-01T00:00:00Z');
    await pauseClient(world.at(NOW), { clientWorkspaceId, from, until });
    await pauseClient(world.at(NOW), { clientWorkspaceId, kind: 'stopped' });
    expect(await blocks(world, clientWorkspaceId)).toHaveLength(2);
    await resumeClient(world.at(LATER), { clientWorkspaceId });
    expect(await blocks(world, clientWorkspaceId)).toEqual([
      { kind: 'stopped', from: new Date(NOW), until: new Date(LATER) },
    ]);
    const inverted = pauseClient(world.at(NOW), { clientWorkspaceId, from: until, until: from });
    await expect(inverted).rejects.toMatchObject({ code: 'invalid_input' });
  });

  test('when it is past due as well, then resuming leaves that to stand', async ({
    world,
    clientWorkspaceId,
  }) => {
    await setPastDue(world.at(NOW), { clientWorkspaceId, pastDue: true });
    await setPastDue(world.at(LATER), { clientWorkspaceId, pastDue: true });
    await resumeClient(world.at(LATER), { clientWorkspaceId });
    const debt = { kind: 'past_due', from: new Date(NOW) };
    expect(await blocks(world, clientWorkspaceId)).toEqual([{ ...debt, until: null }]);
    await setPastDue(world.at(LATER), { clientWorkspaceId, pastDue: false });
    expect(await blocks(world, clientWorkspaceId)).toEqual([{ ...debt, until: new Date(LATER) }]);
  });
});

describe('given an override', () => {
  test('when it is granted, then the gate reads it and it can be listed and revoked', async ({
    world,
    clientWorkspaceId,
  }) => {
    const version = (await policy(world, clientWorkspaceId))?.version ?? 0;
    const first = await grantOverride(world.at(NOW), {
      clientWorkspaceId,
      meter: 'posts',
      delta: 2,
      from: '2026-03-02T00:00:00Z',
      to: '2026-03-09T00:00:00Z',
    });
    const second = await grantOverride(world.at(NOW), {
      clientWorkspaceId,
      meter: 'posts',
      platform: 'Twitter',
      limit: null,
    });
    const after = await policy(world, clientWorkspaceId);
    expect(after?.version).toBe(version + 2);
    expect(after?.overrides).toMatchObject([
      { meter: 'posts', platform: '', kind: 'delta', amount: 2 },
      { meter: 'posts', platform: 'x', kind: 'limit', amount: null, to: Infinity },
    ]);
    const list = await listOverrides(world.at(NOW), { clientWorkspaceId });
    expect(list).toEqual([second.override, first.override]);

    const overrideId = second.override.id;
    await revokeOverride(world.at(LATER), { overrideId });
    await revokeOverride(world.at('2026-03-05T00:00:00Z'), { overrideId, clientWorkspaceId });
    const [revoked] = await listOverrides(world.at(NOW), { clientWorkspaceId });
    expect(revoked?.revokedAt).toEqual(new Date(LATER));
    const ends = (await policy(world, clientWorkspaceId))?.overrides.map((one) => one.to);
    expect(ends).toEqual([Date.parse('2026-03-09T00:00:00Z'), Date.parse(LATER)]);
  });

  test.for([
    { why: 'neither delta nor limit', input: {} },
    { why: 'both', input: { delta: 1, limit: 1 } },
    { why: 'a limit below zero', input: { limit: -1 } },
    { why: 'half a post', input: { delta: 0.5 } },
    { why: 'an unknown meter', input: { meter: 'stories', limit: 1 } },
    { why: 'a platform of storage', input: { meter: 'storage_bytes', platform: 'x', limit: 1 } },
    { why: 'an end before the start', input: { limit: 1, from: LATER, to: NOW } },
  ])(
    'when it is asked for with $why, then it is refused',
    async ({ input }, { world, clientWorkspaceId }) => {
      const wanted: GrantOverrideInput = { clientWorkspaceId, meter: 'posts', ...input };
      await expect(grantOverride(world.at(NOW), wanted)).rejects.toBeInstanceOf(Error);
      expect(await listOverrides(world.at(NOW), { clientWorkspaceId })).toEqual([]);
    },
  );

  test('when it comes again with its key, then it was promised once, and another promise is no repetition', async ({
    world,
    clientWorkspaceId,
  }) => {
    const wanted = { clientWorkspaceId, meter: 'posts', delta: 2, idempotencyKey: 'form-1' };
    const grant = async (more: Partial<GrantOverrideInput> = {}, at = NOW) =>
      grantOverride(world.at(at), { ...wanted, ...more });
    const [first, second] = await Promise.all([grant(), grant()]);
    expect(second.override).toEqual(first.override);
    expect((await grant({}, LATER)).override).toEqual(first.override);
    const other = await world.client();
    expect((await grant({ clientWorkspaceId: other })).override.id).not.toBe(first.override.id);
    await expect(grant({ delta: 3 })).rejects.toMatchObject({ code: 'idempotency_conflict' });
    await expect(grant({ from: LATER })).rejects.toMatchObject({ code: 'idempotency_conflict' });
    expect(await listOverrides(world.at(NOW), { clientWorkspaceId })).toEqual([first.override]);
  });

  test('when a neighbour revokes it, then it does not exist', async ({
    world,
    clientWorkspaceId,
  }) => {
    const { override } = await grantOverride(world.at(NOW), {
      clientWorkspaceId,
      meter: 'posts',
      limit: 1,
    });
    const neighbour = await world.neighbour();
    const attempts = await Promise.allSettled([
      revokeOverride(neighbour.at(NOW), { overrideId: override.id }),
      listOverrides(neighbour.at(NOW), { clientWorkspaceId }),
      pauseClient(neighbour.at(NOW), { clientWorkspaceId }),
    ]);
    const refused = { status: 'rejected', reason: { code: 'not_found' } };
    expect(attempts).toMatchObject([refused, refused, refused]);
  });
});

describe('given an archived client', () => {
  test('when its promises are to change, then it is refused; reads go on', async ({
    world,
    clientWorkspaceId,
  }) => {
    await archiveClient(world.at(NOW), { clientWorkspaceId });
    const change = pauseClient(world.at(NOW), { clientWorkspaceId });
    await expect(change).rejects.toMatchObject({ code: 'conflict' });
    const history = await clientTierHistory(world.at(NOW), { clientWorkspaceId });
    expect(history.assignments).toHaveLength(1);
  });
});
