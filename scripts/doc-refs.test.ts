import { describe, expect, test } from 'vitest';

import { docRefs } from './doc-refs.ts';

describe('given a Markdown text', () => {
  test('when it links to a file, then the path counts from the document, without its anchor', () => {
    expect(docRefs('one\n\nsee [why](adr/0001-split.md#outcome)')).toEqual([
      { path: 'adr/0001-split.md', line: 3, from: 'document' },
    ]);
  });

  test('when it names a path of the repository in backticks, then the path counts from the root', () => {
    expect(docRefs('rules live in `packages/domain/src`')).toEqual([
      { path: 'packages/domain/src', line: 1, from: 'root' },
    ]);
  });

  test.each([
    { why: 'an address is not a path', text: '[site](https://example.com/a.md)' },
    { why: 'an anchor stays in the document', text: '[below](#rules)' },
    { why: 'a placeholder names no file', text: '`packages/core/src/<noun>/`' },
    { why: 'a route is not a path', text: '`/api/hooks/post-created`' },
    { why: 'a package is not a path', text: '`@retainer/core`' },
    { why: 'a code block shows, it does not cite', text: '```\n[x](gone.md) `apps/gone`\n```' },
  ])('when it holds no path, then nothing is cited: $why', ({ text }) => {
    expect(docRefs(text)).toEqual([]);
  });
});
