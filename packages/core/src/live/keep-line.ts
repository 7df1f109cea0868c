import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

import type { Log } from '../kernel/log.ts';
import { hear, type Ears } from './hear.ts';
import { openLine, type LiveLine } from './live.queries.ts';
import { changeNotices, processNotice } from './notice.ts';
import { lookAtPeers, meetPeer } from './peers.ts';
import type { Pending } from './pending.ts';

/** What a line is kept with. */
export interface Keeping {
  readonly url: string;
  readonly log: Log;
  readonly ears: Ears;
  readonly pending: Pending;
  /** How long changes are gathered before they are told. */
  readonly tellMs: number;
  /** How often a process looks whether the others are there. */
  readonly lookMs: number;
}

const MOST_PROCESSES = 2 ** 31 - 1;
const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 10_000;

/** Keeps a line until the signal ends, and opens a new one when it breaks. `up` is called when the first one is. */
export async function keepLine(
  keeping: Keeping,
  signal: AbortSignal,
  up: (failure?: unknown) => void,
): Promise<void> {
  let failures = 0;
  const isUp = (): void => {
    failures = 0;
    up();
  };
  while (!signal.aborted) {
    try {
      // oxlint-disable-next-line no-await-in-loop
      await useLine(keeping, signal, isUp);
    } catch (error) {
      up(error);
      failures += 1;
      keeping.log.warn({ error, failures }, 'Live changes wait for the database');
      const ms = Math.min(FIRST_WAIT_MS * 2 ** (failures - 1), LONGEST_WAIT_MS);
      // oxlint-disable-next-line no-await-in-loop
      await pause(ms, undefined, { signal }).catch(() => undefined);
    }
  }
}

/** Opens a line and works on it until it breaks, which is thrown, or the signal ends. */
async function useLine(keeping: Keeping, signal: AbortSignal, isUp: () => void): Promise<void> {
  const { url, ears, pending } = keeping;
  const broken = Promise.withResolvers<never>();
  // Nobody may be waiting for it yet.
  broken.promise.catch(() => undefined);
  ears.process = randomInt(1, MOST_PROCESSES);
  const line = await openLine({
    url,
    process: ears.process,
    heard: (payload) => hear(ears, payload),
    broken: broken.reject,
  });
  const done = new AbortController();
  const either = AbortSignal.any([signal, done.signal]);
  try {
    // Whoever comes after this look says hello.
    for (const process of await others(line, ears)) meetPeer(ears.peers, process);
    await line.tell([processNotice('hello', ears.process)]);
    isUp();
    const work = [tellPending(keeping, line, either), lookAround(keeping, line, either)];
    await Promise.race([broken.promise, Promise.all(work)]);
    const bye = processNotice('bye', ears.process);
    await pending.tellAll((untold) => line.tell([...changeNotices(untold), bye]));
  } finally {
    done.abort();
    ears.isListening = false;
    await line.close().catch(() => undefined);
  }
}

async function tellPending(
  { pending, tellMs }: Keeping,
  line: LiveLine,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    // oxlint-disable no-await-in-loop
    await pending.some(signal);
    await pause(tellMs, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return;
    await pending.tellAll((untold) => line.tell(changeNotices(untold)));
    // oxlint-enable no-await-in-loop
  }
}

async function lookAround(
  { ears, lookMs, log }: Keeping,
  line: LiveLine,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    // oxlint-disable no-await-in-loop
    const lost = lookAtPeers(ears.peers, await others(line, ears));
    if (lost.length > 0) {
      log.warn({ processes: lost.length }, 'Another process ended without a word');
      await line.tell(lost.map((process) => processNotice('lost', process)));
    }
    await pause(lookMs, undefined, { signal }).catch(() => undefined);
    // oxlint-enable no-await-in-loop
  }
}

async function others(line: LiveLine, ears: Ears): Promise<number[]> {
  const present = await line.present();
  return present.filter((process) => process !== ears.process);
}
