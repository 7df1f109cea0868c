import { Buffer } from 'node:buffer';

import { themeOf, type Theme } from '../brand/theme.ts';
import type { Deck } from '../deck/deck.ts';
import { PAGE, PLACES } from '../layout/geometry.ts';
import { layOutDeck } from '../layout/lay-out-deck.ts';
import type { LogoPart, Page, Part } from '../layout/scene.ts';
import { addNativeChart } from './chart.ts';
import { finishFile } from './finish-file.ts';
import { newPresentation, type PptxSlide, type Presentation } from './library.ts';
import { addTable } from './table.ts';
import { addText, hexOf, TITLE_PLACE } from './text.ts';

const LAYOUT = 'WIDE';
const MASTER = 'MESSAGE';

/** The deck as a PowerPoint file: text, tables and charts that can be edited, and what to say in the notes. */
export async function renderPptx(deck: Deck): Promise<Uint8Array> {
  const theme = themeOf(deck.brand);
  const presentation = newPresentation();
  presentation.defineLayout({ name: LAYOUT, width: PAGE.w, height: PAGE.h });
  presentation.layout = LAYOUT;
  presentation.title = deck.title;
  presentation.author = deck.brand.name;
  presentation.subject = deck.footer;
  presentation.theme = { headFontFace: theme.font, bodyFontFace: theme.font };
  defineMaster(presentation, theme);
  for (const page of layOutDeck(deck)) addPage(presentation, page, theme);
  const file = await presentation.write({ outputType: 'nodebuffer' });
  if (!(file instanceof Uint8Array)) throw new Error('pptxgenjs wrote no bytes');
  return finishFile(file);
}

/** A master with a place for titles: outlines and screen readers find a slide by its title. */
function defineMaster(presentation: Presentation, theme: Theme): void {
  presentation.defineSlideMaster({
    title: MASTER,
    background: { color: hexOf(theme.paper) },
    objects: [
      {
        placeholder: {
          options: { name: TITLE_PLACE, type: 'title', ...PLACES.title, margin: 0 },
          text: '',
        },
      },
    ],
  });
}

function addPage(presentation: Presentation, page: Page, theme: Theme): void {
  const slide = presentation.addSlide({ masterName: MASTER });
  for (const part of page.parts) addPart(slide, part, theme);
  slide.addNotes(page.notes);
}

function addPart(slide: PptxSlide, part: Part, theme: Theme): void {
  switch (part.kind) {
    case 'area':
      slide.addShape('rect', { ...part.box, fill: { color: hexOf(part.fill) } });
      return;
    case 'text':
      addText(slide, part, theme);
      return;
    case 'table':
      addTable(slide, part, theme);
      return;
    case 'chart':
      addNativeChart(slide, part, theme);
      return;
    case 'logo':
      addLogo(slide, part);
      return;
  }
}

function addLogo(slide: PptxSlide, { box, logo, name }: LogoPart): void {
  const data = `${logo.type};base64,${Buffer.from(logo.bytes).toString('base64')}`;
  slide.addImage({ ...box, data, altText: name });
}
