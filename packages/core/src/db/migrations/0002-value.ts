/** Value tracking: the facts of cost and value, their leaves, and the rollups by day and month that every figure is read from. */
export const value = {
  name: '0002-value',
  sql: `
-- assumptions of the agency ----------------------------------------------------
alter table retainer.agency
  add column reporting_splits_time text not null default 'split' check (reporting_splits_time in ('split', 'start')),
  add column time_rounding text not null default 'none' check (time_rounding in ('none', 'up', 'down', 'nearest')),
  add column time_rounding_minutes integer not null default 15 check (time_rounding_minutes between 1 and 1440),
  add column time_rounding_per text not null default 'entry' check (time_rounding_per in ('entry', 'client_day')),
  add column saved_time_in_roi boolean not null default false;

-- what is known of campaigns -----------------------------------------------------
-- No foreign key to the client in this file: its row is the gate's lock.
create table retainer.campaign (
  agency_id text collate "C" not null,
  client_id text collate "C" not null,
  id text collate "C" not null check (char_length(id) between 1 and 128),
  name text not null,
  starts_on date,
  ends_on date check (ends_on >= starts_on),
  created_at timestamptz not null,
  archived_at timestamptz,
  primary key (agency_id, client_id, id)
);

-- cost facts ---------------------------------------------------------------------
create table retainer.time_entry (
  agency_id text collate "C" not null,
  id uuid not null,
  client_id text collate "C" not null,
  campaign_id text collate "C",
  person text collate "C" not null,
  role text collate "C",
  activity text not null default '',
  note text not null default '',
  started_at timestamptz,
  ended_at timestamptz check (ended_at >= started_at),
  local_date date,
  seconds bigint check (seconds >= 0),
  billable boolean not null default true,
  source text not null check (source in ('manual', 'timer', 'estimated', 'import')),
  rate_minor bigint check (rate_minor >= 0),
  currency text check (currency ~ '^[A-Z]{3}$'),
  platform text collate "C",
  content_type text collate "C",
  post_id text collate "C",
  occurrence text collate "C",
  baseline_seconds bigint check (baseline_seconds >= 0),
  key text collate "C",
  created_at timestamptz not null,
  edited_at timestamptz,
  deleted_at timestamptz,
  primary key (agency_id, id),
  check (num_nonnulls(started_at, local_date) = 1),
  check (local_date is null or seconds is not null),
  check ((rate_minor is null) = (currency is null)),
  check (source <> 'estimated' or (post_id is not null and occurrence is not null))
);
comment on column retainer.time_entry.ended_at is 'null beside a start: the timer runs, and enters no total';
comment on column retainer.time_entry.baseline_seconds is 'what the same would have taken by hand; beside seconds it is the time saved';
create index time_entry_client on retainer.time_entry (agency_id, client_id, coalesce(local_date, (started_at at time zone 'UTC')::date), id);
create index time_entry_agency on retainer.time_entry (agency_id, coalesce(local_date, (started_at at time zone 'UTC')::date), id);
create unique index time_entry_key on retainer.time_entry (agency_id, client_id, key) where key is not null;
create unique index time_entry_estimated on retainer.time_entry (agency_id, client_id, post_id, occurrence) where source = 'estimated';
create unique index time_entry_running on retainer.time_entry (agency_id, person)
  where ended_at is null and started_at is not null and deleted_at is null;

create table retainer.rate (
  agency_id text collate "C" not null,
  id uuid not null,
  level text not null check (level in ('person_campaign', 'campaign', 'person_client', 'client', 'person', 'role', 'agency')),
  person text collate "C" not null default '',
  role text collate "C" not null default '',
  client_id text collate "C" not null default '',
  campaign_id text collate "C" not null default '',
  from_date date not null,
  rate_minor bigint check (rate_minor >= 0),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  created_at timestamptz not null,
  primary key (agency_id, id),
  unique (agency_id, level, person, role, client_id, campaign_id, from_date)
);
-- What agencies had set before there were rates held from the first day on.
insert into retainer.rate (agency_id, id, level, from_date, rate_minor, currency, created_at)
  select id, gen_random_uuid(), 'agency', '0001-01-01', hourly_rate_minor, currency, now()
  from retainer.agency where hourly_rate_minor is not null;
comment on column retainer.rate.rate_minor is 'of one hour; null inherits the next wider level from that day on, 0 is a rate';

create table retainer.tool_cost (
  agency_id text collate "C" not null,
  id uuid not null,
  client_id text collate "C",
  name text not null,
  allocation text not null check (allocation in ('equal', 'active_days', 'posts', 'seconds', 'custom')),
  weights jsonb,
  amount_minor bigint not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  starts_on date not null,
  ends_on date check (ends_on >= starts_on),
  every_months integer check (every_months > 0),
  key text collate "C",
  created_at timestamptz not null,
  edited_at timestamptz,
  deleted_at timestamptz,
  primary key (agency_id, id),
  check (every_months is not null or ends_on is not null),
  check ((allocation = 'custom') = (weights is not null))
);
comment on column retainer.tool_cost.client_id is 'null: the whole agency uses it, and allocation says how its clients share it';
comment on column retainer.tool_cost.every_months is 'null: one amount over the span; else one amount for each so many months from starts_on';
create unique index tool_cost_key on retainer.tool_cost (agency_id, key) where key is not null;

create table retainer.client_cost (
  agency_id text collate "C" not null,
  id uuid not null,
  client_id text collate "C" not null,
  kind text not null check (kind in ('ad_spend', 'other')),
  name text not null default '',
  campaign_id text collate "C",
  platform text collate "C",
  from_date date not null,
  to_date date not null check (to_date >= from_date),
  amount_minor bigint not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  key text collate "C",
  created_at timestamptz not null,
  edited_at timestamptz,
  deleted_at timestamptz,
  primary key (agency_id, id)
);
create index client_cost_client on retainer.client_cost (agency_id, client_id, kind, from_date, id);
create unique index client_cost_key on retainer.client_cost (agency_id, client_id, key) where key is not null;

create table retainer.exchange_rate (
  agency_id text collate "C" not null,
  base text not null check (base ~ '^[A-Z]{3}$'),
  quote text not null check (quote ~ '^[A-Z]{3}$' and quote <> base),
  on_date date not null,
  rate numeric not null check (rate > 0),
  source text not null default '',
  created_at timestamptz not null,
  primary key (agency_id, base, quote, on_date)
);

-- A fact keeps the exchange rate it was given, whatever is published later.
create table retainer.fact_rate (
  agency_id text collate "C" not null,
  client_id text collate "C" not null,
  kind text not null,
  fact_id text collate "C" not null,
  on_date date not null,
  from_currency text not null,
  to_currency text not null,
  numerator numeric not null,
  denominator numeric not null,
  rate_date date not null,
  primary key (agency_id, client_id, kind, fact_id, on_date, from_currency, to_currency)
);

-- plans and assumptions ------------------------------------------------------------
create table retainer.budget (
  agency_id text collate "C" not null,
  client_id text collate "C" not null,
  month date not null check (extract(day from month) = 1),
  kind text not null check (kind in ('money', 'hours')),
  amount_minor bigint check (amount_minor >= 0),
  currency text check (currency ~ '^[A-Z]{3}$'),
  seconds bigint check (seconds >= 0),
  changed_at timestamptz not null,
  primary key (agency_id, client_id, month, kind),
  check ((kind = 'money') = (amount_minor is not null and currency is not null)),
  check ((kind = 'hours') = (seconds is not null))
);
create table retainer.target (
  agency_id text collate "C" not null,
  client_id text collate "C" not null default '',
  metric text not null,
  month date not null check (extract(day from month) = 1),
  value numeric not null,
  direction text not null check (direction in ('more', 'less')),
  changed_at timestamptz not null,
  primary key (agency_id, client_id, metric, month)
);
comment on column retainer.target.client_id is 'empty: the goal is the whole agency''s';
create table retainer.capacity (
  agency_id text collate "C" not null,
  person text collate "C" not null,
  month date not null check (extract(day from month) = 1),
  seconds bigint not null check (seconds >= 0),
  changed_at timestamptz not null,
  primary key (agency_id, person, month)
);
create table retainer.time_saved_baseline (
  agency_id text collate "C" not null,
  content_type text collate "C" not null,
  from_date date not null,
  version integer not null check (version > 0),
  baseline_seconds bigint not null check (baseline_seconds >= 0),
  actual_seconds bigint not null check (actual_seconds >= 0),
  changed_at timestamptz not null,
  primary key (agency_id, content_type, from_date)
);
comment on column retainer.time_saved_baseline.content_type is 'empty: every content type without its own';
create table retainer.benchmark (
  agency_id text collate "C" not null,
  client_id text collate "C" not null,
  from_date date not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  cpm_minor bigint not null check (cpm_minor >= 0),
  cpc_minor bigint not null check (cpc_minor >= 0),
  reaction_multiplier numeric not null check (reaction_multiplier >= 0),
  changed_at timestamptz not null,
  primary key (agency_id, client_id, from_date)
);

-- value facts -------------------------------------------------------------------------
create table retainer.conversion (
  agency_id text collate "C" not null,
  id uuid not null,
  client_id text collate "C" not null,
  kind text not null check (kind in ('lead', 'conversion', 'revenue')),
  local_date date not null,
  at timestamptz,
  count bigint not null check (count >= 0),
  amount_minor bigint,
  currency text check (currency ~ '^[A-Z]{3}$'),
  campaign_id text collate "C",
  platform text collate "C",
  post_id text collate "C",
  content_type text collate "C",
  source text not null,
  attribution_model text not null,
  key text collate "C",
  created_at timestamptz not null,
  edited_at timestamptz,
  deleted_at timestamptz,
  primary key (agency_id, id),
  check ((amount_minor is null) = (currency is null)),
  check (kind <> 'revenue' or amount_minor is not null),
  check (kind <> 'lead' or amount_minor is null)
);
create index conversion_post on retainer.conversion (agency_id, client_id, post_id) where post_id is not null;
create index conversion_client on retainer.conversion (agency_id, client_id, local_date, id);
create unique index conversion_key on retainer.conversion (agency_id, client_id, key) where key is not null;

create table retainer.series (
  agency_id text collate "C" not null,
  id bigint generated always as identity,
  client_id text collate "C" not null,
  level text not null check (level in ('post', 'account')),
  subject text collate "C" not null,
  platform text collate "C" not null,
  metric text collate "C" not null,
  kind text not null check (kind in ('lifetime', 'daily', 'window_total', 'gauge', 'rate')),
  window_days integer not null default 0 check (window_days >= 0),
  primary key (agency_id, id),
  unique (agency_id, client_id, level, subject, platform, metric, kind, window_days)
);
create index series_reach on retainer.series (agency_id, client_id) where metric = 'reach' and level = 'account';
comment on table retainer.series is 'one metric of one post or one channel on one platform; its observations follow each other in time';

create table retainer.observation (
  agency_id text collate "C" not null,
  series_id bigint not null,
  at timestamptz not null,
  client_id text collate "C" not null,
  local_date date not null,
  value numeric not null,
  primary key (agency_id, series_id, at)
);
comment on column retainer.observation.at is 'one that is dated by its day alone stands at the last millisecond of that day';
create index observation_day on retainer.observation (agency_id, client_id, local_date, series_id);

create table retainer.metric_role (
  agency_id text collate "C" not null,
  client_id text collate "C" not null,
  platform text collate "C" not null,
  level text not null check (level in ('post', 'account')),
  metric text collate "C" not null,
  kind text not null,
  columns text[] not null,
  primary key (agency_id, client_id, platform, level, metric, kind)
);
comment on table retainer.metric_role is 'which total each metric of a platform feeds, given what else the platform reports; kept by the refresh';

-- leaves: what each fact adds to which days ---------------------------------------------
create table retainer.leaf (
  agency_id text collate "C" not null,
  client_id text collate "C" not null,
  kind text not null check (kind in
    ('time', 'saved', 'tool', 'ad_spend', 'other', 'lead', 'conversion', 'revenue', 'post', 'placement')),
  fact_id text collate "C" not null,
  from_date date not null,
  to_date date not null check (to_date >= from_date),
  campaign_id text collate "C" not null default '',
  platform text collate "C" not null default '',
  content_type text collate "C" not null default '',
  post_id text collate "C",
  seconds bigint not null default 0,
  billable_seconds bigint not null default 0,
  baseline_seconds bigint not null default 0,
  count bigint not null default 0,
  amount_minor bigint,
  currency text,
  rate_level text,
  client_minor bigint,
  agency_minor bigint,
  missing boolean not null default false,
  primary key (agency_id, client_id, kind, fact_id, from_date, platform)
);
comment on column retainer.leaf.missing is 'the fact has an amount, but no hourly or exchange rate gives it yet';
comment on column retainer.leaf.to_date is 'an amount over several days is spread evenly, the first days take the odd minor units';
create index leaf_day on retainer.leaf (agency_id, client_id, from_date);
create index leaf_span on retainer.leaf (agency_id, client_id, to_date) where to_date > from_date;
create index leaf_told on retainer.leaf (agency_id, client_id, kind, from_date) where kind in ('lead', 'conversion', 'revenue');
create index leaf_earned on retainer.leaf (agency_id, client_id, from_date)
  where kind in ('conversion', 'revenue') and (amount_minor is not null or missing);
create index leaf_missing on retainer.leaf (agency_id, client_id) where missing;

create index leaf_tool_client on retainer.leaf (agency_id, client_id, to_date) where kind = 'tool';
create index leaf_tool on retainer.leaf (agency_id, fact_id, to_date) where kind = 'tool';

-- What day index (from 0) of so many days gets of an amount: the first days take the odd minor units.
create function retainer.day_share(amount bigint, days integer, index integer) returns bigint
  language sql immutable as
  $$ select sign(amount)::bigint * (abs(amount) / days + case when index < abs(amount) % days then 1 else 0 end) $$;
-- What the first \`count\` of so many days get together.
create function retainer.days_share(amount bigint, days integer, count integer) returns bigint
  language sql immutable as
  $$ select sign(amount)::bigint * (abs(amount) / days * count + least(count, abs(amount) % days)) $$;

-- rollups: sums by day and month, in the client's currency and in the agency's -----------
-- Costs of tools are not in them: one hour tracked moves every client's share, so they are read from their spans.
create table retainer.rollup_day (
  agency_id text collate "C" not null,
  client_id text collate "C" not null,
  dimension text not null check (dimension in ('client', 'platform', 'content_type', 'campaign')),
  local_date date not null,
  key text collate "C" not null,
  currency text not null,
  seconds bigint not null,
  billable_seconds bigint not null,
  saved_seconds bigint not null,
  saved_baseline_seconds bigint not null,
  saved_minor bigint not null,
  saved_missing bigint not null,
  time_minor bigint not null,
  time_missing bigint not null,
  ads_minor bigint not null,
  ads_missing bigint not null,
  other_minor bigint not null,
  other_missing bigint not null,
  revenue_minor bigint not null,
  revenue_missing bigint not null,
  leads bigint not null,
  conversions bigint not null,
  unpriced_conversions bigint not null,
  posts bigint not null,
  measured_posts bigint not null,
  impressions bigint,
  engagement bigint,
  clicks bigint,
  video_views bigint,
  rate_engagement bigint,
  rate_impressions bigint,
  ctr_clicks bigint,
  ctr_impressions bigint,
  primary key (agency_id, dimension, client_id, local_date, key, currency)
);
comment on column retainer.rollup_day.key is 'the platform, content type or campaign; empty: the fact names none';
comment on column retainer.rollup_day.impressions is 'null: nothing was observed, which is not the same as 0';
create index rollup_day_agency on retainer.rollup_day (agency_id, local_date) where dimension = 'client';
create table retainer.rollup_month (like retainer.rollup_day including defaults including constraints including comments);
alter table retainer.rollup_month rename column local_date to month;
alter table retainer.rollup_month add primary key (agency_id, dimension, month, client_id, key, currency);

create table retainer.value_state (
  agency_id text collate "C" not null,
  client_id text collate "C" not null,
  version bigint not null default 0,
  refreshed_at timestamptz,
  tools_until date,
  primary key (agency_id, client_id)
);
comment on table retainer.value_state is 'its row is held by whoever refreshes a client; the empty client is the agency''s own, for costs that clients share';

create table retainer.dirty (
  agency_id text collate "C" not null,
  client_id text collate "C" not null,
  seq bigint generated always as identity,
  kind text not null check (kind in ('day', 'time', 'tool', 'cost', 'conversion', 'post', 'rates', 'fx', 'baselines', 'series', 'weights', 'all')),
  ref text collate "C" not null default '',
  from_date date,
  primary key (agency_id, client_id, seq)
);
comment on column retainer.dirty.client_id is 'empty: what concerns all clients, or the costs that they share';
comment on table retainer.dirty is 'what changed and is not yet in the rollups: only ever added to by those who change facts, taken away by the refresh';

create table retainer.value_tracking (
  agency_id text collate "C" not null,
  id uuid not null,
  client_id text collate "C" not null,
  start_date date not null,
  end_date date not null check (end_date >= start_date),
  inputs jsonb not null,
  result jsonb not null,
  calculated_at timestamptz not null,
  calculated_by text not null,
  primary key (agency_id, id),
  unique (agency_id, client_id, start_date, end_date)
);

-- What came into being in a period, whatever became of it.
create index post_created on retainer.post (agency_id, created_at) include (client_id);

-- facts announce themselves: whoever writes them, by whatever road --------------------------
create function retainer.announce_fact() returns trigger language plpgsql as $$
begin
  -- tg_argv: the kind. A moved fact is announced to the client it leaves as well.
  if tg_op <> 'INSERT' then
    insert into retainer.dirty (agency_id, client_id, kind, ref)
      values (old.agency_id, coalesce(to_jsonb(old) ->> tg_argv[1], ''), tg_argv[0], old.id::text);
  end if;
  if tg_op = 'INSERT' or (tg_op = 'UPDATE' and coalesce(to_jsonb(old) ->> tg_argv[1], '') <> coalesce(to_jsonb(new) ->> tg_argv[1], '')) then
    insert into retainer.dirty (agency_id, client_id, kind, ref)
      values (new.agency_id, coalesce(to_jsonb(new) ->> tg_argv[1], ''), tg_argv[0], new.id::text);
  end if;
  return null;
end $$;
create trigger announce after insert or update or delete on retainer.time_entry
  for each row execute function retainer.announce_fact('time', 'client_id');
create trigger announce after insert or update or delete on retainer.tool_cost
  for each row execute function retainer.announce_fact('tool', '');
create trigger announce after insert or update or delete on retainer.client_cost
  for each row execute function retainer.announce_fact('cost', 'client_id');
create trigger announce after insert or update or delete on retainer.conversion
  for each row execute function retainer.announce_fact('conversion', 'client_id');

-- What concerns every client is announced to the agency, whose refresh passes it on: by then it sees each client that
-- could have been priced without it, also one that was being registered at this moment.
create function retainer.announce_rate() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT' then
    insert into retainer.dirty (agency_id, client_id, kind, from_date)
      values (old.agency_id, old.client_id, 'rates', old.from_date);
  end if;
  if tg_op = 'INSERT' or (tg_op = 'UPDATE' and (old.client_id, old.from_date) <> (new.client_id, new.from_date)) then
    insert into retainer.dirty (agency_id, client_id, kind, from_date)
      values (new.agency_id, new.client_id, 'rates', new.from_date);
  end if;
  return null;
end $$;
create trigger announce after insert or update or delete on retainer.rate
  for each row execute function retainer.announce_rate();

create function retainer.announce_to_agency() returns trigger language plpgsql as $$
begin
  insert into retainer.dirty (agency_id, client_id, kind) select distinct agency_id, '', tg_argv[0] from changed;
  return null;
end $$;
create trigger announce_new after insert on retainer.exchange_rate referencing new table as changed
  for each statement execute function retainer.announce_to_agency('fx');
create trigger announce_changed after update on retainer.exchange_rate referencing new table as changed
  for each statement execute function retainer.announce_to_agency('fx');
create trigger announce_new after insert on retainer.time_saved_baseline referencing new table as changed
  for each statement execute function retainer.announce_to_agency('baselines');
create trigger announce_changed after update on retainer.time_saved_baseline referencing new table as changed
  for each statement execute function retainer.announce_to_agency('baselines');
create trigger announce_gone after delete on retainer.time_saved_baseline referencing old table as changed
  for each statement execute function retainer.announce_to_agency('baselines');

create function retainer.announce_agency() returns trigger language plpgsql as $$
begin
  insert into retainer.dirty (agency_id, client_id, kind) values (new.id, '', 'all');
  return null;
end $$;
create trigger announce after update on retainer.agency for each row
  when (old.currency is distinct from new.currency or old.rounding is distinct from new.rounding
    or old.reporting_splits_time is distinct from new.reporting_splits_time
    or old.time_rounding is distinct from new.time_rounding
    or old.time_rounding_minutes is distinct from new.time_rounding_minutes
    or old.time_rounding_per is distinct from new.time_rounding_per)
  execute function retainer.announce_agency();

-- A client's currency and days: all of its own, and its share of what the agency's tools cost.
create function retainer.announce_client() returns trigger language plpgsql as $$
declare r jsonb := to_jsonb(coalesce(new, old));
begin
  insert into retainer.dirty (agency_id, client_id, kind)
    values (r ->> 'agency_id', r ->> tg_argv[0], 'all'), (r ->> 'agency_id', '', 'weights');
  return null;
end $$;
create trigger announce after update on retainer.client for each row
  when (old.currency is distinct from new.currency) execute function retainer.announce_client('id');
create trigger announce_new after insert on retainer.client_calendar for each row
  when (new.starts_at > '-infinity') execute function retainer.announce_client('client_id');
create trigger announce_changed after update or delete on retainer.client_calendar for each row
  execute function retainer.announce_client('client_id');

create function retainer.announce_post() returns trigger language plpgsql as $$
declare r record := coalesce(new, old);
begin
  insert into retainer.dirty (agency_id, client_id, kind, ref) values (r.agency_id, r.client_id, 'post', r.post_id);
  return null;
end $$;
create trigger announce_new after insert or delete on retainer.placement
  for each row execute function retainer.announce_post();
create trigger announce_changed after update on retainer.placement for each row
  when (old.published_at is distinct from new.published_at or old.platform is distinct from new.platform)
  execute function retainer.announce_post();
-- What names a post may be there before it: conversions, observations, a placement that a poll saw.
create function retainer.announce_new_posts() returns trigger language plpgsql as $$
begin
  insert into retainer.dirty (agency_id, client_id, kind, ref)
    select agency_id, client_id, 'post', post_id from changed
    where content_type is not null or campaign_id is not null or minutes_spent is not null;
  return null;
end $$;
create trigger announce_new after insert on retainer.post referencing new table as changed
  for each statement execute function retainer.announce_new_posts();
create trigger announce_changed after update on retainer.post for each row
  when (old.content_type is distinct from new.content_type or old.campaign_id is distinct from new.campaign_id
    or old.minutes_spent is distinct from new.minutes_spent)
  execute function retainer.announce_post();

-- A month of observations comes in one statement: its days are announced once each.
create function retainer.announce_observations() returns trigger language plpgsql as $$
begin
  insert into retainer.dirty (agency_id, client_id, kind, from_date)
    select distinct agency_id, client_id, 'day', local_date from changed;
  return null;
end $$;
create trigger announce_new after insert on retainer.observation referencing new table as changed
  for each statement execute function retainer.announce_observations();
create function retainer.announce_revised() returns trigger language plpgsql as $$
begin
  insert into retainer.dirty (agency_id, client_id, kind, from_date)
    select agency_id, client_id, 'day', local_date from changed
    union select agency_id, client_id, 'day', local_date from before;
  return null;
end $$;
create trigger announce_changed after update on retainer.observation
  referencing old table as before new table as changed
  for each statement execute function retainer.announce_revised();

create function retainer.announce_series() returns trigger language plpgsql as $$
begin
  insert into retainer.dirty (agency_id, client_id, kind, ref)
    select distinct agency_id, client_id, 'post', subject from changed where level = 'post';
  insert into retainer.dirty (agency_id, client_id, kind, ref)
    select distinct agency_id, client_id, 'series', jsonb_build_array(platform, level, metric, kind)::text from changed;
  return null;
end $$;
create trigger announce_new after insert on retainer.series referencing new table as changed
  for each statement execute function retainer.announce_series();

-- How clients share a tool moves with these. Whether there is such a tool is left to the refresh: one that is being
-- added at this moment cannot be seen from here.
create trigger announce_new after insert on retainer.assignment referencing new table as changed
  for each statement execute function retainer.announce_to_agency('weights');
create trigger announce_changed after update on retainer.assignment referencing new table as changed
  for each statement execute function retainer.announce_to_agency('weights');
create trigger announce_gone after delete on retainer.assignment referencing old table as changed
  for each statement execute function retainer.announce_to_agency('weights');
create trigger announce_new after insert on retainer.blocking_state referencing new table as changed
  for each statement execute function retainer.announce_to_agency('weights');
create trigger announce_changed after update on retainer.blocking_state referencing new table as changed
  for each statement execute function retainer.announce_to_agency('weights');
create trigger announce_gone after delete on retainer.blocking_state referencing old table as changed
  for each statement execute function retainer.announce_to_agency('weights');
create trigger announce_new after insert on retainer.client referencing new table as changed
  for each statement execute function retainer.announce_to_agency('weights');
create function retainer.announce_sharer() returns trigger language plpgsql as $$
begin
  insert into retainer.dirty (agency_id, client_id, kind) values (new.agency_id, '', 'weights');
  return null;
end $$;
create trigger announce_archived after update on retainer.client for each row
  when (old.archived_at is distinct from new.archived_at) execute function retainer.announce_sharer();

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

-- From each agency straight to the next, however much is queued for each.
create function retainer.agencies_with_dirty() returns setof text
  language sql stable security definer set search_path = pg_catalog as
  $$ with recursive a(id) as (
       select min(d.agency_id) from retainer.dirty d
       union all
       select (select min(d.agency_id) from retainer.dirty d where d.agency_id > a.id) from a where a.id is not null)
     select id from a where id is not null $$;
`,
} as const;
