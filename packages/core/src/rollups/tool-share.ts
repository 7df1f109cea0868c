// SQL that sums of clients and of months are both made with.

/**
 * What the days from one to another, both included, bear of the tool leaf `l`: in the agency's currency, or in the
 * client's own.
 */
export function toolShare(
  first: string,
  last: string,
  amount: 'agency_minor' | 'client_minor' = 'agency_minor',
): string {
  const upTo = (count: string): string =>
    `retainer.days_share(l.${amount}, l.to_date - l.from_date + 1, ${count})`;
  // Most spans lie within the days as a whole, and then nothing need be divided.
  return `case when l.from_date >= ${first} and l.to_date <= ${last} then l.${amount}
    else ${upTo(`least(l.to_date, ${last}) - l.from_date + 1`)} - ${upTo(`greatest(${first} - l.from_date, 0)`)} end`;
}
