import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** A user and group of the operating system. */
export interface OsUser {
  readonly uid: number;
  readonly gid: number;
}

export interface RunOptions {
  /** Whom to run as; ourselves when absent. */
  readonly as?: OsUser | undefined;
  readonly cwd?: string;
}

const execute = promisify(execFile);

// Settings such as PGPORT or PGOPTIONS in our own environment are not meant for this server.
const INHERITED = ['PATH', 'SystemRoot', 'TEMP', 'TMP', 'TMPDIR', 'LD_LIBRARY_PATH'];

/** Runs a program to its end and answers what it printed; it fails with what the program complained about. */
export async function run(
  program: string,
  args: readonly string[],
  { as, cwd = '/' }: RunOptions = {},
): Promise<string> {
  const inherited = INHERITED.map((name) => [name, process.env[name]]);
  const env = { ...Object.fromEntries(inherited), LC_ALL: 'C', TZ: 'UTC' };
  try {
    const { stdout } = await execute(program, args, { ...as, cwd, env, windowsHide: true });
    return stdout;
  } catch (cause) {
    const said = cause instanceof Error && 'stderr' in cause ? String(cause.stderr).trim() : '';
    throw new Error(said || String(cause), { cause });
  }
}

/** Whether `run` would succeed. */
export async function succeeds(
  program: string,
  args: readonly string[],
  options?: RunOptions,
): Promise<boolean> {
  return run(program, args, options).then(
    () => true,
    () => false,
  );
}
