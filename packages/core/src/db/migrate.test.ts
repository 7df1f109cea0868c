import pg from 'pg';
import { describe, expect } from 'vitest';

import { cloneDatabase, emptyDatabase, silentLog, test } from '../testing/index.ts';
import { isMigrated, migrate } from './migrate.ts';
import { migrations } from './migrations/index.ts';

async function asOwner<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

describe('given an empty database', () => {
  test('when four processes migrate it at once, then each step is applied once', async () => {
    const url = await emptyDatabase();
    expect(await asOwner(url, isMigrated)).toBe(false);
    await Promise.all(Array.from({ length: 4 }, () => migrate(url, silentLog)));
    await asOwner(url, async (owner) => {
      const { rows } = await owner.query('select name from retainer.migration order by applied_at');
      expect(rows).toEqual(migrations.map(({ name }) => ({ name })));
      expect(await isMigrated(owner)).toBe(true);
    });
  });

  test('when its owner may not create roles, then the error holds what to run', async () => {
    const url = await emptyDatabase();
    const mere = await asOwner(url, async (owner) => {
      const role = `${owner.database}_owner`;
      await owner.query(`create role ${role} login password 'pw' createrole`);
      await owner.query(`alter database ${owner.database} owner to ${role}`);
      await owner.query(`alter role ${role} nocreaterole`);
      return role;
    });
    const mereUrl = new URL(url);
    mereUrl.username = mere;
    mereUrl.password = 'pw';

    const refused = migrate(mereUrl.href, silentLog);
    await expect(refused).rejects.toThrow(`grant retainer_service, retainer_jobs to ${mere};`);

    await asOwner(url, (owner) => owner.query(`grant retainer_service, retainer_jobs to ${mere}`));
    await migrate(mereUrl.href, silentLog);
    expect(await asOwner(mereUrl.href, isMigrated)).toBe(true);
    await asOwner(url, async (owner) => {
      await owner.query(`reassign owned by ${mere} to current_user`);
      await owner.query(`drop owned by ${mere}; drop role ${mere}`);
    });
  });
});

describe('given a migrated database', () => {
  test('when a migration was changed since, then it is refused', async () => {
    const url = await cloneDatabase();
    await asOwner(url, (owner) => owner.query("update retainer.migration set checksum = 'other'"));
    await expect(migrate(url, silentLog)).rejects.toThrow(/0001-init was changed/u);
    expect(await asOwner(url, isMigrated)).toBe(false);
  });

  test('when a newer version made it, then it is refused', async () => {
    const url = await cloneDatabase();
    await asOwner(url, (owner) =>
      owner.query("insert into retainer.migration (name, checksum) values ('9999-later', '')"),
    );
    await expect(migrate(url, silentLog)).rejects.toThrow(/9999-later.+newer version/u);
  });
});
