import type { HexColor } from '../brand/brand.ts';
import type { Theme } from '../brand/theme.ts';
import type { Arrow, TextPart } from '../layout/scene.ts';
import { LINE_HEIGHT } from '../type/fit.ts';
import type { PptxSlide } from './library.ts';

type TextRuns = Exclude<Parameters<PptxSlide['addText']>[0], string>;

/** The name by which the master and each slide know the title's place. */
export const TITLE_PLACE = 'title';

/** Signs that the usual fonts have. */
const ARROWS: Readonly<Record<Arrow['direction'], string>> = { up: '▲', down: '▼', flat: '▬' };

/** Text in a box of its own, or in the place of the title. */
export function addText(slide: PptxSlide, part: TextPart, theme: Theme): void {
  const { box, size, bold, color, align, valign, isTitle = false } = part;
  const runs = runsWithArrow(part.lines.join(' '), part.arrow);
  slide.addText(runs, {
    ...(isTitle ? { placeholder: TITLE_PLACE } : {}),
    ...box,
    margin: 0,
    fontFace: theme.font,
    fontSize: size,
    bold,
    color: hexOf(color),
    align,
    valign,
    lineSpacingMultiple: LINE_HEIGHT / USUAL_LINE_HEIGHT,
    fit: 'none',
    wrap: true,
  });
}

/** What applications give a line that nobody asked anything of. */
const USUAL_LINE_HEIGHT = 1.36;

/** The text after its arrow, in one colour: cells of a table begin a line with each piece of text. */
export function textWithArrow(text: string, arrow: Arrow | undefined): string {
  return arrow ? `${ARROWS[arrow.direction]} ${text}` : text;
}

/** The text, after its arrow in its own colour. */
function runsWithArrow(text: string, arrow: Arrow | undefined): TextRuns {
  if (!arrow) return [{ text }];
  const sign = `${ARROWS[arrow.direction]} `;
  return [{ text: sign, options: { color: hexOf(arrow.color) } }, { text }];
}

/** A colour as the library takes it. */
export function hexOf(color: HexColor): string {
  return color.slice(1);
}
