import { DomainError, type LocalDate } from '@retainer/domain';
import * as z from 'zod';

import { LocalDay, Name, Note } from '../tenancy/input-fields.ts';
import { ANNOTATION_KINDS, type AnnotationKind } from './annotation.entity.ts';

const MOST_LINK = 2048;

/** What a caller says of an annotation. */
export const ANNOTATION_FIELDS = {
  startDate: LocalDay,
  /** The last day; the first when left out. */
  endDate: LocalDay.optional(),
  kind: z.enum(ANNOTATION_KINDS).optional(),
  title: Name,
  note: Note.optional(),
  /** An address on the web where more of it is told. */
  link: z
    .url({ protocol: /^https?$/u })
    .max(MOST_LINK)
    .optional(),
} as const;

interface AnnotationFields {
  readonly startDate: LocalDate;
  readonly endDate?: LocalDate | null | undefined;
  readonly kind?: AnnotationKind | undefined;
  readonly title: string;
  readonly note?: string | undefined;
  readonly link?: string | null | undefined;
}

/** What an annotation says, as it is stored. */
export interface ReadAnnotation {
  readonly fromDate: LocalDate;
  readonly toDate: LocalDate;
  readonly kind: AnnotationKind;
  readonly title: string;
  readonly note: string;
  readonly link: string | null;
}

/** Reads the fields together; refuses days that end before they start. */
export function readAnnotation(fields: AnnotationFields): ReadAnnotation {
  const { startDate: fromDate, kind = 'note', title, note = '', link = null } = fields;
  const toDate = fields.endDate ?? fromDate;
  if (toDate < fromDate) {
    const message = 'must not lie before startDate';
    const issues = [{ path: 'endDate', message }];
    throw new DomainError('period_inverted', `endDate: ${message}`, { issues });
  }
  return { fromDate, toDate, kind, title, note, link };
}
