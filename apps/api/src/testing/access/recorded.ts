import { readFile } from 'node:fs/promises';

import type { Role } from '../../auth/actor.ts';

/** The page on which every change of who may call what has to be written down. */
const PAGE = new URL('../../../../../docs/security/who-may-call.md', import.meta.url);

const ROLES: readonly Role[] = ['admin', 'agency', 'host', 'client'];

/** The roles of each procedure, as one word. */
export type RecordedRoles = Readonly<Record<string, string | undefined>>;

/** Who may call each procedure, as the page says. */
export async function recordedRoles(): Promise<RecordedRoles> {
  const rows = (await readFile(PAGE, 'utf8')).matchAll(/^\| `([\w.]+)` +\|(.+)\|$/gm);
  return Object.fromEntries(
    Array.from(rows, ([, path = '', cells = '']) => {
      const marks = cells.split('|').map((cell) => cell.trim());
      return [path, rolesText(ROLES.filter((_, index) => marks[index] === 'yes'))];
    }),
  );
}

/** Roles as one word, to compare. */
export function rolesText(roles: readonly Role[]): string {
  return ROLES.filter((role) => roles.includes(role)).join(' ');
}
