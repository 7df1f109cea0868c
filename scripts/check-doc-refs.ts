import { execFileSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { docRefs, type DocRef } from './doc-refs.ts';

const documents = execFileSync(
  'git',
  ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '*.md'],
  { encoding: 'utf8' },
)
  .split('\0')
  .filter((path) => path !== '' && existsSync(path));

const broken = documents.flatMap((document) =>
  docRefs(readFileSync(document, 'utf8'))
    .filter((ref) => !isThere(document, ref))
    .map((ref) => `${document}:${ref.line} cites ${ref.path}, which does not exist`),
);

for (const line of broken) console.error(line);
console.log(`doc refs: ${documents.length} documents, ${broken.length} broken`);
process.exitCode = broken.length === 0 ? 0 : 1;

function isThere(document: string, ref: DocRef): boolean {
  const path = ref.from === 'root' ? ref.path : join(dirname(document), ref.path);
  return path.includes('*') ? globSync(path).length > 0 : existsSync(path);
}
