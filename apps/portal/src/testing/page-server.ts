import { readFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';

import { DIST } from '../../build/build-portal.ts';

/** A host's pages, on an origin of their own, under a Content-Security-Policy that allows nothing that need not be. */
export interface PageServer {
  readonly url: string;
  /** Puts the built pages of the examples at `/examples/`, with what `/retainer-token` answers. */
  readonly putExamples: (folder: string, token: () => Promise<object>) => void;
  /** Puts a page at a path; its scripts go to `/scripts/NAME.js`, since no inline script would run. */
  readonly put: (path: string, page: HostPage) => void;
  readonly close: () => Promise<void>;
}

/** A page of a host. */
export interface HostPage {
  readonly body: string;
  /** Modules of the host's own. */
  readonly script?: string;
  /** The host's own style sheet. */
  readonly style?: string;
  /** Another origin that the page may talk to. */
  readonly connect?: string | undefined;
  readonly lang?: string;
  readonly dir?: 'ltr' | 'rtl';
}

/** Serves pages that may talk to `apiUrl` alone. */
export async function startPageServer(apiUrl: string): Promise<PageServer> {
  const pages = new Map<string, HostPage>();
  let examples: { folder: string; token: () => Promise<object> } | undefined;
  const policyFor = ({ connect = '' }: HostPage): string =>
    [
      "default-src 'none'",
      `script-src 'self' ${apiUrl}`,
      `frame-src ${apiUrl}`,
      "style-src 'self'",
      `connect-src 'self' ${apiUrl} ${connect}`,
      `img-src 'self' ${apiUrl}`,
      "font-src 'self'",
      "base-uri 'none'",
      "require-trusted-types-for 'script'",
      "trusted-types svelte-trusted-html 'allow-duplicates'",
    ].join('; ');
  const server = createServer((request, response) => {
    void answer(request.url ?? '/', response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    put: (path, page) => void pages.set(path, page),
    putExamples: (folder, token) => {
      examples = { folder, token };
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };

  async function answer(target: string, response: ServerResponse): Promise<void> {
    const { pathname: path } = new URL(target, 'http://host');
    const page = pages.get(path.replace(/\.(?:js|css)$/, ''));
    if (path === '/favicon.ico') response.writeHead(204).end();
    else if (examples && path === '/retainer-token') {
      const given = JSON.stringify(await examples.token());
      response.setHeader('content-type', 'application/json').end(given);
    } else if (examples && path.startsWith('/examples/'))
      await sendExample(join(examples.folder, path.slice('/examples/'.length)), response);
    else if (path === ARABIC) await sendArabic(response);
    else if (path.startsWith('/portal/')) await sendBuilt(basename(path), response);
    else if (page) sendPart(path, page, response);
    else response.writeHead(404).end();
  }

  // What a host writes into its page, it writes with the address of its Retainer.
  async function sendExample(file: string, response: ServerResponse): Promise<void> {
    const text = await readFile(file, 'utf8').catch(() => undefined);
    if (text === undefined) response.writeHead(404).end();
    else if (file.endsWith('.js')) response.setHeader('content-type', 'text/javascript').end(text);
    else {
      const policy = `default-src 'none'; script-src 'self' ${apiUrl}; connect-src 'self' ${apiUrl}`;
      response
        .setHeader('content-type', 'text/html; charset=utf-8')
        .setHeader('content-security-policy', policy)
        .end(text.replace('https://retainer.example.com', apiUrl));
    }
  }

  function sendPart(path: string, page: HostPage, response: ServerResponse): void {
    if (path.endsWith('.js'))
      response.setHeader('content-type', 'text/javascript').end(page.script);
    else if (path.endsWith('.css')) response.setHeader('content-type', 'text/css').end(page.style);
    else {
      response
        .setHeader('content-type', 'text/html; charset=utf-8')
        .setHeader('content-security-policy', policyFor(page))
        .end(htmlOf(path, page));
    }
  }
}

/** Where a page finds a font for Arabic, which the browser of the tests lacks. */
export const ARABIC = '/arabic.woff2';

async function sendArabic(response: ServerResponse): Promise<void> {
  const folder = dirname(createRequire(import.meta.url).resolve('@fontsource/noto-sans-arabic'));
  const name = 'noto-sans-arabic-arabic-400-normal.woff2';
  response.setHeader('content-type', 'font/woff2').end(await readFile(join(folder, 'files', name)));
}

async function sendBuilt(name: string, response: ServerResponse): Promise<void> {
  const text = await readFile(join(DIST, name)).catch(() => undefined);
  if (text) response.setHeader('content-type', 'text/javascript').end(text);
  else response.writeHead(404).end();
}

function htmlOf(path: string, { body, script, style, lang = 'en', dir = 'ltr' }: HostPage): string {
  return `<!doctype html>
<html lang="${lang}" dir="${dir}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>A host’s page</title>
${style === undefined ? '' : `<link rel="stylesheet" href="${path}.css">`}
${script === undefined ? '' : `<script type="module" src="${path}.js"></script>`}
</head>
<body>${body}</body>
</html>`;
}
