import type { Theme } from '../brand/theme.ts';
import { fitLines } from '../type/fit.ts';
import type { Setting } from '../type/runs.ts';
import type { Typeface } from '../type/typeface.ts';
import type { Box, TextPart, TextStyle } from './scene.ts';

/** What every block is laid out with. */
export interface Surroundings {
  readonly theme: Theme;
  readonly typeface: Typeface;
}

/** How text is to look, and where. */
export interface TextWish extends Omit<TextStyle, 'align'> {
  readonly box: Box;
  readonly align?: TextStyle['align'];
  readonly valign?: TextPart['valign'];
  readonly lines?: number;
  readonly arrow?: TextPart['arrow'];
}

/** How much of the line an arrow takes, in ems. */
export const ARROW_EMS = 1.25;
const POINTS = 72;

/** Text that fits its box. */
export function textPart(
  text: string,
  { typeface }: Surroundings,
  { lines = 1, align = 'left', valign = 'top', ...wish }: TextWish,
): TextPart {
  const { box, size, bold, arrow } = wish;
  const width = box.w - (arrow ? (ARROW_EMS * size) / POINTS : 0);
  const fitting = fitLines(text, { ...settingOf(typeface, bold), width, size, lines });
  return { kind: 'text', ...wish, align, valign, lines: fitting };
}

/** How bold text is set, or other text. */
export function settingOf(typeface: Typeface, bold: boolean): Setting {
  return { typeface, weight: bold ? 'bold' : 'regular' };
}
