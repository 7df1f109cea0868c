import { invalidField } from '../tenancy/input-fields.ts';
import type { LogoPicture } from './brand-dto.ts';
import { readJpeg } from './read-jpeg.ts';
import { readPng } from './read-png.ts';

/** The most bytes a logo may have; as base64 it fits a request. */
export const LOGO_BYTES = 512 * 1024;

const LONGEST_SIDE = 2000;
const MOST_SLENDER = 20;
const FIELD = 'logo';

/** The picture that base64 text holds: a PNG or JPEG that can be drawn, not too large. Refuses anything else by its reason. */
export function readLogo(base64: string): LogoPicture {
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length > LOGO_BYTES) {
    throw refused(`has ${bytes.length} bytes; it may have ${LOGO_BYTES}`);
  }
  const type = typeOf(bytes);
  if (!type) throw refused('must be a PNG or a JPEG; turn an SVG into a PNG first');
  const size = type === 'image/png' ? readPng(bytes) : readJpeg(bytes);
  if (!size.ok) throw refused(size.wrong);
  const { width, height } = size;
  if (Math.max(width, height) > LONGEST_SIDE) {
    throw refused(`is ${width} by ${height} pixels; no side may have more than ${LONGEST_SIDE}`);
  }
  if (Math.max(width, height) > MOST_SLENDER * Math.min(width, height)) {
    throw refused(
      `is ${width} by ${height} pixels; no side may be ${MOST_SLENDER} times the other`,
    );
  }
  return { type, width, height, bytes };
}

function typeOf(bytes: Buffer): LogoPicture['type'] | undefined {
  if (bytes.subarray(0, PNG.length).equals(PNG)) return 'image/png';
  return bytes.subarray(0, JPEG.length).equals(JPEG) ? 'image/jpeg' : undefined;
}

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const JPEG = Buffer.from([0xff, 0xd8, 0xff]);

function refused(wrong: string) {
  return invalidField(FIELD, wrong);
}
