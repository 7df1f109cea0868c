/** What parts of answers are kept under: when what tools cost was last changed, month by month, and posts that came late. */
export const marks = {
  name: '0008-marks',
  sql: `
create table retainer.tool_month (
  agency_id text collate "C" not null,
  month date not null check (extract(day from month) = 1),
  version bigint not null,
  primary key (agency_id, month)
);
comment on table retainer.tool_month is 'raised by whatever changes a share of a tool whose span touches the month; who is missing never was since this table came';

alter table retainer.tool_month enable row level security;
create policy tenant on retainer.tool_month
  using (agency_id = (select current_setting('retainer.agency', true)))
  with check (agency_id = (select current_setting('retainer.agency', true)));

-- By the database and not by the refresh: a process of the version before knows nothing of these months.
create function retainer.raise_tool_months() returns trigger language plpgsql as $$
begin
  insert into retainer.tool_month as t (agency_id, month, version)
    select distinct s.agency_id, m::date, 1
    from (select distinct agency_id, from_date, to_date from changed where kind = 'tool') s,
      generate_series(date_trunc('month', s.from_date::timestamp), s.to_date::timestamp, '1 month') m
    on conflict (agency_id, month) do update set version = t.version + 1;
  return null;
end $$;
create trigger raise_new after insert on retainer.leaf referencing new table as changed
  for each statement execute function retainer.raise_tool_months();
create trigger raise_gone after delete on retainer.leaf referencing old table as changed
  for each statement execute function retainer.raise_tool_months();
create trigger raise_before after update on retainer.leaf referencing old table as changed
  for each statement execute function retainer.raise_tool_months();
create trigger raise_after after update on retainer.leaf referencing new table as changed
  for each statement execute function retainer.raise_tool_months();

-- The months of all clients together: by client, as the other index has them, each would be looked up apart.
create index leaf_tool_day on retainer.leaf (agency_id, to_date) include (client_id, from_date, agency_minor) where kind = 'tool';

-- That a post came is seen by how many came since yesterday. One that is told to have come before, that came at another
-- time after all, or is no more, is announced as any other fact is.
create trigger announce_late after insert on retainer.post for each row
  when (new.created_at < now() - interval '12 hours') execute function retainer.announce_post();
create trigger announce_moved after update of created_at on retainer.post for each row
  when (old.created_at is distinct from new.created_at) execute function retainer.announce_post();
create trigger announce_gone after delete on retainer.post for each row execute function retainer.announce_post();
`,
} as const;
