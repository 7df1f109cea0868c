import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { createBrotliDecompress } from 'node:zlib';

import { chromium, type Browser } from 'playwright-core';
import { extract } from 'tar-fs';

const ARGUMENTS = [
  // Under root there is no sandbox, and the pages are our own.
  '--no-sandbox',
  '--no-zygote',
  '--disable-gpu',
  '--font-render-hinting=none',
];

/**
 * Starts the Chromium that comes inside a package of npm's, with the libraries and the font that it brings: nothing is
 * downloaded, and a machine needs nothing but Node. `TEST_CHROMIUM` names another one, for machines that are not Linux
 * on x64.
 */
export async function launchChromium(): Promise<Browser> {
  const own = process.env['TEST_CHROMIUM'];
  if (own) return chromium.launch({ executablePath: own, args: ARGUMENTS });
  const folder = await unpackedChromium();
  return chromium.launch({
    executablePath: join(folder, 'chromium'),
    args: ARGUMENTS,
    env: {
      ...process.env,
      LD_LIBRARY_PATH: join(folder, 'lib'),
      FONTCONFIG_FILE: join(folder, 'fonts.conf'),
    },
  });
}

/** The folder with the package's Chromium; unpacked at the first call for each version, and kept with the packages. */
export async function unpackedChromium(): Promise<string> {
  const home = dirname(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')));
  const cache = fileURLToPath(new URL('../../node_modules/.cache', import.meta.url));
  const folder = join(cache, `chromium-${await versionOf(home)}`);
  if (existsSync(folder)) return folder;
  await mkdir(cache, { recursive: true });
  const fresh = await mkdtemp(join(cache, 'unpacking-'));
  const bin = join(home, 'bin');
  await Promise.all([
    unpack(join(bin, 'chromium.br'), createWriteStream(join(fresh, 'chromium'))),
    ...['al2023', 'fonts', 'swiftshader'].map((name) =>
      unpack(join(bin, `${name}.tar.br`), extract(fresh)),
    ),
  ]);
  await chmod(join(fresh, 'chromium'), 0o755);
  await chmod(fresh, 0o755);
  await writeFile(join(fresh, 'fonts.conf'), fontsConf(folder));
  await putInPlace(fresh, folder);
  return folder;
}

/** Two that unpack at once both come to here, and either's folder will do. */
async function putInPlace(fresh: string, folder: string): Promise<void> {
  try {
    await rename(fresh, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
    await rm(fresh, { recursive: true, force: true });
  }
}

async function versionOf(home: string): Promise<string> {
  const description: unknown = JSON.parse(await readFile(join(home, 'package.json'), 'utf8'));
  return String(Object(description).version);
}

async function unpack(packed: string, target: Writable): Promise<void> {
  await pipeline(createReadStream(packed), createBrotliDecompress(), target);
}

function fontsConf(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${folder}/fonts</dir>
  <cachedir>${folder}/font-cache</cachedir>
</fontconfig>
`;
}
