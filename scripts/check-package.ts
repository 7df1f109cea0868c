import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { compareApi } from './packages/api-report.ts';
import { lintPackage } from './packages/lint-package.ts';
import { linkDependencies, pack, type Manifest } from './packages/pack.ts';

// Run in a package's folder: builds it as it would be published, and looks at it as its users would.
const folder = process.cwd();
const update = process.argv.includes('--update');
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own manifests, which pnpm has read before
const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;
const { name, publishConfig } = manifest;

const packed = await pack(name);
linkDependencies(folder, packed.root, manifest);
const entries = Object.entries(publishConfig.exports);
const problems = [
  ...(await lintPackage(packed.tarball)),
  ...entries.flatMap(([subpath, { types }]) => {
    const report = subpath === '.' ? 'index' : subpath.slice(2);
    return compareApi(folder, { name: report, types: join(folder, types) }, { update });
  }),
  ...entries.flatMap(([subpath]) => loads(join(name, subpath))),
  ...Object.entries(publishConfig.bin ?? {}).flatMap(([command, file]) => answers(command, file)),
];
rmSync(packed.root, { recursive: true });

for (const problem of problems) console.error(`${name}: ${problem}`);
console.log(`${name}: ${entries.length} entries, ${problems.length} problems`);
process.exitCode = problems.length === 0 ? 0 : 1;

/** Loads what was packed the way a CommonJS host does, and the way a module does. */
function loads(specifier: string): string[] {
  const ways = {
    'host.cjs': `const it = require('${specifier}'); if (Object.keys(it).length === 0) throw new Error('nothing')`,
    'host.mjs': `import * as it from '${specifier}'; if (Object.keys(it).length === 0) throw new Error('nothing')`,
  };
  return Object.entries(ways).flatMap(([file, text]) => {
    writeFileSync(join(packed.root, file), text);
    try {
      execFileSync(process.execPath, [file], { cwd: packed.root, stdio: 'pipe' });
      return [];
    } catch (error) {
      return [`${specifier} cannot be loaded from a ${file.slice(5)} file: ${String(error)}`];
    }
  });
}

/** Starts a command as a shell does that finds it installed: by its first line, and with the right to be run. */
function answers(command: string, file: string): string[] {
  try {
    const said = execFileSync(join(packed.folder, file), ['--help'], { encoding: 'utf8' });
    return said.startsWith(`usage: ${command} `) ? [] : [`${command} --help says ${said}`];
  } catch (error) {
    return [`${command} cannot be started as it is packed: ${String(error)}`];
  }
}
