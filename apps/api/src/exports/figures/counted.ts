import { NOTHING, type ExportRow } from './rows.ts';

/** A count that is about the whole agency. */
export function counted(
  place: Pick<ExportRow, 'section' | 'figure' | 'label'>,
  count: number,
): ExportRow {
  return { ...NOTHING, ...place, unit: 'count', key: {}, current: String(count) };
}

/** Text of the answer, which counts nothing. */
export function told(
  place: Pick<ExportRow, 'section' | 'figure' | 'label' | 'key'>,
  text: string | null,
): ExportRow {
  return { ...NOTHING, ...place, unit: 'text', current: text };
}
