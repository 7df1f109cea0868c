import type { HookOutcome } from '../calls/hook-answers.ts';
import type { HookEvent } from '../calls/hook-bodies.ts';
import type { HookCalls } from '../calls/hook-calls.ts';
import { HookError } from '../calls/hook-error.ts';
import type { PostizLog } from './log.ts';
import type { Change, Errand, Memory } from './state/memory.ts';

/** Tells Retainer what need not be waited for, in order, until it was heard; a restart goes on where it was. */
export interface Errands {
  /** The change that makes `events` an errand: put it together with what it follows from, then `wake`. */
  readonly of: (events: readonly HookEvent[]) => Change;
  readonly wake: () => void;
  /** Settles once nothing is left, or Retainer could not be had; true when nothing is left. */
  readonly idle: () => Promise<boolean>;
  readonly close: () => void;
}

/** Hears what Retainer said of each event. */
export type WhenTold = (told: { readonly event: HookEvent; readonly outcome: HookOutcome }) => void;

const MOST_TOGETHER = 200;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;

/** The errands of one process. */
export function createErrands(
  {
    memory,
    hooks,
    log,
  }: {
    readonly memory: Memory;
    readonly hooks: Pick<HookCalls, 'events'>;
    readonly log: PostizLog;
  },
  whenTold: WhenTold = () => undefined,
): Errands {
  let serial = Math.max(0, ...[...memory.errands.all()].map(({ id }) => Number(id)));
  let running: Promise<boolean> | undefined;

  const run = async (): Promise<boolean> => {
    for (let batch = firstOf(memory); batch.length > 0; batch = firstOf(memory)) {
      try {
        await tell(hooks, batch, whenTold);
      } catch (cause) {
        if (!(cause instanceof HookError)) throw cause;
        if (cause.isUnavailable) return later(cause);
        // Said in a way that Retainer will never take: telling it again would stop all that follows.
        log.warn({ code: cause.code, detail: cause.message }, 'Retainer refused what it was told');
      }
      await memory.put(batch.map(({ id }): Change => ({ kind: 'errand', id, value: undefined })));
      alarm.reset();
    }
    return true;
  };
  const later = (cause: HookError): false => {
    const waitMs = alarm.set();
    log.warn({ code: cause.code, waitMs }, 'Retainer cannot be told now; it is told later');
    return false;
  };
  const start = (): Promise<boolean> =>
    (running ??= run().finally(() => {
      running = undefined;
    }));
  const wake = (): void => {
    start().catch((cause: unknown) => {
      const waitMs = alarm.set();
      log.warn({ cause: String(cause), waitMs }, 'telling Retainer broke; it is told again');
    });
  };
  const alarm = createAlarm(wake);

  return {
    of(events) {
      serial += 1;
      const id = String(serial).padStart(12, '0');
      return { kind: 'errand', id, value: { id, events } };
    },
    wake,
    async idle() {
      // What was added while the last batch was told is part of it.
      const isDone = await start();
      return isDone && memory.errands.size > 0 ? start() : isDone;
    },
    close: () => alarm.close(),
  };
}

/** Rings later, and later each time, until it is reset. */
function createAlarm(ring: () => void) {
  let timer: NodeJS.Timeout | undefined;
  let waitMs = FIRST_WAIT_MS;
  let isClosed = false;
  return {
    /** Answers how long it will be. */
    set(): number {
      const ms = waitMs;
      clearTimeout(timer);
      if (!isClosed) timer = setTimeout(ring, ms).unref();
      waitMs = Math.min(ms * 2, LONGEST_WAIT_MS);
      return ms;
    },
    reset(): void {
      waitMs = FIRST_WAIT_MS;
    },
    close(): void {
      isClosed = true;
      clearTimeout(timer);
    },
  };
}

function firstOf(memory: Memory): Errand[] {
  const batch: Errand[] = [];
  let events = 0;
  for (const errand of memory.errands.all()) {
    if (events > 0 && events + errand.events.length > MOST_TOGETHER) break;
    batch.push(errand);
    events += errand.events.length;
  }
  return batch;
}

async function tell(
  hooks: Pick<HookCalls, 'events'>,
  batch: readonly Errand[],
  whenTold: WhenTold,
): Promise<void> {
  const events = batch.flatMap((errand) => errand.events);
  const { results } = await hooks.events({ events });
  for (const [index, result] of results.entries()) {
    const event = events[index];
    if (event) whenTold({ event, outcome: result });
  }
}
