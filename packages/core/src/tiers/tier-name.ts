import type { EntityManager } from '@mikro-orm/postgresql';
import { DomainError } from '@retainer/domain';

import type { Tier } from './tier.entity.ts';
import { findTierByName, readTierKeys } from './tier.queries.ts';

const LONGEST_KEY = 64;

/** Refuses a name that another tier of the agency has, in whatever letters; archived tiers keep theirs. */
export async function assertNameIsFree(
  em: EntityManager,
  name: string,
  own?: Pick<Tier, 'id'>,
): Promise<void> {
  const taken = await findTierByName(em, name);
  if (!taken || taken.id === own?.id) return;
  const state = taken.archived ? 'An archived tier' : 'A tier';
  throw new DomainError('conflict', `${state} is named ${taken.name} already. Names are unique.`);
}

/** The key that was asked for, if it is free; else one made from the name. */
export async function chooseKey(
  em: EntityManager,
  { key, name }: { readonly key: string | undefined; readonly name: string },
): Promise<string> {
  const taken = new Set(await readTierKeys(em));
  if (key === undefined) return freeKey(slugOf(name), taken);
  if (!taken.has(key)) return key;
  throw new DomainError('conflict', `A tier has the key ${key} already. Keys are unique.`);
}

function freeKey(slug: string, taken: ReadonlySet<string>): string {
  if (!taken.has(slug)) return slug;
  let number = 2;
  while (taken.has(numbered(slug, number))) number += 1;
  return numbered(slug, number);
}

function numbered(slug: string, number: number): string {
  const suffix = `-${number}`;
  return slug.slice(0, LONGEST_KEY - suffix.length) + suffix;
}

function slugOf(name: string): string {
  const slug = name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/gu, '-')
    .replaceAll(/^-+|-+$/gu, '')
    .slice(0, LONGEST_KEY)
    .replace(/-+$/u, '');
  return slug === '' ? 'tier' : slug;
}
