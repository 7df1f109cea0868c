import type { UsageAnswer } from './answers.ts';
import { bytesText } from './scheduler.ts';

/** What is taken of a limit: `4 of 5`, `3.4 MB of 5 GB`, `40, no limit`. */
export function takenText({ meter, used, held, limit }: UsageAnswer): string {
  const text = meter === 'storage_bytes' ? bytesText : String;
  const taken = text(used + held);
  return limit === null ? `${taken}, no limit` : `${taken} of ${text(limit)}`;
}

/** The same with what waits to be published: `4 of 5, 3 held`. */
export function takenAndHeldText(usage: UsageAnswer): string {
  return usage.held > 0 ? `${takenText(usage)}, ${usage.held} held` : takenText(usage);
}

/** The row of a meter as a whole, without its platforms. */
export function rowOf(usage: readonly UsageAnswer[], meter: string): UsageAnswer | undefined {
  return usage.find((row) => row.meter === meter && row.platform === null);
}
