import type { Page, Part } from '../layout/scene.ts';
import { undrawable } from '../type/runs.ts';
import type { Typeface } from '../type/typeface.ts';

const SHOWN = 6;

/** What a page has to say of characters that no font here has; nothing where all are drawn. */
export function remarkOf(page: Page, typeface: Typeface): string | undefined {
  const texts = page.parts.flatMap(textsOf).join('');
  const missing = [...undrawable(texts, { typeface, weight: 'regular' })];
  if (missing.length === 0) return undefined;
  const codes = missing.slice(0, SHOWN).map(codeOf).join(' ');
  const more = missing.length > SHOWN ? ' and others' : '';
  return `“?” stands for characters that the fonts of this file lack (${codes}${more}). The PowerPoint and the spreadsheet have them.`;
}

function textsOf(part: Part): readonly string[] {
  switch (part.kind) {
    case 'text':
      return part.lines;
    case 'table':
      return part.rows.flatMap((row) => row.map(({ text }) => text));
    case 'chart':
      return [...part.chart.categories, ...part.chart.series.map(({ name }) => name)];
    case 'area':
    case 'logo':
      return [];
  }
}

function codeOf(char: string): string {
  return `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
