import type { LocalDate } from '@retainer/domain';

import type { SqlSession } from '../db/sql-session.ts';
import type { LeafKind, PricedLeaf } from './leaf.ts';
import type { DayKey } from './rollup.queries.ts';

/** The facts whose leaves are to be replaced, by client. */
export interface FactRef {
  readonly clientId: string;
  readonly factId: string;
}

interface Span {
  readonly client_id: string;
  readonly from_date: LocalDate;
  readonly to_date: LocalDate;
}

/** Puts `leaves` in place of what the facts had; answers the days that had or have a part in them. */
export async function replaceLeaves(
  sql: SqlSession,
  facts: { readonly kinds: readonly LeafKind[]; readonly refs: readonly FactRef[] },
  leaves: readonly PricedLeaf[],
): Promise<DayKey[]> {
  const removed = await sql.query<Span>(
    `delete from retainer.leaf l using unnest($1::text[], $2::text[]) f(client_id, fact_id)
     where l.agency_id = current_setting('retainer.agency') and l.client_id = f.client_id
       and l.kind = any ($3::text[]) and l.fact_id = f.fact_id
     returning l.client_id, l.from_date::text, l.to_date::text`,
    [facts.refs.map((ref) => ref.clientId), facts.refs.map((ref) => ref.factId), facts.kinds],
  );
  await insertLeaves(sql, leaves);
  const added = leaves.map((leaf) => ({
    client_id: leaf.clientId,
    from_date: leaf.from,
    to_date: leaf.to,
  }));
  return daysOf(sql, [...removed, ...added]);
}

/** How many leaves one statement adds: the shares of a year of many clients would not be in before it times out. */
const LEAVES_AT_ONCE = 5_000;

/** Adds leaves. */
export async function insertLeaves(sql: SqlSession, leaves: readonly PricedLeaf[]): Promise<void> {
  for (let at = 0; at < leaves.length; at += LEAVES_AT_ONCE) {
    // oxlint-disable-next-line no-await-in-loop -- one after another: they share the transaction
    await insertSome(sql, leaves.slice(at, at + LEAVES_AT_ONCE));
  }
}

async function insertSome(sql: SqlSession, leaves: readonly PricedLeaf[]): Promise<void> {
  await sql.query(
    `insert into retainer.leaf (agency_id, client_id, kind, fact_id, from_date, to_date, campaign_id, platform,
       content_type, post_id, seconds, billable_seconds, baseline_seconds, count, amount_minor, currency, rate_level,
       client_minor, agency_minor, missing)
     select current_setting('retainer.agency'), client_id, kind, fact_id, from_date, to_date, campaign_id, platform,
       content_type, post_id, seconds, billable_seconds, baseline_seconds, count, amount_minor, currency, rate_level,
       client_minor, agency_minor, missing
     from json_to_recordset($1::json) r(client_id text, kind text, fact_id text, from_date date, to_date date,
       campaign_id text, platform text, content_type text, post_id text, seconds bigint, billable_seconds bigint,
       baseline_seconds bigint, count bigint, amount_minor bigint, currency text, rate_level text,
       client_minor bigint, agency_minor bigint, missing boolean)`,
    [JSON.stringify(leaves.map(toRow))],
  );
}

async function daysOf(sql: SqlSession, spans: readonly Span[]): Promise<DayKey[]> {
  if (spans.length === 0) return [];
  return sql.query<DayKey>(
    `select distinct s.client_id as "clientId", d::date::text as date
     from unnest($1::text[], $2::date[], $3::date[]) s(client_id, from_date, to_date),
       generate_series(s.from_date, s.to_date, '1 day') d`,
    [
      spans.map((span) => span.client_id),
      spans.map((span) => span.from_date),
      spans.map((span) => span.to_date),
    ],
  );
}

function toRow(leaf: PricedLeaf): object {
  return {
    client_id: leaf.clientId,
    kind: leaf.kind,
    fact_id: leaf.factId,
    from_date: leaf.from,
    to_date: leaf.to,
    post_id: leaf.postId,
    seconds: leaf.seconds,
    billable_seconds: leaf.billableSeconds,
    baseline_seconds: leaf.baselineSeconds,
    count: leaf.count,
    currency: leaf.currency,
    rate_level: leaf.rateLevel,
    missing: leaf.missing || isUnconverted(leaf),
    ...keysOf(leaf),
    ...amountsOf(leaf),
  };
}

function keysOf({ campaignId, platform, contentType }: PricedLeaf): object {
  return {
    campaign_id: campaignId ?? '',
    platform: platform ?? '',
    content_type: contentType ?? '',
  };
}

function amountsOf({ amountMinor, clientMinor, agencyMinor }: PricedLeaf): object {
  const text = (minor: bigint | null): string | null => minor?.toString() ?? null;
  return {
    amount_minor: text(amountMinor),
    client_minor: text(clientMinor),
    agency_minor: text(agencyMinor),
  };
}

function isUnconverted({ amountMinor, clientMinor, agencyMinor }: PricedLeaf): boolean {
  return amountMinor !== null && (clientMinor === null || agencyMinor === null);
}
