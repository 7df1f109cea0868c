/**
 * In SQL: who wrote the rows of a group last, as one text. A committed writer never writes again, so whatever changes,
 * adds or takes away a row of the group makes it another; of how many rows there are, taking away alone does.
 */
export const WRITERS = `count(*) || '/' || coalesce(sum(hashtextextended(xmin::text, 0)), 0)`;
