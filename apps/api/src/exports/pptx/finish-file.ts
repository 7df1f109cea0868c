import { strFromU8, strToU8, unzipSync, zipSync, type Unzipped } from 'fflate';

const CHART = /^ppt\/charts\/chart\d+\.xml$/u;
const CHART_SHEETS = /^ppt\/embeddings\/.+\.xlsx$/u;
const XML = /\.(?:xml|rels)$/u;
// oxlint-disable-next-line no-control-regex -- these are what XML does not allow
const FORBIDDEN = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/gu;
const EMPTY_POINT = /<c:pt idx="\d+"><c:v><\/c:v><\/c:pt>/gu;
const EMPTY_CELL = /<c r="[A-Z]+\d+"><v><\/v><\/c>/gu;

/**
 * The file compressed, which the library leaves out, without characters that XML does not allow, and without the empty
 * numbers that it writes where a chart has none: a point that is not there is a gap, an empty one may be read as 0.
 */
export function finishFile(pptx: Uint8Array): Uint8Array {
  const files = mapFiles(unzipSync(pptx), (name, content) => {
    if (CHART.test(name)) return without(content, FORBIDDEN, EMPTY_POINT);
    if (XML.test(name)) return without(content, FORBIDDEN);
    return CHART_SHEETS.test(name) ? withoutEmptyCells(content) : content;
  });
  return zipSync(files);
}

function withoutEmptyCells(xlsx: Uint8Array): Uint8Array {
  const files = mapFiles(unzipSync(xlsx), (name, content) =>
    XML.test(name) ? without(content, FORBIDDEN, EMPTY_CELL) : content,
  );
  return zipSync(files);
}

function mapFiles(
  files: Unzipped,
  change: (name: string, content: Uint8Array) => Uint8Array,
): Unzipped {
  const changed = Object.entries(files).map(([name, content]) => [name, change(name, content)]);
  return Object.fromEntries(changed);
}

function without(content: Uint8Array, ...what: readonly RegExp[]): Uint8Array {
  return strToU8(what.reduce((text, one) => text.replaceAll(one, ''), strFromU8(content)));
}
