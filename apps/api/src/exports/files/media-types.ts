import type { ExportFormat } from '@retainer/core';

/** What each kind of file is called on the wire. */
export const MEDIA_TYPES: Readonly<Record<ExportFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  pdf: 'application/pdf',
};

/** All of them. */
export const FORMATS = ['csv', 'xlsx', 'pptx', 'pdf'] as const satisfies readonly ExportFormat[];
