import { buildPortal } from '../../build/build-portal.ts';
import { unpackedChromium } from './chromium.ts';

/** Builds what the tests open, and unpacks what they open it with. */
export async function setup(): Promise<void> {
  await Promise.all([buildPortal(), unpackedChromium()]);
}
