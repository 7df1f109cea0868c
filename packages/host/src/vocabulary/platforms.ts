import { canonicalPlatform, isKnownPlatform } from '@retainer/domain';

import type { UnknownNames } from './unknown-names.ts';

/** Whether the variants of a network are one platform of a tier, or each is its own. */
export type Variants = 'collapse' | 'split';

/** How names of platforms are read. */
export interface PlatformReading {
  /** The host whose names they are, for the list of unknown ones. */
  readonly host: string;
  readonly unknown?: UnknownNames | undefined;
  /** Default `collapse`: a profile and a page are one platform of a tier. */
  readonly variants?: Variants | undefined;
}

/** What hosts call variants of a network that has a name of its own in their vocabulary, and ours for it. */
const PAGES: ReadonlySet<string> = new Set([
  'linkedin-page',
  'linkedin_page',
  'linkedin_company',
  'linkedincompany',
]);

/** Variants as platforms of their own. The gate collapses host's names for them, so ours have a colon. */
const SPLIT: ReadonlyMap<string, string> = new Map([
  ...[...PAGES].map((name): [string, string] => [name, 'linkedin:page']),
  ['instagram-standalone', 'instagram:standalone'],
  ['instagram_direct', 'instagram:standalone'],
  ['instagram_login', 'instagram:standalone'],
  ['tiktok-business', 'tiktok:business'],
  ['tiktok_business', 'tiktok:business'],
  ['tiktokbusiness', 'tiktok:business'],
  ['facebook_group', 'facebook:group'],
  ['facebookgroup', 'facebook:group'],
]);

/**
 * Our name for a host's id of a network, as the vocabulary lists them: a LinkedIn page is `linkedin-page`. An id that
 * nobody knows becomes `other:<id>`, in letters the API takes, and is counted; nothing is ever thrown.
 */
export function normalisePlatform(id: string, { host, unknown }: PlatformReading): string {
  const name = id.trim().toLowerCase();
  if (PAGES.has(name)) return 'linkedin-page';
  if (isKnownPlatform(name)) return canonicalPlatform(name);
  unknown?.note({ kind: 'platform', host, name: id });
  return otherPlatform(name);
}

/**
 * The platform that a tier counts a channel of this network as. Variants collapse, so that a page and a profile are one
 * of a tier's platforms; with `variants: 'split'` they are several, and a tier names them as this function does.
 */
export function tierPlatform(id: string, reading: PlatformReading): string {
  const split = reading.variants === 'split' ? SPLIT.get(id.trim().toLowerCase()) : undefined;
  return split ?? canonicalPlatform(normalisePlatform(id, reading));
}

const OTHER = 'other:';
// Pinned by the API: the id of a platform has at most 64 characters.
const LONGEST_OTHER = 64 - OTHER.length;

function otherPlatform(name: string): string {
  const given = name.startsWith(OTHER) ? name.slice(OTHER.length) : name;
  const id = given.replaceAll(/[^a-z0-9_.:-]/gu, '-').slice(0, LONGEST_OTHER);
  return `${OTHER}${id || 'unnamed'}`;
}
