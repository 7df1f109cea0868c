/** Networks by our one name for each. A network that is not here is taken as its host names it. */
const NETWORKS = [
  'x',
  'facebook',
  'instagram',
  'linkedin',
  'youtube',
  'tiktok',
  'threads',
  'bluesky',
  'mastodon',
  'pinterest',
  'reddit',
  'google-business',
  'telegram',
  'farcaster',
  'discord',
  'slack',
  'kick',
  'twitch',
  'lemmy',
  'nostr',
  'vk',
  'medium',
  'devto',
  'hashnode',
  'wordpress',
  'listmonk',
  'dribbble',
  'moltbook',
  'whop',
  'skool',
  'mewe',
  'tumblr',
  'snapchat',
  'whatsapp',
  'start-page',
] as const;

/** Names under which hosts know a network, besides our own. */
const ALIASES: Readonly<Record<string, string>> = {
  twitter: 'x',
  facebook_page: 'facebook',
  facebook_group: 'facebook',
  facebookpage: 'facebook',
  facebookgroup: 'facebook',
  'instagram-standalone': 'instagram',
  instagram_direct: 'instagram',
  instagram_login: 'instagram',
  instagrambusiness: 'instagram',
  'linkedin-page': 'linkedin',
  linkedin_page: 'linkedin',
  linkedin_personal: 'linkedin',
  linkedin_company: 'linkedin',
  linkedincompany: 'linkedin',
  youtubechannel: 'youtube',
  'tiktok-business': 'tiktok',
  tiktok_business: 'tiktok',
  tiktokbusiness: 'tiktok',
  'mastodon-custom': 'mastodon',
  mastodon_custom: 'mastodon',
  gmb: 'google-business',
  gbp: 'google-business',
  google_business: 'google-business',
  googlebusiness: 'google-business',
  wrapcast: 'farcaster',
  warpcast: 'farcaster',
  startpage: 'start-page',
};

const names: ReadonlyMap<string, string> = new Map([
  ...NETWORKS.map((name): [string, string] => [name, name]),
  ...Object.entries(ALIASES),
]);

/** Our one name for a network: variants collapse, so that a page and a profile are one platform of a tier. */
export function canonicalPlatform(name: string): string {
  const id = name.trim().toLowerCase();
  return names.get(id) ?? id;
}

/** Whether a name, ours or a host's, is of a network that we know. */
export function isKnownPlatform(name: string): boolean {
  return names.has(name.trim().toLowerCase());
}
