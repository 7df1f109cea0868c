import { createHash } from 'node:crypto';

import { describe, expect } from 'vitest';

import { listAudit } from '../audit/list-audit.ts';
import { archiveAgency } from '../tenancy/archive-agency.ts';
import { START, test } from '../tenancy/testing/world.ts';
import { createApiKey } from './create-api-key.ts';
import { findApiKey } from './find-api-key.ts';
import { listApiKeys } from './list-api-keys.ts';
import { revokeApiKey } from './revoke-api-key.ts';

const now = () => new Date('2026-02-01T00:00:00Z');
const hashOf = (key: string) => createHash('sha256').update(key).digest();

describe('given an API key', () => {
  test('when it is made, then its secret is shown once and opens its agency', async ({
    database,
    world,
  }) => {
    const input = { name: 'Scheduler', role: 'host', scopes: ['hooks.*'] } as const;
    const { key, ...shown } = await createApiKey(world.at(START), {
      ...input,
      scopes: ['hooks.*'],
    });
    expect(key).toMatch(/^rt_[\w-]{43}$/u);
    expect(await findApiKey({ orm: database.orm, now }, hashOf(key))).toEqual({
      agencyId: world.agencyId,
      keyId: shown.id,
      role: 'host',
      scopes: ['hooks.*'],
    });
    expect(await listApiKeys(world.at(START))).toEqual([shown]);
    const { items } = await listAudit(world.at(START), {});
    expect(JSON.stringify(items)).not.toContain(key.slice(10));
  });

  test('when it is revoked, expired or its agency archived, then it opens nothing', async ({
    database,
    world,
  }) => {
    const make = (expiresAt?: Date) =>
      createApiKey(world.at(START), { name: 'Key', role: 'agency', expiresAt: expiresAt ?? null });
    const find = (key: string) => findApiKey({ orm: database.orm, now }, hashOf(key));
    const [revoked, expired, open] = [await make(), await make(now()), await make()];
    const first = await revokeApiKey(world.at(START), { keyId: revoked.id });
    expect(await revokeApiKey(world.at('2026-01-02T00:00:00Z'), { keyId: revoked.id })).toEqual(
      first,
    );
    expect(await find(revoked.key)).toBeUndefined();
    expect(await find(expired.key)).toBeUndefined();
    expect(await find(open.key)).toBeDefined();
    expect(await find('rt_unknown')).toBeUndefined();
    await archiveAgency(world.at(START));
    expect(await find(open.key)).toBeUndefined();
  });

  test('when a neighbour lists or revokes, then it does not exist', async ({ world }) => {
    const { id: keyId } = await createApiKey(world.at(START), { name: 'Key', role: 'agency' });
    const neighbour = await world.neighbour();
    expect(await listApiKeys(neighbour.at(START))).toEqual([]);
    await expect(revokeApiKey(neighbour.at(START), { keyId })).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

describe('given an audit log', () => {
  test('when it is read page by page, then every change is there once, the latest first, and no neighbour', async ({
    world,
  }) => {
    const neighbour = await world.neighbour();
    const [a, b] = [await world.client(), await world.client()];
    const first = await listAudit(world.at(START), { limit: 2 });
    const second = await listAudit(world.at(START), { limit: 2, cursor: first.nextCursor ?? '' });
    expect(first.items.map((one) => one.clientWorkspaceId)).toEqual([b, a]);
    expect(second).toMatchObject({
      nextCursor: null,
      items: [
        {
          action: 'agency.registered',
          actor: `agency:${world.agencyId}`,
          at: new Date(START),
          before: null,
          after: { name: 'North', currency: 'USD' },
        },
      ],
    });
    const ofOne = await listAudit(world.at(START), { clientWorkspaceId: a });
    expect(ofOne.items).toHaveLength(1);
    expect((await listAudit(neighbour.at(START), {})).items).toHaveLength(1);
  });
});
