import { strFromU8, unzipSync } from 'fflate';
import { extractText, getDocumentProxy } from 'unpdf';

/** A slide of a PowerPoint file as a reader finds it. */
export interface ReadSlide {
  /** What stands in the place of the title. */
  readonly title: string;
  /** All paragraphs of the slide, cells of tables among them. */
  readonly texts: readonly string[];
  readonly notes: string;
  /** The charts of the slide, as XML. */
  readonly charts: readonly string[];
}

/** The parts of a PowerPoint file or workbook by their names, and those that are XML as text. */
export function partsOf(file: Uint8Array): Map<string, string> {
  return new Map(
    Object.entries(unzipSync(file)).map(([name, content]) => [name, strFromU8(content)]),
  );
}

/** The slides of a PowerPoint file, in their order. */
export function readPptx(file: Uint8Array): ReadSlide[] {
  const parts = partsOf(file);
  const count = [...parts.keys()].filter((name) =>
    /^ppt\/slides\/slide\d+\.xml$/.test(name),
  ).length;
  return Array.from({ length: count }, (_, index) => {
    const xml = parts.get(`ppt/slides/slide${index + 1}.xml`) ?? '';
    const links = parts.get(`ppt/slides/_rels/slide${index + 1}.xml.rels`) ?? '';
    const charts = [...links.matchAll(/charts\/(chart\d+\.xml)/g)].map(
      ([, name]) => parts.get(`ppt/charts/${name}`) ?? '',
    );
    const title = xml.split('<p:sp>').find((shape) => /<p:ph[^>]* type="title"/.test(shape)) ?? '';
    const notes = parts.get(`ppt/notesSlides/notesSlide${index + 1}.xml`) ?? '';
    return {
      title: paragraphsOf(title).join(' '),
      texts: paragraphsOf(xml),
      notes: paragraphsOf(notes).join('\n'),
      charts,
    };
  });
}

/** The text of each page of a PDF, blanks as single spaces. */
export async function readPdf(file: Uint8Array): Promise<string[]> {
  const document = await getDocumentProxy(new Uint8Array(file));
  const { text } = await extractText(document, { mergePages: false });
  return text.map(plain);
}

/** Text with blanks of every kind as single spaces. */
export function plain(text: string): string {
  return text.replaceAll(/\s+/gu, ' ').trim();
}

/** What is wrong with a text as XML: signs that are not escaped, tags that do not match; nothing where it is well-formed. */
export function brokenXml(xml: string): string | undefined {
  const bare = /&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[\da-f]+);)/iu.exec(xml);
  if (bare) return `a bare & at ${bare.index}: ${xml.slice(bare.index - 40, bare.index + 40)}`;
  // oxlint-disable-next-line no-control-regex -- they are what XML does not allow
  const control = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/u.exec(xml);
  if (control) return `a character that XML does not allow at ${control.index}`;
  const rest = xml.replaceAll(TAG, '').replaceAll(/<\?[^>]*\?>/gu, '');
  if (rest.includes('<')) return `a bare < near ${rest.slice(rest.indexOf('<'), 60)}`;
  return unmatchedTag(xml);
}

function unmatchedTag(xml: string): string | undefined {
  const open: string[] = [];
  for (const [tag, close, name = '', , self] of xml.matchAll(TAG)) {
    if (close === '/' && open.pop() !== name) return `${tag} closes another element`;
    if (close !== '/' && self !== '/') open.push(name);
  }
  return open.length === 0 ? undefined : `<${open.join('> <')}> is not closed`;
}

const TAG = /<(\/?)([A-Za-z][\w:.-]*)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/gu;

function paragraphsOf(xml: string): string[] {
  return [...xml.matchAll(/<a:p>(.*?)<\/a:p>/gsu)].map(([, paragraph = '']) =>
    plain(
      [...paragraph.matchAll(/<a:t>(.*?)<\/a:t>/gsu)]
        .map(([, text = '']) => unescaped(text))
        .join(''),
    ),
  );
}

function unescaped(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');
}
