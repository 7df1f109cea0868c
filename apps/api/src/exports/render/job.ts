import type { KpiDashboard } from '@retainer/core';

import type { Deck } from '../deck/deck.ts';
import { renderPdf } from '../pdf/render-pdf.ts';
import { renderPptx } from '../pptx/render-pptx.ts';
import { renderXlsx } from '../xlsx/render-xlsx.ts';

/** A file to make, with all that it is made from: it can be handed to another thread. */
export type RenderJob =
  | { readonly format: 'xlsx'; readonly dashboard: KpiDashboard }
  | { readonly format: 'pptx' | 'pdf'; readonly deck: Deck };

/** Makes the file. */
export async function render(job: RenderJob): Promise<Uint8Array> {
  switch (job.format) {
    case 'xlsx':
      return renderXlsx(job.dashboard);
    case 'pptx':
      return renderPptx(job.deck);
    case 'pdf':
      return renderPdf(job.deck);
  }
}
