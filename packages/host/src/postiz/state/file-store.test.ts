import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import * as fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';

import { openFileStore } from './file-store.ts';

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'retainer-store-'));
  onTestFinished(() => rm(path, { recursive: true }));
  return path;
}

const FILE = 'postiz-state.jsonl';

describe('given a store in a file', () => {
  test('when it is closed or killed at any moment, then the next one has all that was kept', async () => {
    const change = fc.record({
      key: fc.constantFrom('post:a', 'post:b', 'errand:1', 'finding:a b'),
      value: fc.option(fc.record({ text: fc.string(), at: fc.nat() }), { nil: undefined }),
    });
    const writes = fc.array(fc.array(change, { minLength: 1, maxLength: 4 }), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(writes, fc.boolean(), async (all, isClosed) => {
        const path = await mkdtemp(join(tmpdir(), 'retainer-store-'));
        try {
          const kept = new Map<string, unknown>();
          const store = await openFileStore(path);
          const done = all.map((changes) => {
            for (const { key, value } of changes) {
              if (value === undefined) kept.delete(key);
              else kept.set(key, value);
            }
            return store.write(changes);
          });
          await Promise.all(done);
          if (isClosed) await store.close();
          const next = await openFileStore(path);
          expect(new Map(await next.read())).toEqual(kept);
          await next.close();
        } finally {
          await rm(path, { recursive: true });
        }
      }),
      { numRuns: 40 },
    );
  });

  test('when a line was cut short, then it alone is lost', async () => {
    const path = await folder();
    const store = await openFileStore(path);
    await store.write([{ key: 'post:a', value: 1 }]);
    await store.close();
    await appendFile(join(path, FILE), '["post:b",{"at":');
    const next = await openFileStore(path);
    await next.write([{ key: 'post:c', value: 3 }]);
    await next.close();
    const last = await openFileStore(path);
    expect(Object.fromEntries(await last.read())).toEqual({ 'post:a': 1, 'post:c': 3 });
    await last.close();
  });

  test('when an entry changes again and again, then the file does not grow for ever', async () => {
    const path = await folder();
    const store = await openFileStore(path);
    const many = Array.from({ length: 30_000 }, (_, value) => ({ key: 'post:a', value }));
    await store.write(many);
    await store.write([{ key: 'post:b', value: 1 }]);
    await store.close();
    const lines = (await readFile(join(path, FILE), 'utf8')).trim().split('\n');
    expect(lines).toEqual(
      ['["post:a",29999]', '["post:b",1]', '["post:b",1]'].slice(0, lines.length),
    );
    expect(lines.length).toBeLessThan(4);
  });
});
