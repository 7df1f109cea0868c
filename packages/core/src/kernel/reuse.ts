interface Known<T> {
  readonly inputs: readonly unknown[];
  readonly value: T;
}

/**
 * Remembers what was worked out of each subject last, and of which other inputs: with the very same ones it is not
 * worked out again. For pure rules, of objects that nobody changes; it goes with its subject.
 */
export function createReuse<T>(): (
  subject: object,
  inputs: readonly unknown[],
  work: () => T,
) => T {
  const last = new WeakMap<object, Known<T>>();
  return (subject, inputs, work) => {
    const known = last.get(subject);
    if (known && areSame(known.inputs, inputs)) return known.value;
    const value = work();
    last.set(subject, { inputs, value });
    return value;
  };
}

function areSame(a: readonly unknown[], b: readonly unknown[]): boolean {
  for (let index = 0; index < b.length; index += 1) if (a[index] !== b[index]) return false;
  return a.length === b.length;
}
