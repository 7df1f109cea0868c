import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import * as z from 'zod';

import { sfntOf } from './sfnt.ts';

/** How heavy letters are. */
export type Weight = 'regular' | 'bold';

/** A family of letters as an npm package brings it: in parts, each for some of Unicode. */
export interface FontPackage {
  readonly name: string;
  readonly parts: readonly FontPart[];
  readonly read: (part: string, weight: Weight) => Uint8Array | undefined;
}

/** A part, and the code points it is meant for. */
export interface FontPart {
  readonly name: string;
  readonly ranges: readonly (readonly [first: number, last: number])[];
}

const SCOPE = '@fontsource';
const WEIGHTS: Readonly<Record<Weight, number>> = { regular: 400, bold: 700 };
const partsFile = z.record(z.string(), z.string());

const { resolve } = createRequire(import.meta.url);
const packages = new Map<string, FontPackage | undefined>();

/** The package of a family by its name there, `noto-sans` say; `undefined` where it is not installed. */
export function findFontPackage(name: string): FontPackage | undefined {
  if (!packages.has(name)) packages.set(name, openPackage(name));
  return packages.get(name);
}

function openPackage(name: string): FontPackage | undefined {
  const text = readIfThere(`${SCOPE}/${name}/unicode.json`)?.toString('utf8');
  if (text === undefined) return undefined;
  const json: unknown = JSON.parse(text);
  const parts = Object.entries(partsFile.parse(json)).map(([part, ranges]) => ({
    name: part,
    ranges: rangesOf(ranges),
  }));
  return { name, parts, read: (part, weight) => readPart(name, part, weight) };
}

function readPart(name: string, part: string, weight: Weight): Uint8Array | undefined {
  const file = (of: Weight) => `${SCOPE}/${name}/files/${name}-${part}-${WEIGHTS[of]}-normal.woff`;
  // Some families have one weight only.
  const woff = readIfThere(file(weight)) ?? readIfThere(file('regular'));
  return woff && sfntOf(woff);
}

function readIfThere(specifier: string): Buffer | undefined {
  try {
    return readFileSync(resolve(specifier));
  } catch {
    return undefined;
  }
}

/** `U+0301,U+0400-045F` as pairs. */
function rangesOf(text: string): FontPart['ranges'] {
  return text.split(',').map((range) => {
    const [first = '', last = first] = range.replace('U+', '').split('-');
    return [Number.parseInt(first, 16), Number.parseInt(last, 16)] as const;
  });
}
