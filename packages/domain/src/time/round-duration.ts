/** How billable time is rounded: to a multiple of so many minutes, each entry or the sum of a client's day. */
export interface DurationRounding {
  readonly mode: 'up' | 'down' | 'nearest';
  readonly minutes: number;
  readonly per: 'entry' | 'client_day';
}

/** The seconds as a multiple of the rule's minutes; multiples stay, and the nearest to a half is the one above. */
export function roundDuration(
  seconds: number,
  { mode, minutes }: Pick<DurationRounding, 'mode' | 'minutes'>,
): number {
  const step = minutes * 60;
  if (!(step > 0)) throw new RangeError('time is rounded to a number of minutes above 0');
  switch (mode) {
    case 'up':
      return Math.ceil(seconds / step) * step;
    case 'down':
      return Math.floor(seconds / step) * step;
    case 'nearest':
      return Math.floor(seconds / step + 0.5) * step;
  }
}

/** The billable seconds of the entries that one client had on one day; without a rule they stay as they are. */
export function billableSeconds(
  entries: readonly number[],
  rule: DurationRounding | undefined,
): number {
  const sum = (all: readonly number[]): number => all.reduce((total, one) => total + one, 0);
  if (rule === undefined) return sum(entries);
  return rule.per === 'client_day'
    ? roundDuration(sum(entries), rule)
    : sum(entries.map((seconds) => roundDuration(seconds, rule)));
}
