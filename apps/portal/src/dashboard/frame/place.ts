/** A page of the agency's screen. */
export type Place =
  | { readonly page: 'home' }
  | { readonly page: 'client'; readonly clientId: string; readonly tab?: string | undefined }
  | { readonly page: 'tiers'; readonly tierId?: string | undefined };

/** Where the screen begins. */
export const HOME: Place = { page: 'home' };

/** A place as the part of an address after `#`: `/clients/tidal-gym/posts`. */
export function hrefOf(place: Place): string {
  switch (place.page) {
    case 'home':
      return '/';
    case 'client':
      return joined('clients', place.clientId, place.tab);
    case 'tiers':
      return joined('tiers', place.tierId);
  }
}

/** The place that such a part of an address names; home where it names none of ours. */
export function placeOf(href: string): Place {
  const [page, first, second] = href.replace(/^#/, '').split('/').filter(Boolean).map(decoded);
  if (page === 'clients' && first !== undefined) {
    return { page: 'client', clientId: first, ...(second !== undefined && { tab: second }) };
  }
  if (page === 'tiers') return { page: 'tiers', ...(first !== undefined && { tierId: first }) };
  return HOME;
}

function joined(...parts: readonly (string | undefined)[]): string {
  const given = parts.filter((part) => part !== undefined);
  return `/${given.map(encodeURIComponent).join('/')}`;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
