import type { SqlSession } from '../db/sql-session.ts';
import type { DateRange } from '../rollups/sums.ts';
import { toAnnotationDto, type AnnotationDto } from './annotation-dto.ts';
import { selectAnnotations } from './annotation.queries.ts';

/** The annotations that touch any of these ranges of days, the latest first, in the words of the API. */
export async function readAnnotations(
  sql: SqlSession,
  of: { readonly ranges: readonly DateRange[]; readonly limit: number },
): Promise<AnnotationDto[]> {
  return (await selectAnnotations(sql, of)).map(toAnnotationDto);
}
