import { openBidi } from './bidi.ts';
import type { Weight } from './font-package.ts';
import type { Face, Typeface } from './typeface.ts';

/** A piece of a line in one face, as it is drawn from left to right. */
export interface Run {
  readonly text: string;
  readonly face: Face;
}

/** How text is set. */
export interface Setting {
  readonly typeface: Typeface;
  readonly weight: Weight;
}

/** Stands for what no face has. */
const SUBSTITUTE = '?';
const RIGHT_TO_LEFT =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
const bidi = openBidi();

/** The runs of one line in the order in which they stand, left to right: what is written the other way is turned. */
export function runsOf(line: string, setting: Setting): Run[] {
  if (!RIGHT_TO_LEFT.test(line)) return faceRuns(line, setting);
  return directedPieces(line).flatMap(({ text, isRightToLeft }) => {
    if (!isRightToLeft) return faceRuns(text, setting);
    // A face lays the letters of a word from right to left by itself, but not the words of a line.
    const words = text.split(/(\s+)/u).filter((word) => word !== '');
    return words.toReversed().flatMap((word) => faceRuns(word, setting).toReversed());
  });
}

/** How wide a line is at a size of 1. */
export function widthOf(line: string, setting: Setting): number {
  return runsOf(line, setting).reduce((sum, { text, face }) => sum + face.widthOf(text), 0);
}

/** The characters of a text that no face has; they are drawn as a question mark. */
export function undrawable(text: string, { typeface, weight }: Setting): Set<string> {
  const missing = new Set<string>();
  for (const char of text) {
    const face = typeface.faceOf(codeOf(char), { weight, previous: undefined });
    if (!face && !isSilent(char)) missing.add(char);
  }
  return missing;
}

function faceRuns(text: string, { typeface, weight }: Setting): Run[] {
  const runs: { text: string; face: Face }[] = [];
  for (const char of text) {
    const last = runs.at(-1);
    const ask = { weight, previous: last?.face };
    const face = typeface.faceOf(codeOf(char), ask);
    if (!face && isSilent(char)) continue;
    const drawn = face ? char : SUBSTITUTE;
    const by = face ?? typeface.faceOf(codeOf(SUBSTITUTE), ask);
    if (!by) continue;
    if (last?.face === by) last.text += drawn;
    else runs.push({ text: drawn, face: by });
  }
  return runs.map(settable);
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** The run without the marks that its face cannot set where they stand: a document is not lost over one name. */
function settable({ text, face }: Run): Run {
  if (face.canSet(text)) return { text, face };
  const letters = [...graphemes.segment(text)].map(({ segment }) =>
    face.canSet(segment) ? segment : withoutMarks(segment),
  );
  const joined = letters.join('');
  return { text: face.canSet(joined) ? joined : withoutMarks(text), face };
}

function withoutMarks(text: string): string {
  return text.replaceAll(/\p{M}/gu, '');
}

/** Joiners, selectors and the like: they shape other letters and are not seen themselves. */
function isSilent(char: string): boolean {
  return /\p{Default_Ignorable_Code_Point}|\p{Noncharacter_Code_Point}|\p{Cc}/u.test(char);
}

function codeOf(char: string): number {
  return char.codePointAt(0) ?? 0;
}

interface Piece {
  readonly text: string;
  readonly isRightToLeft: boolean;
}

/** Pieces of one direction each, in the order in which they stand, by the Unicode Bidirectional Algorithm. */
function directedPieces(line: string): Piece[] {
  const embedding = bidi.getEmbeddingLevels(line, 'ltr');
  const mirrored = bidi.getMirroredCharactersMap(line, embedding.levels);
  const order = bidi.getReorderedIndices(line, embedding);
  const pieces: { text: string; isRightToLeft: boolean; level: number }[] = [];
  for (const index of order) {
    const level = embedding.levels[index] ?? 0;
    const isRightToLeft = level % 2 === 1;
    const char = mirrored.get(index) ?? line.charAt(index);
    const last = pieces.at(-1);
    if (!last || last.level !== level) pieces.push({ text: char, isRightToLeft, level });
    // Its characters come last first, and are wanted as they are read.
    else last.text = isRightToLeft ? char + last.text : last.text + char;
  }
  return pieces;
}
