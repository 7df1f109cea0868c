import { ratioOf, type Ratio } from '../money/ratio.ts';

/** What somebody worked for clients, out of the time there was; null when nobody said how much there was. */
export interface WorkedTime {
  readonly billableSeconds: bigint;
  readonly availableSeconds: bigint | null;
}

/** The billable share of the time that was available. */
export function utilisation({ billableSeconds, availableSeconds }: WorkedTime): Ratio {
  return ratioOf(billableSeconds, availableSeconds);
}

/** The same of several people, as one ratio of sums: who has no available time leaves both of them. */
export function teamUtilisation(people: readonly WorkedTime[]): Ratio {
  let billableSeconds = 0n;
  let availableSeconds = 0n;
  for (const person of people) {
    if (person.availableSeconds === null || person.availableSeconds === 0n) continue;
    billableSeconds += person.billableSeconds;
    availableSeconds += person.availableSeconds;
  }
  return utilisation({ billableSeconds, availableSeconds });
}
