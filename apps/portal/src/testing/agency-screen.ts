import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

import type { Page } from 'playwright-core';

import { tokenOf, type Visit, type VisitOptions, type World } from './index.ts';
import { ARABIC } from './page-server.ts';

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** When it is in tests of the agency's screen: on some days of the year the month to date is another month. */
const SCREEN_NOW = '2026-09-16T12:00:00Z';
/** The date it is then. */
export const SCREEN_TODAY = '2026-09-16';

/** An agency of that time, and how it calls the API. */
export interface ScreenAgency {
  readonly agencyId: string;
  readonly token: string;
  readonly send: (method: 'PUT' | 'POST' | 'GET', path: string, body?: object) => Promise<unknown>;
}

/** Registers an agency in UTC and dollars. */
export async function registerAgency(world: World, agencyId: string): Promise<ScreenAgency> {
  const { app, admin, headersOf } = world.api;
  const then = { 'x-test-clock': SCREEN_NOW };
  const headers = { ...(await headersOf({ role: 'agency', agencyId })), ...then };
  const url = `/api/agency/${agencyId}`;
  const payload = { name: 'Harbor & Pine', timeZone: 'UTC', currency: 'USD' };
  await app.inject({ method: 'PUT', url, payload, headers: { ...admin, ...then } });
  return {
    agencyId,
    token: tokenOf(headers),
    send: async (method, path, body) => {
      const answer = await app.inject({
        method,
        url: path,
        headers,
        ...(body && { payload: body }),
      });
      if (answer.statusCode === 200) return answer.json();
      throw new Error(`${method} ${path}: ${answer.body}`);
    },
  };
}

/** How the screen is opened. */
export interface Opening {
  readonly view?: string;
  /** More of the element's attributes. */
  readonly attributes?: string;
  readonly lang?: string;
  readonly options?: VisitOptions;
}

/** Opens the agency's screen. The page keeps in `heard` what the element tells its host. */
export async function openAgency(
  { world, visit }: { readonly world: World; readonly visit: Visit },
  { token }: Pick<ScreenAgency, 'token'>,
  { view = '/', attributes = '', lang = 'en', options = {} }: Opening,
): Promise<Page> {
  return visit(
    {
      lang,
      dir: lang === 'ar' ? 'rtl' : 'ltr',
      script: `globalThis.heard = [];
        for (const name of ['ap-navigate', 'ap-period-change', 'ap-ready']) {
          document.addEventListener(name, (event) => heard.push([name, event.detail.href ?? event.detail.preset]));
        }`,
      body: `<script type="module" src="/portal/agency-kpi-dashboard.js"></script>
        <agency-kpi-dashboard base-url="${world.api.url}" token="${token}" view="${view}" ${attributes}></agency-kpi-dashboard>`,
      // The element is dark where the page can be.
      style: `@font-face { font-family: Arabic; src: url(${ARABIC}) }
        :root { color-scheme: light dark }
        body { margin: 0; background: #fff; font-family: 'Open Sans', Arabic, sans-serif }
        @media (prefers-color-scheme: dark) { body { background: #0f1218 } }`,
    },
    { now: SCREEN_NOW, isPageThen: true, ...options },
  );
}

/** What axe has to say against the page. */
export async function axeComplaints(page: Page): Promise<string[]> {
  await page.evaluate(await readFile(axePath, 'utf8'));
  return page.evaluate(async () => {
    const { violations } = await Reflect.get(globalThis, 'axe').run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      // What a whole page must have, the host brings.
      rules: {
        region: { enabled: false },
        'page-has-heading-one': { enabled: false },
        'landmark-one-main': { enabled: false },
      },
    });
    return violations.flatMap((one: { id: string; nodes: { target: unknown; html: string }[] }) =>
      one.nodes.map(({ target, html }) => `${one.id}: ${String(target)} ${html.slice(0, 200)}`),
    );
  });
}

const MOST_TABS = 80;

/** Tabs on until what is focused has this name, as somebody without a mouse would. */
export async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let tabs = 0; tabs < MOST_TABS; tabs += 1) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    await page.keyboard.press('Tab');
    // oxlint-disable-next-line no-await-in-loop
    if (name.test(await focusedName(page))) return;
  }
  throw new Error(`${MOST_TABS} tabs did not lead to ${String(name)}`);
}

/** The label or text of what is focused, through shadow roots. */
export async function focusedName(page: Page): Promise<string> {
  return page.evaluate(() => {
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    const labels: NodeListOf<HTMLElement> | undefined = Object(at).labels;
    const names = [at?.getAttribute('aria-label'), labels?.[0]?.textContent, at?.textContent];
    return names.find((name) => typeof name === 'string')?.trim() ?? '';
  });
}
