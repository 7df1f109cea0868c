import { tick } from 'svelte';

import { Failure, failureOf, type Issue } from '../../connection/failure.ts';

/** What a form does with what was filled in; the key is the same as long as the values are. */
export type Send<TValues> = (values: TValues, idempotencyKey: string) => Promise<void>;

/**
 * What is filled into a form, and what became of sending it. Nothing that was filled in is lost when it is refused; while
 * it is under way it is not sent again, and sent again unchanged it carries the same key.
 */
export class FormState<TValues extends object> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the constructor fills it
  values: TValues = $state() as TValues;
  failure: Failure | undefined = $state.raw();
  isBusy = $state(false);
  readonly #send: Send<TValues>;
  #last: { readonly text: string; readonly key: string } | undefined;

  constructor(values: TValues, send: Send<TValues>) {
    this.values = values;
    this.#send = send;
  }

  /** What is wrong with a field, by its path in the request; also what is wrong inside of it. */
  issueOf = (path: string): string | undefined =>
    this.failure?.issues.find((issue) => isWithin(issue, path))?.message;

  /** What is wrong with the whole, or with what no field of `paths` is for. */
  othersThan(paths: readonly string[]): string | undefined {
    const { failure } = this;
    if (!failure) return undefined;
    const isTold =
      failure.issues.length > 0 && failure.issues.every((issue) => isOneOf(issue, paths));
    return isTold ? undefined : failure.message;
  }

  /** Says what is wrong before it is sent. */
  refuse(issues: readonly Issue[], message: string): void {
    this.failure = new Failure('invalid_input', message, { issues });
  }

  /** Sends; resolves to whether it was taken. */
  submit = async (): Promise<boolean> => {
    if (this.isBusy) return false;
    this.isBusy = true;
    this.failure = undefined;
    try {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a snapshot of plain values has their type
      const values = $state.snapshot(this.values) as TValues;
      await this.#send(values, this.#keyOf(values));
      this.#last = undefined;
      return true;
    } catch (thrown) {
      this.failure = failureOf(thrown);
      return false;
    } finally {
      this.isBusy = false;
    }
  };

  #keyOf(values: TValues): string {
    const text = JSON.stringify(values);
    if (this.#last?.text !== text) this.#last = { text, key: newKey() };
    return this.#last.key;
  }
}

/** Puts the focus on the first field that is wrong, once that is shown. */
export async function focusFirstWrong(form: HTMLElement): Promise<void> {
  await tick();
  const wrong = form.querySelector<HTMLElement>('[aria-invalid="true"], [role="alert"]');
  wrong?.focus();
}

// `randomUUID` is there on secure pages alone.
function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
}

function isOneOf(issue: Issue, paths: readonly string[]): boolean {
  return paths.some((path) => isWithin(issue, path));
}

function isWithin({ path: told }: Issue, path: string): boolean {
  return told === path || told.startsWith(`${path}.`);
}
