import { DomainError } from '@retainer/domain';
import { describe, expect, test } from 'vitest';

import { LOGO_BYTES, readLogo } from './read-logo.ts';
import { jpeg, png } from './testing/pictures.ts';

const base64 = (bytes: Buffer): string => bytes.toString('base64');

describe('given a picture for a logo', () => {
  test('when it is whole, then its kind and size are read', () => {
    expect(readLogo(base64(png()))).toMatchObject({ type: 'image/png', width: 8, height: 4 });
    expect(readLogo(base64(jpeg({ width: 300, height: 90, components: 3 })))).toMatchObject({
      type: 'image/jpeg',
      width: 300,
      height: 90,
    });
  });

  const flipped = png();
  flipped.writeUInt8(flipped.readUInt8(45) ^ 1, 45);
  test.each([
    { why: 'an SVG', bytes: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), says: 'SVG' },
    { why: 'nothing much', bytes: Buffer.from('logo'), says: 'must be a PNG or a JPEG' },
    { why: 'cut off', bytes: png().subarray(0, 60), says: 'damaged or cut off' },
    { why: 'with a flipped bit', bytes: flipped, says: 'damaged' },
    { why: 'short of pixels', bytes: png({ rows: 3 }), says: 'pixels are damaged' },
    { why: 'of a bomb', bytes: png({ width: 2000, height: 2000, rows: 2001 }), says: 'pixels' },
    { why: 'deep', bytes: png({ depth: 16 }), says: '16 bits' },
    { why: 'interlaced', bytes: png({ interlace: 1 }), says: 'interlaced' },
    { why: 'without its palette', bytes: png({ colorType: 3 }), says: 'palette' },
    { why: 'too wide', bytes: png({ width: 2001, height: 200 }), says: '2001 by 200 pixels' },
    { why: 'a line', bytes: png({ width: 210, height: 10 }), says: '20 times' },
    { why: 'for a press', bytes: jpeg({ components: 4 }), says: 'RGB' },
    { why: 'a JPEG cut off', bytes: jpeg().subarray(0, -2), says: 'JPEG that is damaged' },
    { why: 'too large', bytes: Buffer.alloc(LOGO_BYTES + 1), says: `${LOGO_BYTES + 1} bytes` },
  ])('when it is $why, then the refusal says so', ({ bytes, says }) => {
    const read = () => readLogo(base64(bytes));
    expect(read).toThrow(DomainError);
    expect(read).toThrow(says);
  });
});
