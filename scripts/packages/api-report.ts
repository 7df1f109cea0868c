import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { Extractor, ExtractorConfig, ExtractorLogLevel } from '@microsoft/api-extractor';

/** One entry of a package: the name of its report, and its bundled types. */
export interface Entry {
  readonly name: string;
  readonly types: string;
}

/**
 * Compares what a package exports with the report beside it, and answers with what differs. With `update` the report
 * is written instead.
 */
export function compareApi(
  folder: string,
  { name, types }: Entry,
  { update }: { readonly update: boolean },
): string[] {
  const kept = join(folder, 'api', `${name}.api.md`);
  const fresh = join(folder, 'node_modules', '.cache', 'api');
  mkdirSync(fresh, { recursive: true });
  const config = ExtractorConfig.prepare({
    packageJsonFullPath: join(folder, 'package.json'),
    configObjectFullPath: undefined,
    configObject: {
      projectFolder: folder,
      mainEntryPointFilePath: types,
      compiler: { overrideTsconfig: TSCONFIG },
      apiReport: {
        enabled: true,
        reportFileName: name,
        reportFolder: fresh,
        reportTempFolder: fresh,
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      newlineKind: 'lf',
      messages: {
        compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.Error } },
        extractorMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
        tsdocMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
      },
    },
  });
  const { succeeded } = Extractor.invoke(config, {
    localBuild: true,
    messageCallback: (message) => {
      if (message.logLevel !== ExtractorLogLevel.Error) message.handled = true;
    },
  });
  const report = readFileSync(join(fresh, `${name}.api.md`), 'utf8');
  if (update) {
    mkdirSync(join(folder, 'api'), { recursive: true });
    writeFileSync(kept, report);
  }
  if (!succeeded) return [`${name}: its types do not compile by themselves`];
  if (existsSync(kept) && readFileSync(kept, 'utf8') === report) return [];
  return [`${kept} is not what it exports now. If that is meant, run pnpm api:update`];
}

const TSCONFIG = {
  compilerOptions: {
    target: 'ES2024',
    lib: ['ES2024', 'ESNext.Disposable', 'DOM'],
    module: 'NodeNext',
    moduleResolution: 'NodeNext',
    strict: true,
    types: ['node'],
    skipLibCheck: true,
  },
};
