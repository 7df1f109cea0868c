import { crc32, inflateSync } from 'node:zlib';

import type { PictureSize } from './picture-size.ts';

const SIGNATURE = 8;
/** Length, name and checksum of a chunk. */
const FRAME = 12;
const HEADER_LENGTH = 13;
/** Values that a pixel has, by colour type. */
const CHANNELS: ReadonlyMap<number, number> = new Map([
  [0, 1],
  [2, 3],
  [3, 1],
  [4, 2],
  [6, 4],
]);

/** The size of a PNG, once all of it was found to be whole: its checksums, its compression and every row. */
export function readPng(bytes: Buffer): PictureSize {
  const chunks = chunksOf(bytes);
  const header = chunks && headerOf(chunks);
  if (!header) return { ok: false, wrong: 'is a PNG that is damaged or cut off' };
  const wrong = oddityOf(header, chunks);
  if (wrong !== undefined) return { ok: false, wrong };
  const { width, height, depth, channels } = header;
  const expected = height * (1 + Math.ceil((width * channels * depth) / 8));
  const data = chunks.filter(({ name }) => name === 'IDAT').map((chunk) => chunk.content);
  return holds(Buffer.concat(data), expected)
    ? { ok: true, width, height }
    : { ok: false, wrong: 'is a PNG whose pixels are damaged or cut off' };
}

interface Header {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  readonly colorType: number;
  /** 0 where nobody knows the colour type. */
  readonly channels: number;
  readonly interlace: number;
}

function headerOf([first]: readonly Chunk[]): Header | undefined {
  if (first?.name !== 'IHDR' || first.content.length !== HEADER_LENGTH) return undefined;
  const { content } = first;
  const colorType = content.readUInt8(9);
  return {
    width: content.readUInt32BE(0),
    height: content.readUInt32BE(4),
    depth: content.readUInt8(8),
    colorType,
    channels: CHANNELS.get(colorType) ?? 0,
    interlace: content.readUInt8(12),
  };
}

/** What keeps a whole PNG from being drawn by everyone. */
function oddityOf(header: Header, chunks: readonly Chunk[]): string | undefined {
  const { width, height, depth, colorType, channels, interlace } = header;
  if (depth > 8) return 'has 16 bits a channel; save it with 8';
  if (interlace !== 0) return 'is interlaced; save it without';
  if (channels === 0 || width === 0 || height === 0) return 'is a PNG of a form that nobody knows';
  const hasPalette = chunks.some(({ name }) => name === 'PLTE');
  return colorType === 3 && !hasPalette
    ? 'is a PNG with colours from a palette, but without the palette'
    : undefined;
}

interface Chunk {
  readonly name: string;
  readonly content: Buffer;
}

/** The chunks up to the last; nothing where one is broken or the last is missing. */
function chunksOf(bytes: Buffer): Chunk[] | undefined {
  const chunks: Chunk[] = [];
  let at = SIGNATURE;
  while (at + FRAME <= bytes.length) {
    const length = bytes.readUInt32BE(at);
    const end = at + FRAME + length;
    if (end > bytes.length) return undefined;
    const named = bytes.subarray(at + 4, end - 4);
    if (crc32(named) !== bytes.readUInt32BE(end - 4)) return undefined;
    const name = named.toString('latin1', 0, 4);
    chunks.push({ name, content: named.subarray(4) });
    if (name === 'IEND') return chunks;
    at = end;
  }
  return undefined;
}

/** Whether inflating gives exactly as many bytes; no more is ever inflated. */
function holds(deflated: Buffer, expected: number): boolean {
  try {
    return inflateSync(deflated, { maxOutputLength: expected }).length === expected;
  } catch {
    return false;
  }
}
