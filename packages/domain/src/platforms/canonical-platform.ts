/** Names under which hosts know a network, besides our own. */
const ALIASES: Readonly<Record<string, string>> = {
  twitter: 'x',
  facebook_page: 'facebook',
  'instagram-standalone': 'instagram',
  instagram_direct: 'instagram',
  instagram_login: 'instagram',
  'linkedin-page': 'linkedin',
  linkedin_page: 'linkedin',
  linkedin_personal: 'linkedin',
  linkedin_company: 'linkedin',
  'tiktok-business': 'tiktok',
  gmb: 'google-business',
  gbp: 'google-business',
  google_business: 'google-business',
  googlebusiness: 'google-business',
  wrapcast: 'farcaster',
  warpcast: 'farcaster',
};

/** Our one name for a network: variants collapse, so that a page and a profile are one platform of a tier. */
export function canonicalPlatform(name: string): string {
  const id = name.trim().toLowerCase();
  return ALIASES[id] ?? id;
}
