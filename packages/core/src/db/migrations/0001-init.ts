/** The first schema: tenants, tiers, assignments, the gate's counters and holds. Reviewed like code, never edited once released. */
export const init = {
  name: '0001-init',
  sql: `
create extension if not exists btree_gist with schema public;

-- tenants ------------------------------------------------------------------
create table retainer.agency (
  id text collate "C" primary key check (char_length(id) between 1 and 128),
  name text not null,
  time_zone text not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  week_starts_on text not null default 'monday' check (week_starts_on in ('monday', 'sunday')),
  rounding text not null default 'half_away_from_zero' check (rounding in ('half_away_from_zero', 'half_even')),
  past_due_blocks boolean not null default true,
  unassigned_channels text not null default 'allow' check (unassigned_channels in ('allow', 'deny')),
  hourly_rate_minor bigint check (hourly_rate_minor >= 0),
  conversion_value_minor bigint check (conversion_value_minor >= 0),
  lead_value_minor bigint check (lead_value_minor >= 0),
  created_at timestamptz not null,
  archived_at timestamptz
);

create table retainer.client (
  agency_id text collate "C" not null references retainer.agency,
  id text collate "C" not null check (char_length(id) between 1 and 128),
  name text not null,
  time_zone text,
  currency text check (currency ~ '^[A-Z]{3}$'),
  revenue_connected boolean not null default false,
  version bigint not null default 1,
  created_at timestamptz not null,
  archived_at timestamptz,
  primary key (agency_id, id)
);
comment on column retainer.client.version is 'bumped by every change of what was promised; the gate keeps its view of a client by it';

create table retainer.client_calendar (
  agency_id text collate "C" not null,
  client_id text collate "C" not null,
  starts_at timestamptz not null,
  time_zone text not null,
  week_starts_on text not null check (week_starts_on in ('monday', 'sunday')),
  primary key (agency_id, client_id, starts_at),
  foreign key (agency_id, client_id) references retainer.client
);

-- catalog ------------------------------------------------------------------
create table retainer.tier (
  agency_id text collate "C" not null references retainer.agency,
  id uuid not null,
  key text collate "C" not null check (key ~ '^[a-z0-9][a-z0-9_-]{0,63}$'),
  name text not null,
  description text not null default '',
  is_default boolean not null default false,
  created_at timestamptz not null,
  archived_at timestamptz,
  primary key (agency_id, id),
  unique (agency_id, key)
);
create unique index tier_name on retainer.tier (agency_id, lower(name));

create table retainer.tier_version (
  agency_id text collate "C" not null,
  tier_id uuid not null,
  version integer not null check (version > 0),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  monthly_minor bigint not null check (monthly_minor >= 0),
  annual_minor bigint not null check (annual_minor >= 0),
  features jsonb not null,
  limits jsonb not null,
  count_by text not null check (count_by in ('post', 'channel')),
  enforcement text not null check (enforcement in ('hard', 'soft')),
  published_at timestamptz not null,
  primary key (agency_id, tier_id, version),
  foreign key (agency_id, tier_id) references retainer.tier
);

create function retainer.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% rows are never changed', tg_table_name using errcode = 'restrict_violation';
end $$;
create trigger published_versions_stay before update or delete on retainer.tier_version
  for each row execute function retainer.refuse_change();

-- assignment ---------------------------------------------------------------
create table retainer.assignment (
  agency_id text collate "C" not null,
  id uuid not null,
  client_id text collate "C" not null,
  tier_id uuid not null,
  tier_version integer not null,
  starts_at timestamptz not null,
  ends_at timestamptz check (ends_at > starts_at),
  ended_by text check (ended_by in ('change', 'cancel')),
  anchor date not null,
  every_months integer not null check (every_months in (1, 3, 12)),
  trial_ends_at timestamptz,
  price_minor bigint not null check (price_minor >= 0),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  created_at timestamptz not null,
  primary key (agency_id, id),
  foreign key (agency_id, client_id) references retainer.client,
  foreign key (agency_id, tier_id, tier_version) references retainer.tier_version,
  constraint one_tier_at_a_time exclude using gist
    (agency_id with =, client_id with =, tstzrange(starts_at, ends_at) with &&)
);

create table retainer.blocking_state (
  agency_id text collate "C" not null,
  id uuid not null,
  client_id text collate "C" not null,
  kind text not null check (kind in ('paused', 'stopped', 'past_due')),
  starts_at timestamptz not null,
  ends_at timestamptz check (ends_at >= starts_at),
  reason text not null default '',
  primary key (agency_id, id),
  foreign key (agency_id, client_id) references retainer.client
);
create index blocking_state_client on retainer.blocking_state (agency_id, client_id);

create table retainer.limit_override (
  agency_id text collate "C" not null,
  id uuid not null,
  seq bigint generated always as identity,
  client_id text collate "C" not null,
  meter text collate "C" not null,
  platform text collate "C" not null default '',
  starts_at timestamptz not null,
  ends_at timestamptz check (ends_at >= starts_at),
  kind text not null check (kind in ('delta', 'limit')),
  amount bigint,
  reason text not null default '',
  created_at timestamptz not null,
  revoked_at timestamptz,
  primary key (agency_id, id),
  foreign key (agency_id, client_id) references retainer.client,
  check (kind = 'limit' or amount is not null),
  check (kind = 'delta' or amount is null or amount >= 0)
);
comment on column retainer.limit_override.amount is 'null on a limit: unlimited';
create index limit_override_client on retainer.limit_override (agency_id, client_id);

-- the gate -----------------------------------------------------------------
-- No foreign keys here: the gate holds the client's row lock while it writes.
create table retainer.usage_counter (
  agency_id text collate "C" not null,
  client_id text collate "C" not null,
  meter text collate "C" not null,
  window_start timestamptz not null,
  window_end timestamptz not null,
  used bigint not null check (used >= 0),
  held bigint not null check (held >= 0),
  platforms json not null,
  primary key (agency_id, client_id, meter, window_start)
) with (fillfactor = 70);
comment on column retainer.usage_counter.platforms is 'what of it lies on each platform: [platform, used, held]';

create table retainer.hold (
  agency_id text collate "C" not null,
  client_id text collate "C" not null,
  series_id uuid not null,
  occurrence text collate "C" not null,
  key text collate "C",
  payload_hash text,
  meter text collate "C" not null,
  quantity bigint not null check (quantity >= 0),
  count_by text not null check (count_by in ('post', 'channel')),
  scheduled_at timestamptz not null,
  status text not null check (status in ('held', 'committed', 'released', 'expired', 'denied')),
  expires_at timestamptz,
  units json not null,
  receipt json not null,
  flags json not null,
  step integer not null,
  answer json,
  created_at timestamptz not null,
  settled_at timestamptz,
  primary key (agency_id, series_id, occurrence)
) with (fillfactor = 80);
comment on column retainer.hold.receipt is 'every counter the hold touched, with its window and what it took: settlement reads this';
comment on column retainer.hold.answer is 'the first answer to the key, compact; a repeat gets it again';
create unique index hold_key on retainer.hold (agency_id, client_id, key) where key is not null;
create index hold_due on retainer.hold (expires_at) where status = 'held';

create table retainer.post (
  agency_id text collate "C" not null,
  client_id text collate "C" not null,
  post_id text collate "C" not null,
  series_id uuid,
  state text not null check (state in ('draft', 'scheduled', 'failed', 'published', 'deleted', 'denied')),
  event_at timestamptz not null,
  scheduled_at timestamptz,
  every_days integer check (every_days > 0),
  channels json not null,
  content_type text,
  campaign_id text,
  minutes_spent numeric check (minutes_spent >= 0),
  media_ids json not null,
  flags json not null,
  created_at timestamptz not null,
  primary key (agency_id, client_id, post_id)
) with (fillfactor = 80);

create table retainer.placement (
  agency_id text collate "C" not null,
  client_id text collate "C" not null,
  post_id text collate "C" not null,
  channel_id text collate "C" not null,
  occurrence text collate "C" not null,
  platform text collate "C" not null,
  published_at timestamptz not null,
  series_id uuid not null,
  external_id text,
  url text,
  primary key (agency_id, client_id, post_id, channel_id, occurrence)
);

create table retainer.media (
  agency_id text collate "C" not null,
  client_id text collate "C" not null,
  media_id text collate "C" not null,
  series_id uuid not null,
  bytes bigint not null check (bytes >= 0),
  deleted boolean not null default false,
  created_at timestamptz not null,
  primary key (agency_id, client_id, media_id)
);

create table retainer.usage_ledger (
  agency_id text collate "C" not null,
  client_id text collate "C" not null,
  series_id uuid not null,
  occurrence text collate "C" not null,
  step integer not null,
  kind text not null,
  meter text collate "C" not null,
  window_start timestamptz not null,
  lines json not null,
  at timestamptz not null,
  recorded_at timestamptz not null default now(),
  unique (agency_id, series_id, occurrence, step, window_start, recorded_at)
) partition by range (recorded_at);
comment on column retainer.usage_ledger.lines is 'what the step moved: [platform, used, held] for the meter as a whole ('''') and each platform';
create table retainer.usage_ledger_other partition of retainer.usage_ledger default;

create table retainer.alert (
  agency_id text collate "C" not null,
  id bigint generated always as identity,
  client_id text collate "C" not null,
  meter text collate "C" not null,
  window_start timestamptz not null,
  window_end timestamptz not null,
  threshold integer not null check (threshold in (80, 100)),
  limit_value bigint not null,
  emitted boolean not null,
  at timestamptz not null,
  rearmed_at timestamptz,
  primary key (agency_id, id)
);
create unique index alert_once on retainer.alert
  (agency_id, client_id, meter, window_start, threshold, limit_value) where rearmed_at is null;

-- access and audit ---------------------------------------------------------
create table retainer.api_key (
  agency_id text collate "C" not null references retainer.agency,
  id uuid not null,
  name text not null,
  hash bytea not null unique,
  prefix text not null,
  role text not null check (role in ('agency', 'host')),
  scopes jsonb not null,
  created_at timestamptz not null,
  expires_at timestamptz,
  revoked_at timestamptz,
  primary key (agency_id, id)
);

create table retainer.audit_log (
  agency_id text collate "C" not null,
  seq bigint generated always as identity,
  at timestamptz not null,
  actor text not null,
  action text not null,
  client_id text collate "C",
  subject text not null,
  before jsonb,
  after jsonb,
  primary key (agency_id, seq)
);
create index audit_log_client on retainer.audit_log (agency_id, client_id, seq);

-- row-level security: another tenant's data does not exist -------------------
-- The sub-select is asked once a statement, not once a row.
do $$
declare t record;
begin
  for t in
    select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'retainer' and c.relkind in ('r', 'p') and c.relname <> 'migration'
  loop
    execute format('alter table retainer.%I enable row level security', t.relname);
    execute format(
      'create policy tenant on retainer.%I using (%I = (select current_setting(''retainer.agency'', true))) with check (%2$I = (select current_setting(''retainer.agency'', true)))',
      t.relname, case t.relname when 'agency' then 'id' else 'agency_id' end);
  end loop;
end $$;

-- The few questions that cannot name an agency yet. Each returns ids, never rows.
create function retainer.agency_ids() returns setof text
  language sql stable security definer set search_path = pg_catalog as
  $$ select id from retainer.agency order by id $$;
create function retainer.agencies_with_due_holds(at timestamptz) returns setof text
  language sql stable security definer set search_path = pg_catalog as
  $$ select distinct agency_id from retainer.hold where status = 'held' and expires_at <= at $$;
create function retainer.agencies_with_recurring_posts() returns setof text
  language sql stable security definer set search_path = pg_catalog as
  $$ select distinct agency_id from retainer.post where every_days is not null and state in ('scheduled', 'failed', 'published') $$;
create function retainer.api_key_agency(key_hash bytea) returns setof text
  language sql stable security definer set search_path = pg_catalog as
  $$ select agency_id from retainer.api_key where hash = key_hash $$;
create function retainer.ensure_ledger_partitions(until date) returns integer
  language plpgsql security definer set search_path = pg_catalog set timezone = 'UTC' as $$
declare m date := date_trunc('month', now())::date; n integer := 0; t text;
begin
  while m <= until loop
    t := 'usage_ledger_' || to_char(m, 'YYYY_MM');
    -- A month whose rows went elsewhere already stays there.
    if to_regclass('retainer.' || t) is null and not exists (
      select from retainer.usage_ledger_other where recorded_at >= m and recorded_at < m + interval '1 month') then
      execute format('create table retainer.%I partition of retainer.usage_ledger for values from (%L) to (%L)',
        t, m::timestamptz, (m + interval '1 month')::timestamptz);
      execute format('alter table retainer.%I enable row level security', t);
      execute format('create policy tenant on retainer.%I using (agency_id = (select current_setting(''retainer.agency'', true))) with check (agency_id = (select current_setting(''retainer.agency'', true)))', t);
      execute format('grant select, insert on retainer.%I to retainer_service', t);
      n := n + 1;
    end if;
    m := (m + interval '1 month')::date;
  end loop;
  return n;
end $$;
`,
} as const;
