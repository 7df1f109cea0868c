import type { TextBlock } from '../deck/deck.ts';
import { fitLines, heightOf } from '../type/fit.ts';
import type { Box, Part } from './scene.ts';
import { settingOf, textPart, type Surroundings } from './surroundings.ts';

/** Sizes of letters, the largest first. */
const SIZES = [14, 12, 11, 10, 9, 8] as const;
const SMALLEST = 8;
const HEADING_HEIGHT = 0.34;
const INDENT = 0.2;
/** Between lines that are not of one sentence, in lines. */
const BREAK = 0.35;
const MOST_LINES = 40;

/** How high text stands in its largest letters. */
export function textHeight(block: TextBlock, width: number, around: Surroundings): number {
  return headingHeight(block) + linesHeight(block, { width, size: SIZES[0], around });
}

/** Sentences in letters as large as the box allows; what does not fit even in small ones is counted instead. */
export function layOutText(whole: TextBlock, box: Box, around: Surroundings): Part[] {
  const block = fittingBlock(whole, box, around);
  const { theme } = around;
  const room = box.h - headingHeight(block);
  const fits = (size: number): boolean =>
    linesHeight(block, { width: box.w, size, around }) <= room + 0.001;
  const size = SIZES.find(fits) ?? SMALLEST;
  const heading = headingPart(block, box, around);
  const parts: Part[] = [];
  const end = box.y + box.h;
  let y = box.y + headingHeight(block);
  for (const line of block.lines) {
    const height = lineHeight(line, { block, width: box.w, size, around });
    const lines = Math.min(countLines(height, size), countLines(end - y, size));
    if (lines < 1) break;
    const at = { ...box, y, h: heightOf(lines, size) };
    if (block.bullets) {
      parts.push(textPart('•', around, { box: at, size, bold: false, color: theme.brandInk }));
    }
    const written = block.bullets ? { ...at, x: at.x + INDENT, w: at.w - INDENT } : at;
    parts.push(
      textPart(line, around, { box: written, size, bold: false, color: theme.ink, lines }),
    );
    y += height + heightOf(BREAK, size);
  }
  return [...heading, ...parts];
}

/** The block, or as many of its lines as fit in small letters and how many those are not. */
function fittingBlock(block: TextBlock, box: Box, around: Surroundings): TextBlock {
  const room = box.h - headingHeight(block) + 0.001;
  const { lines } = block;
  for (let shown = lines.length; shown > 0; shown -= 1) {
    const left = lines.length - shown;
    const told = left === 0 ? lines : [...lines.slice(0, shown), `${left} more do not fit here.`];
    const height = linesHeight({ ...block, lines: told }, { width: box.w, size: SMALLEST, around });
    if (height <= room) return { ...block, lines: told };
  }
  return block;
}

function headingPart({ heading }: TextBlock, box: Box, around: Surroundings): Part[] {
  if (heading === undefined) return [];
  const at = { ...box, h: HEADING_HEIGHT };
  return [
    textPart(heading, around, { box: at, size: 14, bold: true, color: around.theme.brandInk }),
  ];
}

function headingHeight({ heading }: TextBlock): number {
  return heading === undefined ? 0 : HEADING_HEIGHT;
}

interface Measuring {
  readonly width: number;
  readonly size: number;
  readonly around: Surroundings;
}

function linesHeight(block: TextBlock, measuring: Measuring): number {
  const { size } = measuring;
  const heights = block.lines.map((line) => lineHeight(line, { block, ...measuring }));
  const breaks = Math.max(0, heights.length - 1) * heightOf(BREAK, size);
  return heights.reduce((sum, height) => sum + height, breaks);
}

function lineHeight(
  line: string,
  { block, width, size, around }: Measuring & { readonly block: TextBlock },
): number {
  const room = {
    ...settingOf(around.typeface, false),
    width: width - (block.bullets ? INDENT : 0),
    size,
    lines: MOST_LINES,
  };
  return heightOf(fitLines(line, room).length, size);
}

function countLines(height: number, size: number): number {
  return Math.floor(height / heightOf(1, size) + 0.001);
}
