import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { unpackedChromium } from './chromium.ts';

const BUILD = fileURLToPath(new URL('../../build/build.ts', import.meta.url));

/** Builds what the tests open, as `pnpm demo` does, and unpacks what they open it with. */
export async function setup(): Promise<void> {
  await promisify(execFile)(process.execPath, [BUILD, '--if-needed']);
  await unpackedChromium();
}
