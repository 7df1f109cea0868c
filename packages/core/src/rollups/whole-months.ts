// SQL that reads a range of days mostly from the rollup by month.

/**
 * The days from $1 to $2, both included, as `whole`, the whole months among them, and `edges`, the days before and
 * after these; a range without a whole month is one edge. Where there are none, nothing is looked up.
 */
export const WHOLE_MONTHS = `range as (
  select $1::date as first, $2::date + 1 as past,
    (date_trunc('month', $1::date - 1) + interval '1 month')::date as month_first,
    date_trunc('month', $2::date + 1)::date as month_past
), whole as (
  select month_first as since, month_past as past from range where month_first < month_past
), edges as (
  select first as since, past from range where month_first >= month_past
  union all
  select first, month_first from range where first < month_first and month_first < month_past
  union all
  select month_past, past from range where month_past < past and month_first < month_past
)`;
