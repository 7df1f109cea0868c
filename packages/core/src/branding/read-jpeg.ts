import type { PictureSize } from './picture-size.ts';

const START_OF_SCAN = 0xda;
const END = 0xd9;
/** Frames that readers draw: baseline, extended and progressive. */
const FRAMES = [0xc0, 0xc1, 0xc2] as const;
/** One value a pixel is gray, three are colour; four are for printing presses. */
const COMPONENTS = [1, 3] as const;
const DAMAGED = { ok: false, wrong: 'is a JPEG that is damaged or cut off' } as const;

/** The size of a JPEG, once its segments were followed from the first to the picture itself. */
export function readJpeg(bytes: Buffer): PictureSize {
  let at = 2;
  let size: PictureSize | undefined;
  while (at + 4 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0;
    const length = bytes.readUInt16BE(at + 2);
    const next = at + 2 + length;
    if (length < 2 || next > bytes.length) return DAMAGED;
    if (FRAMES.some((frame) => frame === marker)) size = frameSize(bytes.subarray(at + 4, next));
    if (marker === START_OF_SCAN) return endsWell(bytes) ? (size ?? DAMAGED) : DAMAGED;
    at = next;
  }
  return DAMAGED;
}

function frameSize(frame: Buffer): PictureSize {
  if (frame.length < 6) return DAMAGED;
  const [depth = 0] = frame;
  const [height, width, components] = [frame.readUInt16BE(1), frame.readUInt16BE(3), frame[5]];
  if (depth !== 8) return { ok: false, wrong: `has ${depth} bits a channel; save it with 8` };
  if (!COMPONENTS.some((count) => count === components)) {
    return { ok: false, wrong: 'has colours for printing; save it as RGB' };
  }
  return width === 0 || height === 0 ? DAMAGED : { ok: true, width, height };
}

function endsWell(bytes: Buffer): boolean {
  const end = bytes.lastIndexOf(Buffer.from([0xff, END]));
  return end > 0;
}
