import { defineEntity, p } from '@mikro-orm/postgresql';

/** The kinds of files an agency can take its numbers away in. */
export type ExportFormat = 'csv' | 'xlsx' | 'pptx' | 'pdf';

export type ExportState = 'running' | 'done' | 'failed';

const ExportJobSchema = defineEntity({
  name: 'ExportJob',
  tableName: 'export_job',
  properties: {
    agencyId: p.text().primary(),
    id: p.uuid().primary(),
    format: p.text().$type<ExportFormat>(),
    state: p.text().$type<ExportState>(),
    step: p.integer(),
    steps: p.integer(),
    /** What is under way, in a word or two. */
    doing: p.text(),
    fileName: p.text().nullable(),
    /** Read with the row only when it is asked for: files are large. */
    file: p.blob().nullable().lazy(),
    failure: p.text().nullable(),
    createdAt: p.datetime(),
    aliveUntil: p.datetime(),
    expiresAt: p.datetime(),
  },
});

/** A file that is made while nobody waits for it: how far it is, and then itself, for a while. */
export class ExportJob extends ExportJobSchema.class {
  /** Whether the process that made it went away. */
  isAbandoned(at: Date): boolean {
    return this.state === 'running' && this.aliveUntil < at;
  }
}
ExportJobSchema.setClass(ExportJob);
