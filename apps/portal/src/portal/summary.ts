import type { AnswerOf, InputOf } from '../connection/wire.ts';

/** All that a client sees of itself. */
export type Summary = AnswerOf<'portal.summary'>;

/** What came of the work. */
export type Value = NonNullable<Summary['value']>;

/** What is taken of one limit. */
export type Usage = Summary['usage'][number];

/** A post that will not go out as things stand. */
export type DeniedPost = Summary['deniedPosts'][number];

/** A report that can be read. */
export type Report = Summary['reports'][number];

export type Meter = Usage['meter'];
export type Status = NonNullable<Summary['status']>;
export type ReasonCode = DeniedPost['reasons'][number]['code'];

/** A figure beside the one before it. */
export type Figure = Value['outcomes']['posts'];

export type PeriodName = NonNullable<InputOf<'portal.summary'>['period']>;

/** The periods that a reader can choose. */
export const PERIODS = [
  'month_to_date',
  'last_month',
  'last_7_days',
  'last_30_days',
  'last_90_days',
  'year_to_date',
] as const satisfies readonly PeriodName[];

/** What the portal is made of; a host may leave parts out. */
export const SECTIONS = ['tier', 'usage', 'value', 'kpis', 'breakdown', 'reports'] as const;

export type Section = (typeof SECTIONS)[number];
