import type { LocalDate } from '@retainer/domain';

import type { AnnotationKind } from './annotation.entity.ts';
import type { AnnotationRow } from './annotation.queries.ts';

/** An annotation, as callers read it. */
export interface AnnotationDto {
  readonly id: string;
  /** Null: it is about the whole agency. */
  readonly clientWorkspaceId: string | null;
  readonly startDate: LocalDate;
  readonly endDate: LocalDate;
  readonly kind: AnnotationKind;
  readonly title: string;
  readonly note: string;
  readonly link: string | null;
  readonly createdAt: Date;
  readonly changedAt: Date;
}

/** An annotation's row in the words of the API. */
export function toAnnotationDto(row: AnnotationRow): AnnotationDto {
  return {
    id: row.id,
    clientWorkspaceId: row.clientId === '' ? null : row.clientId,
    startDate: row.fromDate,
    endDate: row.toDate,
    kind: row.kind,
    title: row.title,
    note: row.note,
    link: row.link ?? null,
    createdAt: row.createdAt,
    changedAt: row.changedAt,
  };
}
