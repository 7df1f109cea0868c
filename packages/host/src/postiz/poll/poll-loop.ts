import type { Span } from '../api/postiz-api.ts';
import type { Desk } from '../desk.ts';
import { widestSpan } from '../find-row.ts';
import type { Expected, Poller, PollReport } from './poller.ts';

const DAY_MS = 86_400_000;

/** How often Postiz is read. */
export interface PollPace {
  /** Between two reads of what is near, in milliseconds. */
  readonly nearMs: number;
  /** Between two reads of all that is watched. */
  readonly wideMs: number;
  /** How long a hint waits, so that a burst of them is one read. */
  readonly hintMs: number;
}

/** Polls by itself, and soon after somebody said that there is something to see. */
export interface PollLoop {
  readonly start: () => void;
  /** Says that a read would show something; what a webhook named is expected to be live in it. */
  readonly soon: (expected?: readonly Expected[]) => void;
  /** Reads what is near, and what is expected elsewhere, now. */
  readonly now: () => Promise<PollReport>;
  /** Reads this span, and what is expected elsewhere, now. */
  readonly within: (span: Span) => Promise<PollReport>;
  /** Reads all that is watched, now. */
  readonly all: () => Promise<PollReport>;
  /** When a read last went through; undefined before the first. */
  readonly lastDone: () => number | undefined;
  /** Whether a hint waits to be followed. */
  readonly isDue: () => boolean;
  readonly stop: () => Promise<void>;
}

/** The days around now in which something may happen at any moment. */
export function nearSpan(now: number): Span {
  return { from: now - 2 * DAY_MS, to: now + 14 * DAY_MS };
}

/** The loop of one poller. */
export function createPollLoop(desk: Desk, poller: Poller, pace: PollPace): PollLoop {
  const reads = createReads(desk, poller);
  const near = (): Promise<PollReport> => reads.within(nearSpan(desk.now()));
  let hint: NodeJS.Timeout | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  let running: Promise<unknown> = Promise.resolve();

  const attempt = (): Promise<void> => {
    clearTimeout(hint);
    hint = undefined;
    const { lastWide } = reads;
    const isWide = lastWide() === undefined || desk.now() - (lastWide() ?? 0) >= pace.wideMs;
    const turn = (isWide ? reads.all() : near()).then(
      () => undefined,
      (cause: unknown) => {
        desk.tally.add('polls_failed');
        desk.log.warn({ cause: String(cause) }, 'Postiz could not be polled');
      },
    );
    running = turn;
    return turn;
  };
  const next = (): void => {
    if (isStopped) return;
    timer = setTimeout(() => void attempt().finally(next), pace.nearMs).unref();
  };
  return {
    start() {
      timer = setTimeout(() => void attempt().finally(next), 0).unref();
    },
    soon(more = []) {
      reads.expect(more);
      if (isStopped || timer === undefined) return;
      hint ??= setTimeout(() => void attempt(), pace.hintMs).unref();
    },
    now: near,
    within: reads.within,
    all: reads.all,
    lastDone: reads.lastDone,
    isDue: reads.isDue,
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      clearTimeout(hint);
      await running;
    },
  };
}

/** Reads that remember when they went through, and what they have to find. */
interface Reads extends Pick<PollLoop, 'within' | 'all' | 'lastDone' | 'isDue'> {
  readonly expect: (more: readonly Expected[]) => void;
  readonly lastWide: () => number | undefined;
}

function createReads(desk: Desk, poller: Poller): Reads {
  let expected: Expected[] = [];
  let isHinted = false;
  let lastDone: number | undefined;
  let lastWide: number | undefined;
  const within = async (span: Span): Promise<PollReport> => {
    const awaited = expected;
    expected = [];
    isHinted = false;
    const report = await poller.poll(including(span, awaited), awaited);
    if (report.isDone) lastDone = desk.now();
    return report;
  };
  return {
    within,
    async all() {
      const report = await within(widestSpan(desk.now()));
      if (report.isDone) lastWide = desk.now();
      return report;
    },
    expect(more) {
      expected.push(...more);
      isHinted = true;
    },
    lastDone: () => lastDone,
    lastWide: () => lastWide,
    isDue: () => isHinted,
  };
}

/** A span that has everything in it that is expected. */
function including(span: Span, expected: readonly Expected[]): Span {
  const times = expected.map(({ publishDate }) => publishDate);
  return { from: Math.min(span.from, ...times), to: Math.max(span.to, ...times) };
}
