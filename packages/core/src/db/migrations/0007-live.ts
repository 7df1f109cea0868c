/** Telling those who look on that something changed: versions in the order in which they are heard, and who is there to tell. */
export const live = {
  name: '0007-live',
  sql: `
create sequence retainer.live_version;
comment on sequence retainer.live_version is 'the version of the last notice; it only ever grows, whichever process tells';

-- 19 761 is the class of our advisory locks: 0 orders the notices, any other number is a process that is there.
create function retainer.live_tell(notices text[]) returns void
  language plpgsql set search_path = pg_catalog as $$
declare notice text;
begin
  -- Held until the commit, so that notices are heard in the order of their versions.
  perform pg_advisory_xact_lock(19761, 0);
  foreach notice in array notices loop
    perform pg_notify('retainer_live', nextval('retainer.live_version') || ' ' || notice);
  end loop;
end $$;

-- The lock goes with the connection, however that ends.
create function retainer.live_join(process integer) returns void
  language sql set search_path = pg_catalog as
  $$ select pg_advisory_lock(19761, process) $$;

create function retainer.live_present() returns setof integer
  language sql stable set search_path = pg_catalog as
  $$ select objid::bigint::integer from pg_locks
     where locktype = 'advisory' and granted and classid = 19761 and objsubid = 2 and objid <> 0
       and database = (select oid from pg_database where datname = current_database()) $$;
`,
} as const;
