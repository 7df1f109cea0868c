import type { Meter } from '@retainer/domain';

const METERS: Readonly<Record<Meter, string>> = {
  posts: 'Posts',
  ai_generations: 'AI generations',
  reports: 'Reports',
  storage_bytes: 'Storage',
  library_items: 'Library items',
};

/** What a meter counts, as people call it. */
export function meterName(meter: Meter): string {
  return METERS[meter];
}
