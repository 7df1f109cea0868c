import type pg from 'pg';

import { errorCode } from '../kernel/error-code.ts';
import { JOBS_ROLE, SERVICE_ROLE } from './roles.ts';

const DUPLICATE = new Set(['42710', '23505']);
const DENIED = '42501';

/** Makes the two roles, where they are missing, and lets the owner take them up. */
export async function ensureRoles(client: pg.Client): Promise<void> {
  try {
    for (const role of [SERVICE_ROLE, JOBS_ROLE]) {
      await createRole(client, role);
      if (!(await takesUp(client, role))) await client.query(`grant ${role} to current_user`);
    }
  } catch (cause) {
    if (errorCode(cause) !== DENIED) throw cause;
    throw new Error(await rolesNeeded(client), { cause });
  }
}

async function createRole(client: pg.Client, role: string): Promise<void> {
  const { rowCount } = await client.query('select from pg_roles where rolname = $1', [role]);
  if (rowCount) return;
  try {
    await client.query(`create role ${role} nologin`);
  } catch (cause) {
    // Roles belong to the whole server: another database's migration may have been first.
    if (!DUPLICATE.has(errorCode(cause) ?? '')) throw cause;
  }
}

async function takesUp(client: pg.Client, role: string): Promise<boolean> {
  try {
    await client.query(`set role ${role}`);
    await client.query('reset role');
    return true;
  } catch (cause) {
    if (errorCode(cause) === DENIED) return false;
    throw cause;
  }
}

async function rolesNeeded(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ owner: string }>(
    'select quote_ident(current_user) as owner',
  );
  return [
    `The database user ${rows[0]?.owner} may not create the roles that Retainer works as. Let an administrator run, once:`,
    `  create role ${SERVICE_ROLE} nologin;`,
    `  create role ${JOBS_ROLE} nologin;`,
    `  grant ${SERVICE_ROLE}, ${JOBS_ROLE} to ${rows[0]?.owner};`,
  ].join('\n');
}

/** Makes our schema and the job queue's, and the table that remembers migrations. */
export async function ensureSchemas(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ ready: boolean }>(
    "select to_regclass('retainer.migration') is not null as ready",
  );
  if (rows[0]?.ready) return;
  try {
    await client.query(SCHEMAS);
  } catch (cause) {
    if (errorCode(cause) !== DENIED) throw cause;
    throw new Error(
      'The database user may not create schemas. Let an administrator run, once: grant create on database <name> to <user>',
      { cause },
    );
  }
}

// Sent as one text, which PostgreSQL runs as one transaction.
const SCHEMAS = `
  create schema if not exists retainer;
  create schema if not exists ${JOBS_ROLE} authorization ${JOBS_ROLE};
  create table retainer.migration (
    name text primary key,
    checksum text not null,
    applied_at timestamptz not null default now()
  );
`;

/** Gives the service what it needs and no more: it may add to the history, never change it. */
export async function grantService(client: pg.Client): Promise<void> {
  await client.query(`
    grant usage on schema retainer to ${SERVICE_ROLE};
    grant select, insert, update, delete on all tables in schema retainer to ${SERVICE_ROLE};
    grant usage on all sequences in schema retainer to ${SERVICE_ROLE};
    grant execute on all functions in schema retainer to ${SERVICE_ROLE};
    revoke insert, update, delete on retainer.migration from ${SERVICE_ROLE};
    do $$
    declare t regclass;
    begin
      for t in
        select c.oid from pg_class c
        where c.relnamespace = 'retainer'::regnamespace
          and coalesce((select i.inhparent from pg_inherits i where i.inhrelid = c.oid), c.oid)
            in (select to_regclass(name) from unnest(array['retainer.audit_log', 'retainer.usage_ledger']) name)
      loop
        execute format('revoke update, delete on %s from ${SERVICE_ROLE}', t);
      end loop;
    end $$;
  `);
}
