import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import {
  chmod,
  chown,
  link,
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  realpath,
  rename,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { join, resolve } from 'node:path';

import type { Log } from '../../kernel/log.ts';
import { findBinaries, type Binaries } from './binaries.ts';
import { reaches, serverUser } from './os-user.ts';
import { run, type OsUser } from './run.ts';

/** PostgreSQL's files on disk, ready to be served. */
export interface Cluster {
  readonly folder: string;
  readonly password: string;
  readonly user: OsUser | undefined;
  readonly binaries: Binaries;
}

/**
 * Finds the cluster under `dataDir`, or has `make` put one there; safe against another process doing the same, as long
 * as `make` is.
 */
export async function prepareCluster(
  dataDir: string,
  log: Log,
  make: (cluster: Cluster) => Promise<void> = create,
): Promise<Cluster> {
  const root = resolve(dataDir);
  await writable(root);
  const user = await serverUser();
  const home = await reachableHome(root, user, log);
  const binaries = await findBinaries(home, user);
  const folder = join(home, 'postgres');
  const exists = existsSync(join(folder, 'PG_VERSION'));
  const password = await keepPassword(root, exists);
  const cluster = { folder, password, user, binaries };
  if (!exists) await make(cluster);
  await checkVersion(cluster);
  return cluster;
}

async function writable(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    await rm(await mkdtemp(join(folder, '.probe-')), { recursive: true });
  } catch (cause) {
    throw new Error(
      `DATA_DIR ${folder} cannot be written. Give this user the right to write there, or set DATA_DIR to another folder.`,
      { cause },
    );
  }
}

/**
 * Where the files go: `root`, unless root started us in a folder closed to others (a clone under /root, say).
 * Then a folder under /var/lib takes them and a link in `root` leads there.
 */
async function reachableHome(root: string, user: OsUser | undefined, log: Log): Promise<string> {
  const signpost = join(root, 'postgres.home');
  if (!existsSync(signpost)) {
    if (await reaches(user, root)) return root;
    const home = await mkdtemp('/var/lib/retainer-');
    await chmod(home, 0o755);
    await symlink(home, signpost).catch(() => rm(home, { recursive: true }));
  }
  const home = await realpath(signpost);
  if (await reaches(user, home)) {
    log.warn(
      { home },
      'The user postgres cannot reach DATA_DIR, so the database is kept elsewhere',
    );
    return home;
  }
  throw new Error(
    `The user postgres cannot reach ${root}, nor ${home}. Open the folders above DATA_DIR to it (chmod o+x), set DATA_DIR to another folder, or start Retainer as another user than root.`,
  );
}

async function keepPassword(root: string, clusterExists: boolean): Promise<string> {
  const file = join(root, 'postgres.password');
  if (!existsSync(file)) {
    if (clusterExists) {
      throw new Error(
        `${file} is missing, and without it the database beside it cannot be opened. Put it back from a backup.`,
      );
    }
    const draft = `${file}.${process.pid}`;
    await writeFile(draft, randomBytes(24).toString('base64url'), { mode: 0o600 });
    // A link appears whole or not at all, and never replaces the one another process made.
    await link(draft, file).catch((cause: unknown) => {
      if (!existsSync(file)) throw cause;
    });
    await rm(draft);
  }
  return readFile(file, 'utf8');
}

/** Runs initdb beside the final place and moves the result there in one step, so that half a cluster is never found. */
async function create({ folder, password, user, binaries }: Cluster): Promise<void> {
  if (existsSync(folder) && (await readdir(folder)).length > 0) {
    throw new Error(
      `${folder} holds files that are no PostgreSQL database. Move them away, or set DATA_DIR to another folder.`,
    );
  }
  const staging = await mkdtemp(`${folder}.new-`);
  const passwordFile = join(staging, 'password');
  const made = join(staging, 'cluster');
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (user) {
    await chown(staging, user.uid, user.gid);
    await chown(passwordFile, user.uid, user.gid);
  }
  const args = [`--pgdata=${made}`, `--pwfile=${passwordFile}`, ...INITDB_ARGS];
  try {
    await run(binaries.initdb, args, { as: user, cwd: staging });
    await rename(made, folder).catch((cause: unknown) => {
      if (!existsSync(join(folder, 'PG_VERSION'))) throw cause;
    });
  } finally {
    await rm(staging, { recursive: true });
  }
}

// Text sorts and lower-cases the same on every machine, whatever its locale.
const INITDB_ARGS = [
  '--username=postgres',
  '--auth=scram-sha-256',
  '--encoding=UTF8',
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--no-instructions',
];

async function checkVersion({ folder, binaries }: Cluster): Promise<void> {
  const found = (await readFile(join(folder, 'PG_VERSION'), 'utf8')).trim();
  if (found === binaries.major) return;
  throw new Error(
    `${folder} was made by PostgreSQL ${found}, and this Retainer comes with PostgreSQL ${binaries.major}. Dump it with the Retainer that made it and load the dump into an empty DATA_DIR, or serve it with PostgreSQL ${found} and set DATABASE_URL.`,
  );
}
