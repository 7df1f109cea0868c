import type { Answer, Contender, Question, Row } from './question.ts';

/** Fails unless everybody answers the same questions alike, row for row: else their speeds mean nothing. */
export async function assertAgreement(
  contenders: readonly Contender[],
  questions: readonly Question[],
): Promise<void> {
  for (const question of questions) {
    const [first, ...others] = await Promise.all(contenders.map(({ answer }) => answer(question)));
    if (!first?.get('total')?.impressions) {
      throw new Error(`${JSON.stringify(question)}: an answer of nothing compares nothing`);
    }
    for (const [index, other] of others.entries()) {
      const names = `${contenders[0]?.name} and ${contenders[index + 1]?.name}`;
      const difference = differenceOf(first, other);
      if (difference) {
        throw new Error(`${names} differ on ${JSON.stringify(question)}: ${difference}`);
      }
    }
  }
}

const NOTHING: Row = {
  impressions: null,
  engagement: null,
  clicks: null,
  posts: 0,
  leads: 0,
  conversions: 0,
  costMinor: 0,
  revenueMinor: 0,
};

// A row of nothing may be there or not.
function differenceOf(one: Answer, other: Answer): string | undefined {
  for (const name of new Set([...one.keys(), ...other.keys()])) {
    const [left, right] = [
      JSON.stringify(one.get(name) ?? NOTHING),
      JSON.stringify(other.get(name) ?? NOTHING),
    ];
    if (left !== right) return `${name}: ${left} and ${right}`;
  }
  return undefined;
}
