import type { AnnotationRows } from '../figures/annotation-rows.ts';
import { showDates } from '../figures/show-dates.ts';

/** Something that happened, with its number and days: "1. Sep 14, 2026: Website relaunched". */
export function annotationLine({ of, number }: AnnotationRows): string {
  const whom = of.clientWorkspaceId === null ? '' : ` (${of.clientWorkspaceId})`;
  return `${number}. ${showDates(of)}: ${of.title}${whom}`;
}
