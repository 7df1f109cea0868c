import type { HookCalls } from '../calls/hook-calls.ts';
import { HookError } from '../calls/hook-error.ts';
import type { Outbox, Refusal } from '../outbox/outbox.ts';
import type { Clock } from './clock.ts';
import { tellSome } from './delivery.ts';

/** What is left once everything was tried. */
export interface Drained {
  readonly delivered: number;
  readonly waiting: number;
  readonly refused: number;
  /** Why it stopped before everything was told. */
  readonly problem: Error | undefined;
}

/** Delivers what an outbox holds. */
export interface Courier {
  /** Delivers soon, in the background; when that fails, again and again after growing pauses. */
  readonly wake: () => void;
  /** Delivers now all that it can. */
  readonly drain: () => Promise<Drained>;
  /** Delivers what waits in one lane; rejects with a `HookError` if that cannot be done now. */
  readonly clear: (lane: string) => Promise<void>;
  /** Stops after what is under way, and closes the outbox. */
  readonly close: () => Promise<void>;
}

/** What a courier works with. */
export interface CourierOptions {
  readonly outbox: Outbox;
  readonly calls: HookCalls;
  readonly clock: Clock;
  /** Something got through. */
  readonly onDelivered: () => void;
  /** Hears what stands in the way, and of each message that was refused. */
  readonly onProblem: (problem: Error) => void;
}

const SHORTEST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 60_000;
const MOST_AT_ONCE = 200;

/** A courier for one outbox. */
export function createCourier(options: CourierOptions): Courier {
  const { outbox, calls, onProblem } = options;
  const inTurn = turnsOf(outbox);

  /** Delivers the oldest that wait, and answers with how many. */
  const deliver = async (lane?: string): Promise<number> => {
    const which = lane === undefined ? {} : { lane };
    const entries = await outbox.waiting({ limit: MOST_AT_ONCE, ...which });
    if (entries.length === 0) return 0;
    const handled = await tellSome(calls, entries);
    await outbox.settle(handled);
    options.onDelivered();
    for (const { refusal } of handled) if (refusal) onProblem(refused(refusal));
    return handled.length;
  };

  const drain = async (): Promise<Drained> => {
    let delivered = 0;
    let problem: Error | undefined;
    try {
      for (let told = -1; told !== 0;) {
        // oxlint-disable-next-line no-await-in-loop -- in their order
        told = await inTurn(() => deliver());
        delivered += told;
      }
    } catch (error) {
      problem = asError(error);
    }
    return { delivered, ...(await outbox.size()), problem };
  };

  const waker = createWaker(drain, options);
  return {
    wake: waker.wake,
    drain,
    async clear(lane) {
      const isEmpty = async () => (await outbox.waiting({ limit: 1, lane })).length === 0;
      while (!(await isEmpty())) {
        // Where another process delivers, it may tell the same: told twice in its order, a lane comes to the same.
        // oxlint-disable-next-line no-await-in-loop -- in their order
        await inTurn(() => deliver(lane)).catch((error: unknown) => {
          if (error instanceof HookError && error.code === 'not_asked') return deliver(lane);
          throw error;
        });
      }
    },
    async close() {
      waker.stop();
      await inTurn(async () => undefined).catch(() => undefined);
      await outbox.close();
    },
  };
}

/** Drains in the background whenever there is something to deliver, and after growing pauses while that fails. */
function createWaker(
  drain: () => Promise<Drained>,
  { clock, onProblem }: Pick<CourierOptions, 'clock' | 'onProblem'>,
): { readonly wake: () => void; readonly stop: () => void } {
  let isAwake = false;
  let isStopped = false;
  let failures = 0;
  let callOff: () => void = () => undefined;
  const failed = (problem: Error): void => {
    onProblem(problem);
    failures += 1;
    if (isStopped) return;
    callOff();
    callOff = clock.after(pauseAfter(failures, problem), wake);
  };
  const wake = (): void => {
    if (isAwake || isStopped) return;
    isAwake = true;
    void drain()
      .catch((error: unknown) => ({ problem: asError(error), waiting: 0 }))
      .then(({ waiting, problem }) => {
        isAwake = false;
        if (problem) return failed(problem);
        failures = 0;
        // It came after the last look.
        if (waiting > 0) wake();
      });
  };
  return {
    wake,
    stop() {
      isStopped = true;
      callOff();
    },
  };
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

type InTurn = <T>(work: () => Promise<T>) => Promise<T>;

/** One after the other within this process; among processes the outbox sees to it. */
function turnsOf(outbox: Outbox): InTurn {
  let last: Promise<unknown> = Promise.resolve();
  return async (work) => {
    const mine = last.then(() => outbox.exclusively(work));
    last = mine.catch(() => undefined);
    const done = await mine;
    if (done) return done.value;
    throw new HookError('Another process delivers from this outbox.', { code: 'not_asked' });
  };
}

// Half of the pause is left to chance, so that many hosts do not come back at once.
function pauseAfter(failures: number, problem: unknown): number {
  const grown = Math.min(LONGEST_PAUSE_MS, SHORTEST_PAUSE_MS * 2 ** Math.min(failures, 10));
  const asked = problem instanceof HookError ? (problem.retryAfterMs ?? 0) : 0;
  return Math.max(asked, grown * (0.5 + Math.random() / 2));
}

function refused({ code, detail }: Refusal): HookError {
  return new HookError(detail, { code, status: 422 });
}
