import type { Fields } from '../compare.ts';
import type { Story } from './perform.ts';
import type { PostizWorld, Variation, WeekCount } from './world.ts';

/** A case that has run, and what was counted meanwhile. */
export interface Ran {
  readonly world: PostizWorld;
  readonly story: Story;
  readonly found: Fields;
  readonly before: readonly WeekCount[];
  readonly after: readonly WeekCount[];
  /** What was held in all after each step. */
  readonly heldPerStep: readonly number[];
  /** How many requests Postiz had seen when the story began, and how many events Retainer. */
  readonly start: {
    readonly calls: number;
    readonly told: number;
    readonly findings: ReadonlySet<string>;
  };
  /** Runs the same steps in another world, and answers what is expected there. */
  readonly elsewhere: (variation: Partial<Variation>, expected: Fields) => Promise<Fields>;
}

/** Works out one field of `expect`; it may look at what is expected to know what is meant by it. */
export type Answer = (ran: Ran, expected: unknown) => unknown;

/** All that is held. */
export function heldIn(counts: readonly WeekCount[]): number {
  return counts.reduce((sum, { held }) => sum + held, 0);
}

/** What a finding is known by. */
export function keyOf(finding: { readonly postId: string; readonly flag: string }): string {
  return `${finding.postId} ${finding.flag}`;
}
