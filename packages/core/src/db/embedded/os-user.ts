import { run, succeeds, type OsUser } from './run.ts';

const NAME = 'postgres';

async function lookUp(): Promise<OsUser | undefined> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', NAME]), run('id', ['-g', NAME])]);
    return { uid: Number(uid), gid: Number(gid) };
  } catch {
    return undefined;
  }
}

/**
 * Whom PostgreSQL runs as: ourselves (undefined), or, since it refuses to run as root, the user `postgres`,
 * which is created where there is none.
 */
export async function serverUser(): Promise<OsUser | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const known = await lookUp();
  if (known) return known;
  await succeeds('useradd', ['--system', '--user-group', '--no-create-home', NAME]);
  const created = await lookUp();
  if (created) return created;
  throw new Error(
    'PostgreSQL does not run as root, and no user "postgres" could be created for it. Create one (useradd --system postgres), start Retainer as another user, or set DATABASE_URL to a PostgreSQL of your own.',
  );
}

/** Whether that user gets to `path`, which may need every folder above it to be passable. */
export async function reaches(user: OsUser | undefined, path: string): Promise<boolean> {
  return user === undefined || succeeds('test', ['-x', path], { as: user });
}
