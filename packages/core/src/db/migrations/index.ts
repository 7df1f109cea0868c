import { init } from './0001-init.ts';
import { value } from './0002-value.ts';
import { counterRevisions } from './0003-counter-revisions.ts';
import { annotations } from './0004-annotations.ts';
import { branding } from './0005-branding.ts';
import { reports } from './0006-reports.ts';
import { live } from './0007-live.ts';
import { marks } from './0008-marks.ts';

/** One step of the schema: forward only, and never edited once released. */
export interface Migration {
  readonly name: string;
  readonly sql: string;
}

/** Every step, in the order in which they are applied. */
export const migrations: readonly Migration[] = [
  init,
  value,
  counterRevisions,
  annotations,
  branding,
  reports,
  live,
  marks,
];
