/** What an agency's documents look like, and the documents that are made while nobody waits. */
export const branding = {
  name: '0005-branding',
  sql: `
create table retainer.agency_brand (
  agency_id text collate "C" not null primary key,
  primary_color text check (primary_color ~ '^#[0-9A-F]{6}$'),
  accent_color text check (accent_color ~ '^#[0-9A-F]{6}$'),
  font text,
  logo bytea check (octet_length(logo) <= 524288),
  logo_type text check (logo_type in ('image/png', 'image/jpeg')),
  logo_width integer check (logo_width > 0),
  logo_height integer check (logo_height > 0),
  changed_at timestamptz not null,
  check (num_nonnulls(logo, logo_type, logo_width, logo_height) in (0, 4))
);
comment on table retainer.agency_brand is 'null is what the agency left to Retainer';

create table retainer.export_job (
  agency_id text collate "C" not null,
  id uuid not null,
  format text not null check (format in ('csv', 'xlsx', 'pptx', 'pdf')),
  state text not null check (state in ('running', 'done', 'failed')),
  step integer not null check (step between 0 and steps),
  steps integer not null,
  doing text not null,
  file_name text,
  file bytea,
  failure text,
  created_at timestamptz not null,
  alive_until timestamptz not null,
  expires_at timestamptz not null,
  primary key (agency_id, id),
  check ((state = 'done') = (file is not null and file_name is not null)),
  check ((state = 'failed') = (failure is not null))
);
comment on column retainer.export_job.alive_until is 'the process that makes it says so in time; one that does not is gone';
-- What is stored is compressed already.
alter table retainer.export_job alter column file set storage external;
create index export_job_expiry on retainer.export_job (agency_id, expires_at);

do $$
declare t text;
begin
  foreach t in array array['agency_brand', 'export_job'] loop
    execute format('alter table retainer.%I enable row level security', t);
    execute format(
      'create policy tenant on retainer.%I using (agency_id = (select current_setting(''retainer.agency'', true))) with check (agency_id = (select current_setting(''retainer.agency'', true)))',
      t);
  end loop;
end $$;

-- Of every agency: who never exports again would keep its last files for ever.
create function retainer.drop_expired_exports(at timestamptz) returns bigint
  language sql security definer set search_path = pg_catalog as
  $$ with gone as (delete from retainer.export_job where expires_at <= at returning 1) select count(*) from gone $$;
`,
} as const;
