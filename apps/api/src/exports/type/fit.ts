import { widthOf, type Setting } from './runs.ts';

/** How much room text has. */
export interface Room extends Setting {
  /** In inches, as all measures of a page. */
  readonly width: number;
  /** In points. */
  readonly size: number;
  readonly lines: number;
}

const POINTS = 72;
const ELLIPSIS = '…';
/** Applications that set the text again with their own font need a little more. */
const SLACK = 0.97;

const words = new Intl.Segmenter('en', { granularity: 'word' });
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** The lines of a text within its room; what does not fit ends with an ellipsis. */
export function fitLines(text: string, room: Room): string[] {
  const all = wrap(text.trim(), room);
  if (all.length <= room.lines) return all;
  const shown = all.slice(0, room.lines);
  const last = shown.pop() ?? '';
  return [...shown, shorten(last, room)];
}

/** A text on one line, shortened where it is too long. */
export function fitLine(text: string, room: Omit<Room, 'lines'>): string {
  return fitLines(text, { ...room, lines: 1 }).join('');
}

/** How high so many lines of a size stand, in inches. */
export function heightOf(lines: number, size: number): number {
  return (lines * size * LINE_HEIGHT) / POINTS;
}

/** A line's height in relation to its size. */
export const LINE_HEIGHT = 1.25;

function wrap(text: string, room: Room): string[] {
  const lines: string[] = [];
  let line = '';
  for (const part of partsOf(text, room)) {
    if (line === '' || fits(line + part.trimEnd(), room)) {
      line += part;
    } else {
      lines.push(line.trimEnd());
      line = part.trimStart();
    }
    // Nobody needs to know how long it would have gone on.
    if (lines.length > room.lines) break;
  }
  return line === '' && lines.length > 0 ? lines : [...lines, line.trimEnd()];
}

/** Words with their blank; those longer than a line in pieces. */
function partsOf(text: string, room: Room): string[] {
  return text
    .split(/(?<= )/u)
    .flatMap((word) => (UNSPACED.test(word) ? unspacedWords(word) : [word]))
    .flatMap((part) => (fits(part.trimEnd(), room) ? [part] : piecesOf(part, room)));
}

/** Scripts that put no blanks between words. */
const UNSPACED = /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Thai}/u;

function unspacedWords(text: string): string[] {
  return [...words.segment(text)].map(({ segment }) => segment);
}

function piecesOf(word: string, room: Room): string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const { segment } of graphemes.segment(word)) {
    if (piece !== '' && !fits(piece + segment, room)) {
      pieces.push(piece);
      piece = '';
    }
    piece += segment;
    if (pieces.length > room.lines) break;
  }
  return [...pieces, piece];
}

function shorten(line: string, room: Room): string {
  const letters = [...graphemes.segment(line)].map(({ segment }) => segment);
  while (letters.length > 0 && !fits(letters.join('').trimEnd() + ELLIPSIS, room)) letters.pop();
  return letters.join('').trimEnd() + ELLIPSIS;
}

function fits(text: string, room: Room): boolean {
  return (widthOf(text, room) * room.size) / POINTS <= room.width * SLACK;
}
