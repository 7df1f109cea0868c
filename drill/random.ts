/** Numbers that look like chance and are the same for the same seed. */
export interface Random {
  /** From 0 up to, but not, 1. */
  readonly next: () => number;
  /** A whole number, both ends included. */
  readonly whole: (least: number, most: number) => number;
  /** One of a list that has some. */
  readonly pick: <T>(of: readonly T[]) => T;
  /** The same list in another order. */
  readonly shuffled: <T>(list: readonly T[]) => T[];
}

/** A source of its own for each `stream` of a seed. */
export function createRandom(seed: number, stream = 0): Random {
  // Mulberry32, by Tommy Ettinger, in the public domain.
  let state = Math.imul(seed, 0x9e_37_79_b1) ^ Math.imul(stream + 1, 0x85_eb_ca_6b);
  const next = (): number => {
    state = (state + 0x6d_2b_79_f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const whole = (least: number, most: number): number =>
    least + Math.floor(next() * (most - least + 1));
  return {
    next,
    whole,
    pick(of) {
      const picked = of[whole(0, of.length - 1)];
      if (picked === undefined) throw new Error('Nothing to pick from');
      return picked;
    },
    shuffled(list) {
      const left = [...list];
      return list.flatMap(() => left.splice(whole(0, left.length - 1), 1));
    },
  };
}
