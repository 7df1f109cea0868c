import { inflateSync } from 'node:zlib';

const WOFF_HEADER = 44;
const WOFF_ENTRY = 20;
const SFNT_HEADER = 12;
const SFNT_ENTRY = 16;

interface FontTable {
  readonly tag: number;
  readonly checksum: number;
  readonly content: Uint8Array;
}

/**
 * The font of a WOFF file without its compression, as WOFF 1.0 has it: a header and tables, each deflated or plain.
 * Renderers take subsets of such a font; of a WOFF they cannot, where glyphs are made of others.
 */
export function sfntOf(woff: Uint8Array): Uint8Array {
  const view = viewOf(woff);
  const tables = Array.from({ length: view.getUint16(12) }, (_, index) =>
    readTable(woff, WOFF_HEADER + index * WOFF_ENTRY),
  );
  return writeFont(view.getUint32(4), tables);
}

function readTable(woff: Uint8Array, at: number): FontTable {
  const view = viewOf(woff);
  const offset = view.getUint32(at + 4);
  const length = view.getUint32(at + 8);
  const plainLength = view.getUint32(at + 12);
  const stored = woff.subarray(offset, offset + length);
  const content = length < plainLength ? inflateSync(stored) : stored;
  return { tag: view.getUint32(at), checksum: view.getUint32(at + 16), content };
}

function writeFont(flavor: number, tables: readonly FontTable[]): Uint8Array {
  const directory = SFNT_HEADER + SFNT_ENTRY * tables.length;
  const size = tables.reduce((sum, { content }) => sum + padded(content.length), directory);
  const font = new Uint8Array(size);
  const view = viewOf(font);
  const log = Math.floor(Math.log2(tables.length));
  view.setUint32(0, flavor);
  view.setUint16(4, tables.length);
  // For the binary search of a table by its tag.
  view.setUint16(6, 2 ** log * SFNT_ENTRY);
  view.setUint16(8, log);
  view.setUint16(10, (tables.length - 2 ** log) * SFNT_ENTRY);
  let offset = directory;
  for (const [index, { tag, checksum, content }] of tables.entries()) {
    const at = SFNT_HEADER + SFNT_ENTRY * index;
    view.setUint32(at, tag);
    view.setUint32(at + 4, checksum);
    view.setUint32(at + 8, offset);
    view.setUint32(at + 12, content.length);
    font.set(content, offset);
    offset += padded(content.length);
  }
  return font;
}

/** Tables begin at multiples of four. */
function padded(length: number): number {
  return Math.ceil(length / 4) * 4;
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}
