import type { BrowserContext, Page } from 'playwright-core';

/** What a reader sees of a page. */
export interface Sight {
  /** From the moment the page asks for the script to the picture with the numbers in it. */
  readonly paintMs: number;
  /** How much of it jumped afterwards. */
  readonly cls: number;
}

/** Which page is looked at, and how much slower than this machine. */
export interface Looked {
  readonly context: BrowserContext;
  readonly url: string;
  readonly slower: number;
}

/** Opens the page once more in a browser that knows its script, and closes it. */
export async function look({ context, url, slower }: Looked): Promise<Sight> {
  const page = await context.newPage();
  try {
    const devtools = await context.newCDPSession(page);
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: slower });
    await page.addInitScript(WATCH);
    await page.goto(url);
    return await sightOf(page);
  } finally {
    await page.close();
  }
}

// In the page: when the numbers were painted, and what jumped until half a second later.
const WATCH = `
  globalThis.sight = new Promise((resolve) => {
    let cls = 0;
    new PerformanceObserver((list) => {
      for (const { value, hadRecentInput } of list.getEntries()) if (!hadRecentInput) cls += value;
    }).observe({ type: 'layout-shift', buffered: true });
    addEventListener('ap-ready', () => requestAnimationFrame(() => setTimeout(() => {
      const painted = performance.now();
      const [script] = performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('agency-portal.js'));
      setTimeout(() => resolve({ paintMs: painted - script.startTime, cls }), 500);
    })));
  });
`;

async function sightOf(page: Page): Promise<Sight> {
  const sight: unknown = await page.evaluate('globalThis.sight');
  const { paintMs, cls } = Object(sight);
  return { paintMs: Number(paintMs), cls: Number(cls) };
}
