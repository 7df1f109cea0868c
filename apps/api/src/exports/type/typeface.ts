import { Buffer } from 'node:buffer';

import { create, type Font } from 'fontkit';

import { findFontPackage, type FontPackage, type Weight } from './font-package.ts';

/** One font file, open. */
export interface Face {
  readonly id: string;
  /** The file, for a renderer to embed. */
  readonly file: Buffer;
  readonly has: (codePoint: number) => boolean;
  /** How wide the text is at a size of 1, as fontkit shapes it. */
  readonly widthOf: (text: string) => number;
  /** Whether fontkit can shape it: it fails on some marks on what carries none. */
  readonly canSet: (text: string) => boolean;
}

/** Finds letters for any text: those of a family, then those of the families that have what it lacks. */
export interface Typeface {
  /** The face that draws a code point, the one before if it can; `undefined` where none has it. */
  readonly faceOf: (codePoint: number, ask: FaceAsk) => Face | undefined;
}

/** In which weight, and which face the text before is set in. */
export interface FaceAsk {
  readonly weight: Weight;
  readonly previous: Face | undefined;
}

/** Where what a brand's font lacks comes from. The last four are large; they are used where somebody installs them. */
const FALLBACKS = [
  'noto-sans',
  'noto-sans-arabic',
  'noto-sans-hebrew',
  'noto-sans-thai',
  'noto-sans-armenian',
  'noto-sans-georgian',
  'noto-sans-sc',
  'noto-sans-jp',
  'noto-sans-kr',
  'noto-sans-tc',
] as const;

const typefaces = new Map<string, Typeface>();
const MAX_TYPEFACES = 32;

/** The letters of a family, known by the name people give it, and of all that stand in for it. */
export function typefaceOf(family: string): Typeface {
  const name = packageName(family);
  const known = typefaces.get(name);
  if (known) return known;
  const names = new Set([name, ...FALLBACKS]);
  const found = [...names].map(findFontPackage).filter((one) => one !== undefined);
  const made = openTypeface(found);
  if (typefaces.size >= MAX_TYPEFACES) typefaces.clear();
  typefaces.set(name, made);
  return made;
}

/** Whether documents can embed a family: the others are named where an application may have them. */
export function canEmbed(family: string): boolean {
  return findFontPackage(packageName(family)) !== undefined;
}

function packageName(family: string): string {
  return family.trim().toLowerCase().replaceAll(/\s+/gu, '-');
}

function openTypeface(packages: readonly FontPackage[]): Typeface {
  const faces = new Map<string, Face | undefined>();
  const open = (from: FontPackage, part: string, weight: Weight): Face | undefined => {
    const id = `${from.name}/${part}/${weight}`;
    if (!faces.has(id)) faces.set(id, openFace(id, from.read(part, weight)));
    return faces.get(id);
  };
  const found = new Map<string, Face | undefined>();
  const find = (codePoint: number, weight: Weight): Face | undefined => {
    for (const from of packages) {
      const parts = from.parts.filter(({ ranges }) =>
        ranges.some(([first, last]) => codePoint >= first && codePoint <= last),
      );
      const face = parts
        .map(({ name }) => open(from, name, weight))
        .find((one) => one?.has(codePoint));
      if (face) return face;
    }
    return undefined;
  };
  return {
    faceOf: (codePoint, { weight, previous }) => {
      // Marks stay with their letter, blanks with their word.
      if (previous?.has(codePoint)) return previous;
      const key = `${weight}${codePoint}`;
      if (!found.has(key)) found.set(key, find(codePoint, weight));
      return found.get(key);
    },
  };
}

function openFace(id: string, bytes: Uint8Array | undefined): Face | undefined {
  if (!bytes) return undefined;
  const file = Buffer.from(bytes);
  const font = create(file);
  if (!isFont(font)) return undefined;
  const widths = new Map<string, number | undefined>();
  const measure = (text: string): number | undefined => {
    if (widths.has(text)) return widths.get(text);
    const width = attempt(() => font.layout(text).advanceWidth / font.unitsPerEm);
    if (widths.size > MAX_WIDTHS) widths.clear();
    widths.set(text, width);
    return width;
  };
  return {
    id,
    file,
    has: (codePoint) => font.hasGlyphForCodePoint(codePoint),
    widthOf: (text) => measure(text) ?? 0,
    canSet: (text) => measure(text) !== undefined,
  };
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

const MAX_WIDTHS = 10_000;

function isFont(opened: ReturnType<typeof create>): opened is Font {
  return !('fonts' in opened);
}
