import { copyFile, lstat, mkdir, readdir, readlink, symlink } from 'node:fs/promises';
import { join } from 'node:path';

import { errorCode } from '../../kernel/error-code.ts';

/**
 * Copies a folder that a server works in meanwhile: a file that goes away while it is copied was not needed. `skips`
 * is asked with each path inside the folder.
 */
export async function copyFiles(
  from: string,
  to: string,
  skips: (path: string) => boolean = () => false,
): Promise<void> {
  await copyFolder({ from, to, skips }, '');
}

interface Copying {
  readonly from: string;
  readonly to: string;
  readonly skips: (path: string) => boolean;
}

async function copyFolder(copying: Copying, path: string): Promise<void> {
  await mkdir(join(copying.to, path), { recursive: true, mode: 0o700 });
  for (const name of await readdir(join(copying.from, path))) {
    // oxlint-disable-next-line no-await-in-loop -- the disk is the bound, and the server works on it too
    await copyOne(copying, join(path, name));
  }
}

async function copyOne(copying: Copying, path: string): Promise<void> {
  const { from, to, skips } = copying;
  if (skips(path)) return;
  try {
    const found = await lstat(join(from, path));
    if (found.isDirectory()) await copyFolder(copying, path);
    else if (found.isSymbolicLink())
      await symlink(await readlink(join(from, path)), join(to, path));
    else await copyFile(join(from, path), join(to, path));
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
  }
}
