import { chown, mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';

import type { Cluster } from './cluster.ts';
import type { ServerSettings } from './server.ts';

/** At most so much is lost with the machine: a piece of the log that is not full by then is finished all the same. */
const ARCHIVE_AFTER = '60s';

/**
 * The settings with which a server keeps every finished piece of its log in `folder`, which is made for it. The module
 * that does it writes each piece whole, under a name of its own until it is on disk, and never over another.
 */
export async function archiveTo(
  { user }: Pick<Cluster, 'user'>,
  folder: string,
): Promise<ServerSettings> {
  const directory = resolve(folder);
  await mkdir(directory, { recursive: true });
  if (user) await chown(directory, user.uid, user.gid);
  return {
    archive_mode: 'on',
    archive_library: 'basic_archive',
    'basic_archive.archive_directory': directory,
    archive_timeout: ARCHIVE_AFTER,
  };
}
