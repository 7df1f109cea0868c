/** Counters say how often they were written, so that a writer can insist on the ones it remembers. */
export const counterRevisions = {
  name: '0003-counter-revisions',
  sql: `
alter table retainer.usage_counter add column revision bigint not null default 0;
comment on column retainer.usage_counter.revision is 'how often the counter was written: a batch writes only over the revision it computed from';

-- Fails the transaction of a batch that was computed from something out of date; the gate then runs it again.
create function retainer.insist(holds boolean) returns void
  language plpgsql set search_path = pg_catalog as $$
begin
  if holds is not true then
    raise exception 'what this batch was computed from is out of date' using errcode = 'RT001';
  end if;
end $$;
`,
} as const;
