import { AGENCY_ID } from '../value/load-facts.ts';
import { createRandom } from '../value/random.ts';
import { monthRange, MONTHS } from '../value/span.ts';

/** The agency's dashboard of one month, beside the month before it. */
export interface Question {
  readonly startDate: string;
  readonly endDate: string;
}

/** The sums of a period that answers are compared by; money in minor units. */
export interface Sums {
  readonly impressions: number;
  readonly engagement: number;
  readonly leads: number;
  readonly conversions: number;
  readonly posts: number;
  readonly content: number;
  readonly campaigns: number;
  readonly costMinor: number;
  readonly revenueMinor: number;
  readonly valueMinor: number;
}

/** What is compared of an answer. */
export interface Answer {
  readonly current: Sums;
  readonly previous: Sums;
  /** The mean ROI of the clients of the month, to four places. */
  readonly averageRoi: string;
  /** The last twelve months, the oldest first. */
  readonly trend: readonly { month: string; costMinor: number; valueMinor: number }[];
  /** The five best campaigns by ROI. */
  readonly highlights: readonly string[];
}

/** What is written while questions are asked. */
export type Writing = 'nothing' | 'before each' | 'all the time';

/** By how many connections at once somebody is asked, and what is written meanwhile. */
export interface Turn {
  readonly callers: number;
  readonly writing: Writing;
}

/** Somebody who can be asked. */
export interface Contender {
  readonly name: string;
  /** How it is asked, in turn. */
  readonly turns: readonly Turn[];
  /** Answers of when the figures are, where it says so. */
  readonly ask: (question: Question) => Promise<string | undefined>;
  readonly answer: (question: Question) => Promise<Answer>;
  readonly close: () => Promise<void>;
}

/** How many months before the last one a trend shows. */
const TREND_MONTHS = 12;

/** Any month that has a whole year behind it, the same ones for everybody who asks in the same order. */
export function createQuestions(seed: number): () => Question {
  const random = createRandom(seed, -2);
  return () => monthRange(random.whole(TREND_MONTHS - 1, MONTHS - 1));
}

/** Where the dashboard of a month is served. */
export function pathOf({ startDate, endDate }: Question): string {
  return `/api/agency/${AGENCY_ID}/kpi-dashboard?startDate=${startDate}&endDate=${endDate}`;
}
