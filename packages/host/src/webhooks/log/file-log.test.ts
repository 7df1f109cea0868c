import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, onTestFinished, test } from 'vitest';

import type { LoggedDelivery } from './delivery-log.ts';
import { openFileLog } from './file-log.ts';

async function tempPath(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'webhook-log-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return join(folder, 'log');
}

const delivery = (id: string): LoggedDelivery => ({
  kind: 'delivery',
  id,
  endpoint: 'e',
  receivedAt: 1,
  isSigned: true,
  posts: [{ postId: id, state: 'published', channels: [] }],
});

describe('given a log in a file', () => {
  test('when many append at once, then all are there in order when it is opened again', async () => {
    const path = await tempPath();
    const log = await openFileLog(path);
    const ids = Array.from({ length: 200 }, (_, index) => `d${index}`);
    await Promise.all(ids.map((id) => log.append(delivery(id))));
    await log.close();
    const again = await openFileLog(path);
    expect((await again.read()).map(({ id }) => id)).toEqual(ids);
    await again.close();
  });

  test('when a crash cut off its last line, then the others stand', async () => {
    const path = await tempPath();
    const log = await openFileLog(path);
    await log.append(delivery('whole'));
    await log.close();
    await appendFile(path, JSON.stringify(delivery('cut')).slice(0, 40));
    const again = await openFileLog(path);
    expect((await again.read()).map(({ id }) => id)).toEqual(['whole']);
    await again.replace(() => [delivery('whole')]);
    await again.append(delivery('next'));
    expect((await again.read()).map(({ id }) => id)).toEqual(['whole', 'next']);
    await again.close();
  });

  test('when it is replaced while others append, then nothing that was appended is lost', async () => {
    const path = await tempPath();
    const log = await openFileLog(path);
    const kept: LoggedDelivery[] = [];
    const append = async (id: string): Promise<void> => {
      kept.push(delivery(id));
      await log.append(delivery(id));
    };
    const before = ['a', 'b'].map(append);
    const replaced = log.replace(() => [...kept]);
    await Promise.all([...before, replaced, append('c')]);
    const ids = (await log.read()).map(({ id }) => id);
    expect([...new Set(ids)].toSorted()).toEqual(['a', 'b', 'c']);
    expect(await readFile(path, 'utf8')).not.toContain('undefined');
    await log.close();
  });
});
