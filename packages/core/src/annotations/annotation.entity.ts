import { defineEntity, p } from '@mikro-orm/postgresql';
import type { LocalDate } from '@retainer/domain';

/** What an annotation is of. */
export const ANNOTATION_KINDS = [
  'note',
  'launch',
  'campaign',
  'change',
  'incident',
  'holiday',
] as const;
export type AnnotationKind = (typeof ANNOTATION_KINDS)[number];

const AnnotationSchema = defineEntity({
  name: 'Annotation',
  tableName: 'annotation',
  properties: {
    agencyId: p.text().primary(),
    id: p.uuid().primary(),
    /** Empty: it is about the whole agency. */
    clientId: p.text(),
    fromDate: p.date().$type<LocalDate>(),
    toDate: p.date().$type<LocalDate>(),
    kind: p.text().$type<AnnotationKind>(),
    title: p.text(),
    note: p.text(),
    link: p.text().nullable(),
    createdAt: p.datetime(),
    changedAt: p.datetime(),
  },
});

/** A dated note that explains figures: of one client, or of the whole agency. */
export class Annotation extends AnnotationSchema.class {}
AnnotationSchema.setClass(Annotation);
