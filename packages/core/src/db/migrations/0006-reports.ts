/** Scheduled reports: when each client is looked at, the reports as they were made, and their files. */
export const reports = {
  name: '0006-reports',
  sql: `
alter table retainer.client
  add column scheduled_reports boolean not null default true,
  add column report_recipients jsonb not null default '[]' check (jsonb_array_length(report_recipients) <= 20);

-- No foreign key to the client in this file: its row is the gate's lock.
create table retainer.report_schedule (
  agency_id text collate "C" not null,
  client_id text collate "C" not null,
  looked_at timestamptz,
  next_at timestamptz not null,
  primary key (agency_id, client_id)
);
comment on column retainer.report_schedule.looked_at is 'periods that ended by then were looked at; null before the first look';
create index report_schedule_next on retainer.report_schedule (next_at, agency_id);

create table retainer.report (
  agency_id text collate "C" not null,
  id uuid not null,
  client_id text collate "C" not null,
  cadence text check (cadence in ('monthly', 'biweekly', 'weekly')),
  key text collate "C",
  start_date date not null,
  end_date date not null check (end_date >= start_date),
  counts_at timestamptz not null,
  state text not null check (state in ('due', 'denied', 'made', 'sent', 'failed')),
  level text check (level in ('basic', 'standard', 'advanced')),
  content jsonb check (octet_length(content::text) <= 1048576),
  denial jsonb,
  created_at timestamptz not null,
  made_at timestamptz,
  recipients jsonb,
  mailing integer not null default 0,
  sent_at timestamptz,
  sent_to jsonb,
  attempts integer not null default 0,
  next_attempt_at timestamptz,
  last_error text,
  primary key (agency_id, id),
  check ((state in ('due', 'denied')) = (content is null)),
  check ((content is null) = (made_at is null)),
  check ((state = 'denied') = (denial is not null)),
  check (cadence is null or key is null)
);
comment on column retainer.report.cadence is 'null: somebody asked for it';
comment on column retainer.report.counts_at is 'the moment at which it takes one of the reports meter, whenever it is made';
comment on column retainer.report.recipients is 'whom the mail is for that is under way; null when none is';
comment on column retainer.report.mailing is 'grows with each time it is to be mailed again: repeats of one mailing carry one Message-ID';
comment on column retainer.report.next_attempt_at is 'when a worker takes it up; while one is at it, when another may. Null: nothing is left to do';
create unique index report_period on retainer.report (agency_id, client_id, cadence, start_date) where cadence is not null;
create unique index report_key on retainer.report (agency_id, client_id, key) where key is not null;
create index report_client on retainer.report (agency_id, client_id, end_date, id);
create index report_work on retainer.report (next_attempt_at, agency_id) where next_attempt_at is not null;

create table retainer.report_file (
  agency_id text collate "C" not null,
  report_id uuid not null,
  name text not null,
  media_type text not null,
  bytes bytea not null check (octet_length(bytes) between 1 and 8388608),
  primary key (agency_id, report_id),
  foreign key (agency_id, report_id) references retainer.report
);

-- What was made stays as it was made, whatever code may come.
create function retainer.refuse_rewriting() returns trigger language plpgsql as $$
begin
  raise exception 'a report stays as it was made' using errcode = 'restrict_violation';
end $$;
create trigger stays before update on retainer.report for each row
  when (old.content is not null and (old.client_id, old.start_date, old.end_date, old.content, old.made_at)
    is distinct from (new.client_id, new.start_date, new.end_date, new.content, new.made_at))
  execute function retainer.refuse_rewriting();
create trigger stays before update or delete on retainer.report_file
  for each row execute function retainer.refuse_rewriting();

-- Whoever is given a tier is looked at from then on.
insert into retainer.report_schedule (agency_id, client_id, next_at)
  select distinct agency_id, client_id, '-infinity'::timestamptz from retainer.assignment;
create function retainer.schedule_reports() returns trigger language plpgsql as $$
begin
  insert into retainer.report_schedule (agency_id, client_id, next_at)
    select distinct agency_id, client_id, '-infinity'::timestamptz from changed
    on conflict do nothing;
  return null;
end $$;
create trigger schedule_reports after insert on retainer.assignment referencing new table as changed
  for each statement execute function retainer.schedule_reports();

-- row-level security --------------------------------------------------------------------------
do $$
declare t record;
begin
  for t in
    select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'retainer' and c.relkind in ('r', 'p') and c.relname <> 'migration' and not c.relrowsecurity
  loop
    execute format('alter table retainer.%I enable row level security', t.relname);
    execute format(
      'create policy tenant on retainer.%I using (agency_id = (select current_setting(''retainer.agency'', true))) with check (agency_id = (select current_setting(''retainer.agency'', true)))',
      t.relname);
  end loop;
end $$;

create function retainer.agencies_with_report_work(at timestamptz) returns setof text
  language sql stable security definer set search_path = pg_catalog as
  $$ select agency_id from retainer.report_schedule where next_at <= at
     union select agency_id from retainer.report where next_attempt_at <= at $$;
`,
} as const;
