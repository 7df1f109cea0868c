import { clientIdOf } from './client-seed.ts';
import { createRandom } from './random.ts';
import { monthRange, MONTHS } from './span.ts';

/** One month of one client. */
export interface Question {
  readonly clientId: string;
  readonly startDate: string;
  readonly endDate: string;
}

/** The numbers of one row that answers are compared by; money in minor units, null where nothing was observed. */
export interface Row {
  readonly impressions: number | null;
  readonly engagement: number | null;
  readonly clicks: number | null;
  readonly posts: number;
  readonly leads: number;
  readonly conversions: number;
  readonly costMinor: number;
  readonly revenueMinor: number;
}

/** The total and the rows of the four breakdowns, by name: `total`, `day 2024-03-01`, `platform x`. */
export type Answer = ReadonlyMap<string, Row>;

/** Somebody who can be asked. */
export interface Contender {
  readonly name: string;
  /** By how many callers at once it is asked, in turn. */
  readonly callers: readonly number[];
  /** Asks, and has the answer in hand; what is measured. */
  readonly ask: (question: Question) => Promise<unknown>;
  /** What the answer says, to compare it with what others say. */
  readonly answer: (question: Question) => Promise<Answer>;
  readonly close: () => Promise<void>;
}

/** Any client's any month, the same ones for everybody who asks in the same order. */
export function createQuestions(seed: number, clients: number): () => Question {
  const random = createRandom(seed, -1);
  return () => ({
    clientId: clientIdOf(random.whole(0, clients - 1)),
    ...monthRange(random.whole(0, MONTHS - 1)),
  });
}
