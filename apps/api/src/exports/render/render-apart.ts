import { Worker } from 'node:worker_threads';

import { DomainError } from '@retainer/domain';

import type { RenderJob } from './job.ts';

/** What the other thread answers to a job. */
export type Rendered =
  | { readonly id: number; readonly ok: true; readonly bytes: Uint8Array }
  | { readonly id: number; readonly ok: false; readonly failure: string };

const MOST_WAITING = 20;
/** A document takes less than a second; what takes so long never ends. */
const LONGEST_MS = 60_000;
const WORKER = new URL('worker.ts', import.meta.url);

interface Waiting {
  readonly resolve: (bytes: Uint8Array) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
}

let worker: Worker | undefined;
let lastId = 0;
const waiting = new Map<number, Waiting>();

/**
 * Makes a file in a thread of its own, one for the process: drawing keeps a processor busy for a while, and posts that
 * ask for admission do not wait for it. `unavailable` when too many files are asked for at once.
 */
export async function renderApart(job: RenderJob): Promise<Uint8Array> {
  if (waiting.size >= MOST_WAITING) {
    throw new DomainError('unavailable', 'Too many documents are being made. Try again soon.');
  }
  worker ??= startWorker();
  const thread = worker;
  lastId += 1;
  const id = lastId;
  const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>();
  const timer = setTimeout(() => void thread.terminate(), LONGEST_MS);
  waiting.set(id, { resolve, reject, timer });
  // While somebody waits the thread keeps the process alive.
  thread.ref();
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  thread.postMessage({ id, job });
  return promise;
}

function startWorker(): Worker {
  const started = new Worker(WORKER);
  started.on('message', (rendered: Rendered) => settle(started, rendered));
  started.on('error', (error) => failAll(started, error));
  started.on('exit', () => failAll(started, new Error('The thread that renders documents ended')));
  return started;
}

function settle(thread: Worker, rendered: Rendered): void {
  const one = waiting.get(rendered.id);
  if (!one) return;
  waiting.delete(rendered.id);
  clearTimeout(one.timer);
  if (rendered.ok) one.resolve(rendered.bytes);
  else one.reject(new Error(`A document could not be rendered: ${rendered.failure}`));
  if (waiting.size === 0) thread.unref();
}

/** The next job gets a new thread. */
function failAll(thread: Worker, error: Error): void {
  if (worker !== thread) return;
  worker = undefined;
  for (const { reject, timer } of waiting.values()) {
    clearTimeout(timer);
    reject(error);
  }
  waiting.clear();
}
