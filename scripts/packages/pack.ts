import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { build } from 'tsdown';

/** What is read of a package's manifest. */
export interface Manifest {
  readonly name: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly publishConfig: {
    readonly bin?: Readonly<Record<string, string>>;
    readonly exports: Readonly<
      Record<string, { readonly types: string; readonly default: string }>
    >;
  };
}

/** A package as it would be published. */
export interface PackedPackage {
  readonly tarball: Uint8Array<ArrayBuffer>;
  /** Where it is unpacked, as if it had been installed. */
  readonly folder: string;
  /** A folder whose `node_modules` it is in. */
  readonly root: string;
}

/** Builds the package in the working folder and packs it, with all that publishing changes of its manifest. */
export async function pack(name: string): Promise<PackedPackage> {
  await build({ logLevel: 'warn' });
  const root = mkdtempSync(join(tmpdir(), 'retainer-package-'));
  const file = join(root, 'package.tgz');
  const pnpm = process.env['npm_execpath'] ?? 'pnpm';
  const isScript = /\.[cm]?js$/u.test(pnpm);
  const args = [...(isScript ? [pnpm] : []), 'pack', '--out', file];
  execFileSync(isScript ? process.execPath : pnpm, args, { stdio: 'pipe' });
  const folder = join(root, 'node_modules', ...name.split('/'));
  mkdirSync(folder, { recursive: true });
  execFileSync('tar', ['-xzf', file, '-C', folder, '--strip-components=1']);
  return { tarball: new Uint8Array(readFileSync(file)), folder, root };
}

/** Puts what a package depends on beside it, as installing it would. */
export function linkDependencies(folder: string, root: string, manifest: Manifest): void {
  for (const name of Object.keys(manifest.dependencies ?? {})) {
    const link = join(root, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(folder, 'node_modules', name), link, 'junction');
  }
}
