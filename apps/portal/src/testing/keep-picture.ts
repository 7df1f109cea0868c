import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { Page } from 'playwright-core';

const FOLDER = fileURLToPath(new URL('../../../../docs/screenshots', import.meta.url));
/** Text stays sharp, and a picture stays small. */
const QUALITY = 82;

/** Keeps a picture of the whole page in `docs/screenshots`, as WebP. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  const height = Number(await page.evaluate('document.documentElement.scrollHeight'));
  await page.setViewportSize({ width: page.viewportSize()?.width ?? 1280, height });
  const devtools = await page.context().newCDPSession(page);
  const { data } = await devtools.send('Page.captureScreenshot', {
    format: 'webp',
    quality: QUALITY,
  });
  await mkdir(FOLDER, { recursive: true });
  await writeFile(join(FOLDER, `${name}.webp`), Buffer.from(data, 'base64'));
}
