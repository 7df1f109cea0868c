import type { HookOutcome } from '../calls/hook-answers.ts';
import type { HookEvent } from '../calls/hook-bodies.ts';
import type { HookCalls } from '../calls/hook-calls.ts';
import { isUndecided, type HookError } from '../calls/hook-error.ts';
import { tellApart } from '../calls/tell-apart.ts';
import type { PostizLog } from './log.ts';
import type { Change, Errand, Memory } from './state/memory.ts';

/** Tells Retainer what need not be waited for, in order, until it was heard; a restart goes on where it was. */
export interface Errands {
  /** The change that makes `events` an errand: put it together with what it follows from, then `wake`. */
  readonly of: (events: readonly HookEvent[]) => Change;
  readonly wake: () => void;
  /** Settles once all that there is now was told, or Retainer could not be had; true when it was told. */
  readonly idle: () => Promise<boolean>;
  readonly close: () => void;
}

/** Hears what Retainer said of each event, and answers with what is to be remembered of it. */
export type WhenTold = (told: {
  readonly event: HookEvent;
  readonly outcome: HookOutcome;
}) => readonly Change[];

const MOST_TOGETHER = 200;
/** Nobody waits for an errand: what follows within this time goes along, and costs a fraction of a call of its own. */
const LINGER_MS = 250;
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
  whenTold: WhenTold = () => [],
): Errands {
  let serial = lastSerial(memory);
  let running: Promise<boolean> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let waitMs = FIRST_WAIT_MS;

  const tellFirst = async (): Promise<boolean> => {
    clearTimeout(timer);
    timer = undefined;
    const batch = firstOf(memory);
    if (batch.length === 0) return true;
    try {
      await memory.put([...(await tell(hooks, batch, whenTold)), ...batch.map(doneWith)]);
    } catch (cause) {
      if (!isUndecided(cause)) throw cause;
      return later(cause);
    }
    waitMs = FIRST_WAIT_MS;
    return true;
  };
  const later = (cause: HookError): false => {
    log.warn({ code: cause.code, waitMs }, 'Retainer cannot be told now; it is told later');
    timer ??= setTimeout(goOn, waitMs).unref();
    waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS);
    return false;
  };
  const start = (): Promise<boolean> =>
    (running ??= tellFirst().finally(() => {
      running = undefined;
    }));
  const goOn = (): void => {
    start().then(
      (isDone) => (isDone && memory.errands.size > 0 ? wake() : undefined),
      (cause: unknown) => {
        log.warn({ cause: String(cause) }, 'telling Retainer broke; it is tried again');
        timer ??= setTimeout(goOn, LONGEST_WAIT_MS).unref();
      },
    );
  };
  const wake = (): void => {
    if (memory.errands.size >= MOST_TOGETHER && waitMs === FIRST_WAIT_MS) return goOn();
    timer ??= setTimeout(goOn, LINGER_MS).unref();
  };

  return {
    of: (events) => errandOf((serial += 1), events),
    wake,
    idle: () => tellUntil(memory, serial, start),
    close: () => clearTimeout(timer),
  };
}

// Under load there is always one more; who asks wants those told that there are now.
async function tellUntil(
  memory: Memory,
  last: number,
  tellSome: () => Promise<boolean>,
): Promise<boolean> {
  for (let [first] = memory.errands.all(); first; [first] = memory.errands.all()) {
    if (Number(first.id) > last) break;
    // oxlint-disable-next-line no-await-in-loop -- in their order
    if (!(await tellSome())) return false;
  }
  return true;
}

function errandOf(serial: number, events: readonly HookEvent[]): Change {
  const id = String(serial).padStart(12, '0');
  return { kind: 'errand', id, value: { id, events } };
}

function doneWith({ id }: Errand): Change {
  return { kind: 'errand', id, value: undefined };
}

function lastSerial(memory: Memory): number {
  let last = 0;
  for (const { id } of memory.errands.all()) last = Math.max(last, Number(id));
  return last;
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
): Promise<readonly Change[]> {
  const events = batch.flatMap((errand) => errand.events);
  // What Retainer will never take is refused by itself: telling it again would stop all that follows.
  const outcomes = await tellApart(
    events,
    async (some) => (await hooks.events({ events: some })).results,
  );
  return events.flatMap((event, index) => {
    const outcome = outcomes[index];
    return outcome ? whenTold({ event, outcome }) : [];
  });
}
