import type { SqlSession } from '../../db/sql-session.ts';

/** What a dashboard needs to know beside the facts that figures are summed from. */
export interface KpiFacts {
  readonly agency: {
    readonly timeZone: string;
    readonly currency: string;
    readonly conversionValue: string | null;
    readonly leadValue: string | null;
    readonly savedTimeInRoi: boolean;
    readonly stablePercent: string;
    readonly stablePoints: string;
    readonly highlightsAbove: string | null;
  };
  readonly clients: readonly {
    readonly id: string;
    readonly createdAt: number;
    readonly revenueConnected: boolean;
  }[];
  readonly held: readonly {
    readonly clientId: string;
    readonly tier: string;
    readonly start: number;
    readonly end: number | null;
  }[];
  /** All that was ever assigned, with its price. */
  readonly assignments: readonly {
    readonly id: string;
    readonly clientId: string;
    readonly start: number;
    readonly end: number | null;
    readonly endedBy: string | null;
    readonly anchor: string;
    readonly everyMonths: number;
    readonly onTrial: boolean;
    readonly price: string;
    readonly currency: string;
  }[];
  readonly annotations: readonly {
    readonly id: string;
    readonly clientId: string;
    readonly from: string;
    readonly to: string;
    readonly kind: string;
    readonly title: string;
    readonly note: string;
    readonly link: string | null;
    readonly createdAt: number;
    readonly changedAt: number;
  }[];
  readonly targets: readonly {
    readonly clientId: string;
    readonly metric: string;
    readonly month: string;
    readonly value: string;
    readonly direction: 'more' | 'less';
  }[];
  /** The cheapest first. */
  readonly tiers: readonly { readonly key: string; readonly name: string }[];
  readonly posts: readonly { readonly clientId: string; readonly createdAt: number }[];
  readonly campaigns: readonly {
    readonly clientId: string;
    readonly id: string;
    readonly name: string;
    readonly from: string | null;
    readonly to: string | null;
    readonly archivedAt: number | null;
  }[];
}

const MS = (column: string): string => `(extract(epoch from ${column}) * 1000)::float8`;
const OWN = `agency_id = current_setting('retainer.agency')`;

/** Reads it from where people wrote it. */
export async function readKpiFacts(sql: SqlSession): Promise<KpiFacts> {
  const read = async <T>(text: string): Promise<T[]> => sql.query<T>(text, []);
  const [agency] = await read<KpiFacts['agency']>(
    `select time_zone as "timeZone", currency, conversion_value_minor::text as "conversionValue",
       lead_value_minor::text as "leadValue", saved_time_in_roi as "savedTimeInRoi",
       stable_percent::text as "stablePercent", stable_points::text as "stablePoints",
       highlights_above_minor::text as "highlightsAbove"
     from retainer.agency where id = current_setting('retainer.agency')`,
  );
  if (!agency) throw new Error('no agency');
  return {
    agency,
    clients: await read(
      `select id, ${MS('created_at')} as "createdAt", revenue_connected as "revenueConnected"
       from retainer.client where ${OWN} order by id`,
    ),
    held: await read(
      `select a.client_id as "clientId", t.key as tier, ${MS('a.starts_at')} as start,
         ${MS('least(a.ends_at, a.trial_ends_at)')} as "end"
       from retainer.assignment a join retainer.tier t on t.agency_id = a.agency_id and t.id = a.tier_id
       where a.${OWN}`,
    ),
    assignments: await read(
      `select id::text, client_id as "clientId", ${MS('starts_at')} as start, ${MS('ends_at')} as "end",
         ended_by as "endedBy", anchor::text, every_months as "everyMonths", trial_ends_at is not null as "onTrial",
         price_minor::text as price, currency from retainer.assignment where ${OWN}`,
    ),
    annotations: await read(
      `select id::text, client_id as "clientId", from_date::text as "from", to_date::text as "to", kind, title, note,
         link, ${MS('created_at')} as "createdAt", ${MS('changed_at')} as "changedAt"
       from retainer.annotation where ${OWN} order by from_date desc, id desc`,
    ),
    targets: await read(
      `select client_id as "clientId", metric, month::text, value::text, direction
       from retainer.target where ${OWN} order by month desc, client_id, metric`,
    ),
    tiers: await read(
      `select t.key, t.name from retainer.tier t join retainer.tier_version v on v.agency_id = t.agency_id and v.tier_id = t.id
       where t.${OWN} group by t.key, t.name order by (array_agg(v.monthly_minor order by v.version desc))[1], t.key`,
    ),
    posts: await read(
      `select client_id as "clientId", ${MS('created_at')} as "createdAt" from retainer.post where ${OWN}`,
    ),
    campaigns: await read(
      `select client_id as "clientId", id, name, starts_on::text as "from", ends_on::text as "to",
         ${MS('archived_at')} as "archivedAt" from retainer.campaign where ${OWN}`,
    ),
  };
}
