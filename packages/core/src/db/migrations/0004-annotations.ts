/** Annotations, what an agency judges its dashboard by, and the indexes that insights are read by. */
export const annotations = {
  name: '0004-annotations',
  sql: `
-- No foreign key to the client: its row is the gate's lock.
create table retainer.annotation (
  agency_id text collate "C" not null,
  id uuid not null,
  client_id text collate "C" not null default '',
  from_date date not null,
  to_date date not null check (to_date >= from_date),
  kind text not null check (kind in ('note', 'launch', 'campaign', 'change', 'incident', 'holiday')),
  title text not null,
  note text not null default '',
  link text,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (agency_id, id)
);
comment on column retainer.annotation.client_id is 'empty: it is about the whole agency';
create index annotation_date on retainer.annotation (agency_id, from_date, id);

alter table retainer.annotation enable row level security;
create policy tenant on retainer.annotation
  using (agency_id = (select current_setting('retainer.agency', true)))
  with check (agency_id = (select current_setting('retainer.agency', true)));

alter table retainer.agency
  add column stable_percent numeric not null default 4 check (stable_percent between 0 and 100),
  add column stable_points numeric not null default 2 check (stable_points between 0 and 100),
  add column highlights_above_minor bigint check (highlights_above_minor >= 0);
comment on column retainer.agency.highlights_above_minor is 'what a campaign must have cost more than to be a highlight; null is 0';

-- What an agency's windows hold that are open, or were lately.
create index usage_counter_end on retainer.usage_counter (agency_id, window_end);
-- What was wished and not taken, and what was done without asking and passed a limit: few of many.
create index hold_denied on retainer.hold (agency_id, scheduled_at) where status = 'denied';
create index hold_over on retainer.hold (agency_id, scheduled_at) where flags::text like '%over_limit_unchecked%';
-- How levels grew.
create index usage_ledger_level on retainer.usage_ledger (agency_id, client_id, at)
  where meter in ('storage_bytes', 'library_items');
`,
} as const;
