import { buildPortal, isBuilt } from '../../build/build-portal.ts';
import { unpackedChromium } from './chromium.ts';

/** Builds what the tests open, and unpacks what they open it with. */
export async function setup(): Promise<void> {
  if (!(await isBuilt())) await buildPortal();
  await unpackedChromium();
}
