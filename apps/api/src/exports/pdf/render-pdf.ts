import { Buffer } from 'node:buffer';
import { once } from 'node:events';

// oxlint-disable-next-line import/no-named-as-default -- its types know the class by the default export alone
import PDFDocument from 'pdfkit';

import { themeOf, type Theme } from '../brand/theme.ts';
import type { Deck } from '../deck/deck.ts';
import { PAGE, PLACES } from '../layout/geometry.ts';
import { layOutDeck } from '../layout/lay-out-deck.ts';
import type { Page, Part } from '../layout/scene.ts';
import { textPart } from '../layout/surroundings.ts';
import { typefaceOf, type Typeface } from '../type/typeface.ts';
import { canvasOn, type Canvas, type Pdf } from './canvas.ts';
import { drawChart } from './chart.ts';
import { remarkOf } from './remark.ts';
import { drawTable } from './table.ts';
import { drawText } from './text.ts';

const POINTS = 72;
const SIZE: [number, number] = [PAGE.w * POINTS, PAGE.h * POINTS];

/** The deck as a PDF: a page a slide, in text that can be searched and charts that can be enlarged. */
export async function renderPdf(deck: Deck): Promise<Uint8Array> {
  const theme = themeOf(deck.brand);
  const { title, brand, footer } = deck;
  const pdf = new PDFDocument({
    size: SIZE,
    margin: 0,
    autoFirstPage: false,
    displayTitle: true,
    lang: 'en',
    info: { Title: title, Author: brand.name, Subject: footer },
  });
  const chunks: Uint8Array[] = [];
  pdf.on('data', (chunk: Uint8Array) => chunks.push(chunk));
  const ended = once(pdf, 'end');
  const typeface = typefaceOf(theme.font);
  const drawing = { canvas: canvasOn(pdf, typeface), theme, typeface };
  for (const page of layOutDeck(deck)) drawPage(pdf, page, drawing);
  pdf.end();
  await ended;
  return Buffer.concat(chunks);
}

interface Drawing {
  readonly canvas: Canvas;
  readonly theme: Theme;
  readonly typeface: Typeface;
}

function drawPage(pdf: Pdf, page: Page, { canvas, theme, typeface }: Drawing): void {
  pdf.addPage();
  pdf.outline.addItem(page.title);
  for (const part of page.parts) drawPart(part, canvas, theme);
  const remark = remarkOf(page, typeface);
  if (remark === undefined) return;
  const wish = { box: PLACES.remark, size: 8, bold: false, color: theme.muted };
  drawText(canvas, textPart(remark, { theme, typeface }, wish));
}

function drawPart(part: Part, canvas: Canvas, theme: Theme): void {
  switch (part.kind) {
    case 'area':
      canvas.area(part.box, part.fill);
      return;
    case 'text':
      drawText(canvas, part);
      return;
    case 'table':
      drawTable(canvas, part, theme);
      return;
    case 'chart':
      drawChart(canvas, part, theme);
      return;
    case 'logo':
      canvas.image(part.logo.bytes, part.box);
      return;
  }
}
