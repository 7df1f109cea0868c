import { untrack } from 'svelte';

import { failureOf, type Failure } from '../../connection/failure.ts';

/** Asks for something; the signal ends it when nobody waits for it any more. */
export type Ask<TAnswer> = (signal: AbortSignal) => Promise<TAnswer>;

/**
 * Something that is read from the API and may be read again. What is known stays in sight while the next answer is on
 * its way, and when that does not come.
 */
export class Resource<TAnswer> {
  data: TAnswer | undefined = $state.raw();
  failure: Failure | undefined = $state.raw();
  isBusy = $state(false);
  #ask: Ask<TAnswer> | undefined;
  #running: AbortController | undefined;

  /** Asks, in place of what was asked for before. */
  async read(ask: Ask<TAnswer>): Promise<void> {
    this.#ask = ask;
    this.#running?.abort();
    const running = new AbortController();
    this.#running = running;
    this.isBusy = true;
    try {
      const data = await ask(running.signal);
      if (running.signal.aborted) return;
      this.data = data;
      this.failure = undefined;
    } catch (thrown) {
      if (running.signal.aborted) return;
      this.failure = failureOf(thrown);
    }
    this.isBusy = false;
  }

  /** Asks for the same again. */
  retry = async (): Promise<void> => {
    if (this.#ask) await this.read(this.#ask);
  };

  /** Ends what is under way. */
  stop(): void {
    this.#running?.abort();
    this.isBusy = false;
  }
}

/**
 * A resource of the component that is being made: it asks at once, and again whenever something changes that `asking`
 * read. Where `asking` gives undefined, it waits.
 */
export function useResource<TAnswer>(asking: () => Ask<TAnswer> | undefined): Resource<TAnswer> {
  const resource = new Resource<TAnswer>();
  $effect(() => {
    const ask = asking();
    if (ask) untrack(() => void resource.read(ask));
  });
  $effect(() => () => resource.stop());
  return resource;
}
