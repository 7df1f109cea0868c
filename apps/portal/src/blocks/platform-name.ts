const NAMES: Readonly<Record<string, string>> = {
  linkedin: 'LinkedIn',
  tiktok: 'TikTok',
  youtube: 'YouTube',
  'google-business': 'Google Business',
};

/** What people call a platform: as its makers write it where we know, else its id with a capital. */
export function platformName(id: string): string {
  return NAMES[id] ?? `${id.slice(0, 1).toUpperCase()}${id.slice(1).replaceAll(/[-_]/g, ' ')}`;
}
