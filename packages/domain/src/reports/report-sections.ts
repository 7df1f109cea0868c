import type { ReportLevel } from '../tiers/terms.ts';

/** A part of a report. */
export type ReportSection =
  | 'usage'
  | 'outcomes'
  | 'comparison'
  | 'platforms'
  | 'contentTypes'
  | 'campaigns'
  | 'clientReturn'
  | 'timeSaved'
  | 'drivers';

const BASIC: readonly ReportSection[] = ['usage', 'outcomes'];
const STANDARD: readonly ReportSection[] = [...BASIC, 'comparison', 'platforms'];
const ADVANCED: readonly ReportSection[] = [
  ...STANDARD,
  'contentTypes',
  'campaigns',
  'clientReturn',
  'timeSaved',
  'drivers',
];

const SECTIONS: Readonly<Record<ReportLevel, ReadonlySet<ReportSection>>> = {
  basic: new Set(BASIC),
  standard: new Set(STANDARD),
  advanced: new Set(ADVANCED),
};

/** What a report of a level tells. None tells what the work cost the agency: only what the client pays itself. */
export function reportSections(level: ReportLevel): ReadonlySet<ReportSection> {
  return SECTIONS[level];
}
