import { randomBytes, randomUUID } from 'node:crypto';
import { link, mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { SettingsError } from './env.ts';

/** A secret that is kept in a file, and whether this call made it. */
export interface KeptSecret {
  readonly value: string;
  readonly file: string;
  readonly created: boolean;
}

const SECRET_BYTES = 32;
const SECRET_FORM = /^[\w-]{43}$/;

/**
 * The secret kept as `name` in `dataDir`; made at the first call, readable by its owner alone. Of
 * processes that start at once one makes it, and a crash leaves it whole or not there.
 */
export async function keepSecret(dataDir: string, name: string): Promise<KeptSecret> {
  const file = join(dataDir, name);
  const kept = await readSecret(file);
  if (kept !== undefined) return { value: kept, file, created: false };

  await mkdir(dataDir, { recursive: true });
  const value = randomBytes(SECRET_BYTES).toString('base64url');
  const draft = `${file}.${randomUUID()}.new`;
  await writeDurably(draft, value);
  try {
    await link(draft, file);
    return { value, file, created: true };
  } catch (error) {
    const theirs = await readSecret(file);
    if (theirs === undefined) throw error;
    return { value: theirs, file, created: false };
  } finally {
    await rm(draft, { force: true });
  }
}

async function writeDurably(file: string, text: string): Promise<void> {
  await using handle = await open(file, 'w', 0o600);
  await handle.writeFile(`${text}\n`);
  await handle.sync();
}

async function readSecret(file: string): Promise<string | undefined> {
  let text: string;
  try {
    text = (await readFile(file, 'utf8')).trim();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  if (SECRET_FORM.test(text)) return text;
  throw new SettingsError(
    `${file} is damaged. Delete it to have a new one made; tokens signed with the old one stop working.`,
  );
}
