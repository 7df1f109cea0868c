import type { KpiDashboard } from '@retainer/core';

import type { Deck, RenderDeck } from '../deck/deck.ts';
import { renderPdf } from '../pdf/render-pdf.ts';
import { renderPptx } from '../pptx/render-pptx.ts';
import { renderXlsx } from '../xlsx/render-xlsx.ts';

/** A file to make, with all that it is made from: it can be handed to another thread. */
export type RenderJob =
  | { readonly format: 'xlsx'; readonly dashboard: KpiDashboard }
  | { readonly format: 'pptx' | 'pdf'; readonly deck: Deck };

const RENDERERS: Readonly<Record<'pptx' | 'pdf', RenderDeck>> = {
  pptx: renderPptx,
  pdf: renderPdf,
};

/** Makes the file. */
export async function render(job: RenderJob): Promise<Uint8Array> {
  return job.format === 'xlsx' ? renderXlsx(job.dashboard) : RENDERERS[job.format](job.deck);
}
