import { openRealServer, type RealServer, type Tenant } from '@retainer/api/testing';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { test as base } from 'vitest';

import { launchChromium } from './chromium.ts';
import type { StoryService } from './client-story.ts';
import { startPageServer, type HostPage, type PageServer } from './page-server.ts';

/** The real service on real PostgreSQL, a host's pages and a real Chromium: one of each for the whole run. */
export interface World {
  readonly api: RealServer & { readonly url: string };
  readonly host: PageServer;
  readonly browser: Browser;
}

/** Opens a page of a host, or an address, in a browser that knows nothing yet. */
export type Visit = (page: HostPage | string, options?: VisitOptions) => Promise<Page>;

/** How a page is looked at. */
export interface VisitOptions {
  readonly width?: number;
  readonly height?: number;
  readonly scheme?: 'light' | 'dark';
  /** What the API takes for now in this page's requests. */
  readonly now?: string;
  /** What the page itself takes for now, too. */
  readonly isPageThen?: boolean;
  /** Another origin that the page may talk to. */
  readonly connect?: string;
  /** What may be said on the console or break a rule of the page's; anything else fails the test. */
  readonly allow?: RegExp;
}

let agencies = 0;

/** `test` with a world, an agency of the file's own, and pages. */
export const test = base
  .extend('world', { scope: 'worker' }, async ({}, { onCleanup }): Promise<World> => {
    const { close, ...server } = await openRealServer({ CORS_ORIGINS: '*' });
    const url = await server.app.listen({ host: '127.0.0.1', port: 0 });
    const host = await startPageServer(url);
    const browser = await launchChromium();
    onCleanup(async () => {
      await browser.close();
      await host.close();
      await close();
    });
    return { api: { ...server, url }, host, browser };
  })
  .extend('tenant', { scope: 'file' }, async ({ world }): Promise<Tenant> => {
    agencies += 1;
    return world.api.found(`agency ${agencies}`);
  })
  .extend('visit', async ({ world }, { onCleanup }): Promise<Visit> => {
    const contexts: BrowserContext[] = [];
    const complaints: string[] = [];
    onCleanup(async () => {
      await Promise.all(contexts.map((context) => context.close()));
      if (complaints.length > 0) throw new Error(`The page complained:\n${complaints.join('\n')}`);
    });
    return async (hostPage, options = {}) => {
      const { width = 1280, height = 900, scheme = 'light', now, isPageThen, allow } = options;
      const context = await world.browser.newContext({
        viewport: { width, height },
        colorScheme: scheme,
        ...(now !== undefined && { extraHTTPHeaders: { 'x-test-clock': now } }),
      });
      contexts.push(context);
      if (now !== undefined && isPageThen) await context.clock.setFixedTime(now);
      const page = await context.newPage();
      const complain = (text: string): void => {
        if (!allow?.test(text)) complaints.push(text);
      };
      page.on('console', (message) => {
        if (['error', 'warning'].includes(message.type())) complain(message.text());
      });
      page.on('pageerror', (error) => complain(String(error)));
      await page.goto(addressOf(world.host, hostPage, options));
      return page;
    };
  });

/** The bare token of headers made by `headersOf`. */
export function tokenOf(headers: Readonly<Record<string, string>>): string {
  return headers['authorization']?.replace('Bearer ', '') ?? '';
}

/** The service as a story tells it its facts. */
export function storyService({ app, admin, headersOf }: RealServer): StoryService {
  return {
    admin,
    headersOf: (actor) => headersOf(actor),
    send: async ({ method, path: url, body, headers }) => {
      const payload = body && { payload: body };
      const answer = await app.inject({ method, url, headers: { ...headers }, ...payload });
      return { status: answer.statusCode, body: answer.body };
    },
  };
}

function addressOf(host: PageServer, page: HostPage | string, { connect }: VisitOptions): string {
  if (typeof page === 'string') return page;
  const path = `/page-${crypto.randomUUID()}`;
  host.put(path, { ...page, connect });
  return `${host.url}${path}`;
}
