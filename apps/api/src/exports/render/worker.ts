import { parentPort } from 'node:worker_threads';

import { render, type RenderJob } from './job.ts';
import type { Rendered } from './render-apart.ts';

/** The other thread's side of `renderApart`: one message a job, one answer each. */
parentPort?.on('message', (order: { readonly id: number; readonly job: RenderJob }) => {
  void answer(order.id, order.job);
});

async function answer(id: number, job: RenderJob): Promise<void> {
  let rendered: Rendered;
  try {
    rendered = { id, ok: true, bytes: await render(job) };
  } catch (error) {
    const failure = error instanceof Error ? (error.stack ?? error.message) : String(error);
    rendered = { id, ok: false, failure };
  }
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  parentPort?.postMessage(rendered);
}
