import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

/** The consumers that get ES modules; others are told so by Node itself, or have no `exports`. */
const CONSUMERS = ['node16-esm', 'bundler'];

/** What is wrong with a packed package: its manifest and files by publint, its types by attw. */
export async function lintPackage(tarball: Uint8Array<ArrayBuffer>): Promise<string[]> {
  const { messages, pkg } = await publint({ pack: { tarball: tarball.buffer }, strict: true });
  const said = messages.map(
    (message) => `publint: ${formatMessage(message, pkg, { color: false }) ?? message.code}`,
  );
  const checked = await checkPackage(createPackageFromTarballData(tarball));
  if (!checked.types) return [...said, 'attw: it has no types'];
  const wrong = checked.problems.filter(
    (problem) => !('resolutionKind' in problem) || CONSUMERS.includes(problem.resolutionKind),
  );
  return [...said, ...wrong.map((problem) => `attw: ${JSON.stringify(problem)}`)];
}
