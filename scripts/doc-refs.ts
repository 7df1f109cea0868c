const link = /\[[^\]]*\]\(\s*<?([^)\s>]+)>?[^)]*\)/g;
const code = /`([^`\n]+)`/g;
const fence = /^(```|~~~)[\s\S]*?^\1/gm;
const scheme = /^[a-z][a-z0-9+.-]*:/i;
const repoPath = /^(?:\.ci|\.changeset|acceptance|apps|bench|docs|packages|scripts)\/[\w.@*/-]+$/;

/** A path a document cites, and the line that cites it. */
export interface DocRef {
  readonly path: string;
  readonly line: number;
  /** A link is relative to its document, a path in backticks to the root of the repository. */
  readonly from: 'document' | 'root';
}

/** Every path of the repository that a Markdown text cites, outside its code blocks. */
export function docRefs(markdown: string): DocRef[] {
  const prose = markdown.replace(fence, blankLines);
  return [...links(prose), ...codePaths(prose)].toSorted((a, b) => a.line - b.line);
}

function links(prose: string): DocRef[] {
  return [...prose.matchAll(link)].flatMap((match) => {
    const target = match[1]?.split('#')[0] ?? '';
    if (target === '' || scheme.test(target)) return [];
    return [
      { path: decodeURI(target), line: lineOf(prose, match.index), from: 'document' as const },
    ];
  });
}

function codePaths(prose: string): DocRef[] {
  return [...prose.matchAll(code)].flatMap((match) => {
    const path = match[1] ?? '';
    if (!repoPath.test(path)) return [];
    return [{ path, line: lineOf(prose, match.index), from: 'root' as const }];
  });
}

function blankLines(block: string): string {
  return block.replaceAll(/[^\n]/g, '');
}

function lineOf(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}
