import type { BlockMessages } from '../../blocks/messages.ts';
import type { Forms } from '../../i18n/plural.ts';
import type { Meter, PeriodName, ReasonCode, Status } from '../summary.ts';

/** Everything that the portal says. */
export interface PortalMessages {
  readonly blocks: BlockMessages;
  /** The name of the whole. */
  readonly portal: string;
  readonly plan: {
    readonly title: string;
    readonly status: Readonly<Record<Status, string>>;
    /** What a state means that keeps posts from going out. */
    readonly halted: Readonly<Partial<Record<Status, string>>>;
    readonly trialUntil: (day: string) => string;
    readonly endsOn: (day: string) => string;
    readonly changesTo: (tier: string, day: string) => string;
    readonly none: string;
    readonly noneYet: string;
    readonly startsOn: (day: string) => string;
  };
  readonly usage: {
    readonly title: string;
    readonly meters: Readonly<Record<Meter, string>>;
    readonly onPlatform: (platform: string) => string;
    readonly of: (used: string, limit: string) => string;
    readonly unlimited: (used: string) => string;
    readonly notIncluded: string;
    readonly scheduled: (count: string) => string;
    readonly resets: (day: string) => string;
    readonly runsOut: (day: string) => string;
    readonly reached: string;
    readonly over: (count: string) => string;
  };
  readonly value: {
    readonly title: string;
    readonly posts: Forms;
    readonly people: Forms;
    readonly times: Forms;
    readonly leads: Forms;
    readonly inMonth: (month: string) => string;
    readonly soFarIn: (month: string) => string;
    readonly between: (first: string, last: string) => string;
    /** `did` says what came about, one after the other. */
    readonly we: (when: string, did: string) => string;
    readonly saved: (time: string) => string;
    readonly noPosts: (first: string, last: string) => string;
    readonly nothingYet: string;
    readonly firstNumbers: string;
    readonly firstPeriod: string;
    readonly upTo: (day: string) => string;
  };
  readonly period: {
    readonly label: string;
    readonly names: Readonly<Record<PeriodName, string>>;
    readonly versus: (range: string) => string;
  };
  readonly tiles: {
    readonly posts: string;
    readonly reach: string;
    readonly impressions: string;
    readonly leads: string;
    readonly clientReturn: string;
    readonly none: string;
    readonly noLeads: string;
    readonly noReturn: string;
    readonly nothingPaid: string;
    readonly paidAndBrought: (paid: string, value: string) => string;
    readonly included: (some: string, all: string) => string;
  };
  readonly breakdown: {
    readonly title: string;
    readonly by: Readonly<Record<'platforms' | 'contentTypes' | 'campaigns', string>>;
    readonly other: string;
    readonly share: string;
  };
  readonly denied: {
    readonly title: Forms;
    readonly post: (when: string, platforms: string) => string;
    readonly reasons: Readonly<Partial<Record<ReasonCode, (facts: ReasonFacts) => string>>>;
    readonly otherReason: string;
    readonly fitsFrom: (when: string) => string;
    readonly fitsIn: (tier: string) => string;
  };
  readonly reports: {
    readonly title: string;
    readonly open: (range: string) => string;
    readonly openLast: string;
    readonly cadence: Readonly<Record<'monthly' | 'biweekly' | 'weekly' | 'asked', string>>;
    readonly none: string;
    readonly failed: string;
  };
  readonly footer: {
    readonly updated: (ago: string) => string;
    readonly live: string;
    readonly lost: (time: string) => string;
    readonly lag: string;
  };
  /** By code; `other` for those that are not there. */
  readonly failures: Readonly<Record<string, string>> & { readonly other: string };
}

/** What a refusal tells of itself. */
export interface ReasonFacts {
  readonly limit: string;
  readonly platform: string;
  readonly tier: string;
}
