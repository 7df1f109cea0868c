import { setTimeout as sleep } from 'node:timers/promises';

import type { BrowserContext } from 'playwright-core';

/** What is told while the page is open, and how often. */
export interface Told {
  /** Tells the hook that a post went out. */
  readonly publish: (postId: string) => Promise<void>;
  readonly times: number;
}

const POSTS = '[part=usage-bar][aria-label="Posts this week"]';

/** Opens the page once and tells that posts went out; answers how long after each hook's answer the bar moved, in ms. */
export async function watchMoves(
  { context, url }: { readonly context: BrowserContext; readonly url: string },
  { publish, times }: Told,
): Promise<number[]> {
  const page = await context.newPage();
  try {
    await page.goto(url);
    const bar = page.locator(POSTS);
    await page.locator('[part=footer] .live').waitFor();
    const moves: number[] = [];
    for (let time = 0; time < times; time += 1) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      const before = Number(await bar.getAttribute('aria-valuenow'));
      const moved = page.locator(`${POSTS}[aria-valuenow="${before + 1}"]`).waitFor();
      // oxlint-disable-next-line no-await-in-loop
      await publish(`moves ${time}`);
      const toldAt = performance.now();
      // oxlint-disable-next-line no-await-in-loop
      await moved;
      moves.push(performance.now() - toldAt);
      // A stream tells at most once a second; what comes sooner waits for its turn.
      // oxlint-disable-next-line no-await-in-loop
      await sleep(1_000 + Math.random() * 500);
    }
    return moves;
  } finally {
    await page.close();
  }
}
