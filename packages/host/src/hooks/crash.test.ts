import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import { describe, expect, onTestFinished } from 'vitest';

import { openFileOutbox } from '../outbox/file-outbox.ts';
import { MONDAY } from '../testing/desk.ts';
import { hostTest } from '../testing/outboxes.ts';
import { createHostHooks } from './create-host-hooks.ts';

const HOST = fileURLToPath(new URL('../testing/host-process.ts', import.meta.url));
/** Nothing listens there: a port that only the privileged may open. */
const NOWHERE = 'http://127.0.0.1:1';

describe('given a host that reports while Retainer is away', () => {
  hostTest(
    'when it is killed, then its successor tells everything it was told is kept',
    async ({ retainer, path }) => {
      await retainer.found('killed');
      const host = spawn(process.execPath, [HOST, path, NOWHERE], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      onTestFinished(() => void host.kill('SIGKILL'));
      const kept: string[] = [];
      const exited = once(host, 'exit');
      for await (const line of createInterface({ input: host.stdout })) {
        kept.push(line);
        // In the middle of the next ones.
        if (kept.length === 15) host.kill('SIGKILL');
      }
      await exited;
      expect(host.signalCode).toBe('SIGKILL');
      expect(kept.length).toBeGreaterThanOrEqual(15);

      const token = await retainer.hostToken('killed');
      const service = { url: retainer.url, token, fetch: retainer.fetchAt(MONDAY) };
      const hooks = createHostHooks(service, { outbox: await openFileOutbox(path) });
      const { waiting, refused } = await hooks.drain();
      expect({ waiting, refused }).toEqual({ waiting: 0, refused: 0 });
      const scheduledAt = MONDAY;
      const posts = kept.map((postId) => ({
        clientWorkspaceId: 'bakery',
        postId,
        state: 'published' as const,
        scheduledAt,
      }));
      const span = { from: '2026-03-02T00:00:00Z', to: '2026-03-09T00:00:00Z' };
      const { exceptions } = await hooks.reconcile({ ...span, posts });
      // All of them were counted before, so telling them again finds none that was missing.
      expect(exceptions.filter(({ code }) => code === 'was_not_counted')).toEqual([]);
      await hooks.close();
    },
    60_000,
  );
});
