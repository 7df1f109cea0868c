import type { BlockMessages } from '../../blocks/messages.ts';
import type { Preset, ComparedWith } from '../period/period-choice.ts';
import type { HomeMessages } from './home-messages.ts';

/** What stands around every page. */
export interface FrameMessages {
  readonly screen: string;
  readonly pages: string;
  readonly overview: string;
  readonly clients: string;
  readonly tiers: string;
  readonly back: string;
  readonly theAgency: string;
  readonly thisPage: string;
  readonly live: string;
  readonly notLive: string;
  readonly updated: string;
  readonly cancel: string;
  readonly close: string;
  readonly save: string;
}

/** What the choice of days says. */
export interface PeriodMessages {
  readonly period: string;
  readonly comparison: string;
  readonly presets: Readonly<Record<Preset, string>>;
  readonly comparisons: Readonly<Record<ComparedWith, string>>;
  readonly from: string;
  readonly to: string;
  readonly apply: string;
  readonly matchWeekday: string;
  readonly inverted: string;
  readonly comparedWith: (period: string, comparison: string) => string;
  readonly zone: (city: string) => string;
  readonly noDay: string;
}

/** Everything that the agency's screen says. */
export interface DashboardMessages {
  readonly blocks: BlockMessages;
  readonly frame: FrameMessages;
  readonly period: PeriodMessages;
  readonly home: HomeMessages;
}
