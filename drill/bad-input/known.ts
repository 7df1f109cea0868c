import { isFields } from './fields.ts';

/** Stands in a request for an id that was answered before, until it is sent. */
export class Known {
  readonly name: string;
  readonly nth: number;

  constructor(name: string, nth: number) {
    this.name = name;
    this.nth = nth;
  }
}

/** The ids that were answered, by the name of their field. */
export interface Knowledge {
  readonly learn: (answer: unknown) => void;
  /** The same with an id for each that stands in it. */
  readonly fill: (value: unknown) => unknown;
}

const MOST = 20;
/** Of a hundred, how many mean the id that was known first. */
const USUAL = 60;

/** Knows these at first, and never forgets them. */
export function createKnowledge(first: Readonly<Record<string, string>>): Knowledge {
  const ids = new Map(Object.entries(first).map(([name, id]) => [name, [id]]));
  const add = (name: string, id: string): void => {
    const known = ids.get(name) ?? [];
    if (known.includes(id)) return;
    ids.set(name, known.length < MOST ? [...known, id] : [...known.slice(0, MOST - 1), id]);
  };
  const learn = (answer: unknown): void => {
    if (Array.isArray(answer)) for (const one of answer.slice(0, 3)) learn(one);
    if (!isFields(answer)) return;
    for (const [name, value] of Object.entries(answer)) {
      if (typeof value === 'string' && name.endsWith('Id')) add(name, value);
      else learn(value);
    }
  };
  const fill = (value: unknown): unknown => {
    if (value instanceof Known) {
      const known = ids.get(value.name) ?? [];
      // Mostly the first, which is there.
      return known[value.nth < USUAL ? 0 : value.nth % known.length] ?? 'unknown';
    }
    if (Array.isArray(value)) return value.map(fill);
    if (!isFields(value)) return value;
    return fieldsOf(Object.entries(value).map(([name, one]) => [name, fill(one)]));
  };
  return { learn, fill };
}

/** An object with these as its own fields, whatever they are called. */
export function fieldsOf(entries: readonly (readonly [string, unknown])[]): object {
  const made: object = {};
  for (const [name, value] of entries) {
    Object.defineProperty(made, name, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return made;
}
