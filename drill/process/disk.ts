import { execFileSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where the embedded PostgreSQL keeps its files. */
export interface Disk {
  readonly folder: string;
  /** Writes until there is not a byte left, and answers with what gives it back; missing where it has no end of its own. */
  readonly fill: (() => Promise<() => Promise<void>>) | undefined;
  readonly discard: () => Promise<void>;
}

const MEGABYTES = 900;

/**
 * A small disk of its own, in memory, where this user may mount one: only that can be filled without harm to others.
 * Elsewhere a folder.
 */
export async function openDisk(): Promise<Disk> {
  const folder = await mkdtemp(join(tmpdir(), 'retainer-drill-'));
  const isMounted = mount(folder);
  // The embedded PostgreSQL may run as another user, who must be able to walk through.
  chmodSync(folder, 0o755);
  return {
    folder,
    fill: isMounted ? () => fill(join(folder, 'ballast')) : undefined,
    async discard() {
      if (isMounted) execFileSync('umount', ['-l', folder]);
      await rm(folder, { recursive: true, force: true, maxRetries: 10 });
    },
  };
}

function mount(folder: string): boolean {
  try {
    const options = `size=${MEGABYTES}m,mode=0755`;
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

async function fill(file: string): Promise<() => Promise<void>> {
  const ballast = await open(file, 'w');
  // Ever smaller pieces, down to the last page.
  for (let bytes = 4 * 1024 * 1024; bytes >= 4096;) {
    try {
      await ballast.write(Buffer.alloc(bytes));
    } catch {
      bytes /= 4;
    }
  }
  await ballast.close();
  return () => rm(file, { force: true });
}
