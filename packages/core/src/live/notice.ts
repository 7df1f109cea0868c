import type { Changes } from './change-log.ts';
import type { Untold } from './pending.ts';

/** What one process tells all of them, itself too. */
export type Notice =
  | { readonly kind: 'changed'; readonly agencies: readonly AgencyChanges[] }
  /** `hello`: it begins to listen. `bye`: it told all it knew. `lost`: it ended without a word, and may have told less. */
  | { readonly kind: ProcessWord; readonly process: number }
  /** From a newer version of ours, say: it may mean anything. */
  | { readonly kind: 'unknown' };

export type ProcessWord = 'hello' | 'bye' | 'lost';

/** Who changed in one agency. */
export interface AgencyChanges {
  readonly agencyId: string;
  readonly clients: Changes;
}

/** A notice with the version that the database gave it. */
export interface HeardNotice {
  readonly version: number;
  readonly notice: Notice;
}

/** PostgreSQL takes less than 8000 bytes at once; the version comes in front. */
const MOST_BYTES = 7_900;

/** The text of a word about a process. */
export function processNotice(word: ProcessWord, process: number): string {
  return JSON.stringify([word, process]);
}

/** The texts that tell these changes, each short enough to be sent at once. */
export function changeNotices(changes: Untold): string[] {
  const texts: string[] = [];
  let entries: string[][] = [];
  let bytes = 0;
  const flush = (): void => {
    if (entries.length > 0) texts.push(JSON.stringify(['changed', ...entries]));
    entries = [];
    bytes = 0;
  };
  const put = (agencyId: string, names: readonly string[]): void => {
    const known = entries.at(-1);
    const isOpen = known?.[0] === agencyId;
    const more = sizeOf(names) + (isOpen ? 0 : sizeOf([agencyId]));
    if (bytes + more > MOST_BYTES) {
      flush();
      put(agencyId, names);
      return;
    }
    if (isOpen) known.push(...names);
    else entries.push([agencyId, ...names]);
    bytes += more;
  };
  for (const [agencyId, clients] of changes) {
    // An agency without clients stands for any of them.
    if (clients === 'any') put(agencyId, []);
    else for (const clientId of clients) put(agencyId, [clientId]);
  }
  flush();
  return texts;
}

/** Reads what was heard; nothing where no process of ours said it. */
export function readNotice(payload: string): HeardNotice | undefined {
  const [, version, text = ''] = /^(\d+) (.*)$/su.exec(payload) ?? [];
  return version === undefined ? undefined : { version: Number(version), notice: noticeOf(text) };
}

function noticeOf(text: string): Notice {
  const [kind, ...rest] = listIn(text);
  if (kind === 'changed') return { kind, agencies: rest.map(agencyChanges) };
  if (kind === 'hello' || kind === 'bye' || kind === 'lost') {
    return { kind, process: Number(rest[0]) };
  }
  return { kind: 'unknown' };
}

function listIn(text: string): readonly unknown[] {
  try {
    const told: unknown = JSON.parse(text);
    return Array.isArray(told) ? told : [];
  } catch {
    return [];
  }
}

function agencyChanges(entry: unknown): AgencyChanges {
  const [agencyId = '', ...clients] = Array.isArray(entry) ? entry.map(String) : [];
  return { agencyId, clients: clients.length > 0 ? clients : 'any' };
}

/** Bytes of names in JSON, with the signs between them. */
function sizeOf(names: readonly string[]): number {
  return names.reduce((sum, name) => sum + Buffer.byteLength(JSON.stringify(name)) + 3, 0);
}
