import {
  METERS,
  type Block,
  type CalendarEpoch,
  type Meter,
  type Override,
  type Policy,
  type Segment,
  type TierFeatures,
  type TierLimits,
  type WeekStart,
} from '@retainer/domain';

import type { Statement } from './gate-session.ts';

/** Instants come as milliseconds; an open end as null. */
interface PolicyRow {
  readonly client_id: string;
  readonly version: string | number;
  readonly past_due_blocks: boolean;
  readonly epochs: readonly { from: number | null; zone: string; week: WeekStart }[] | null;
  readonly segments: readonly SegmentRow[] | null;
  readonly blocks: readonly { kind: Block['kind']; from: number; to: number | null }[] | null;
  readonly overrides: readonly OverrideRow[] | null;
}

interface SegmentRow {
  readonly from: number;
  readonly to: number | null;
  readonly endedBy: Segment['endedBy'] | null;
  readonly tierId: string;
  readonly tierKey: string;
  readonly tierVersion: number;
  readonly features: TierFeatures;
  readonly limits: TierLimits;
  readonly countBy: 'post' | 'channel';
  readonly enforcement: 'hard' | 'soft';
  readonly anchor: string;
  readonly everyMonths: 1 | 3 | 12;
  readonly trialEndsAt: number | null;
}

interface OverrideRow {
  readonly meter: string;
  readonly platform: string;
  readonly from: number;
  readonly to: number | null;
  readonly kind: Override['kind'];
  readonly amount: number | null;
  readonly seq: number;
}

const MS = (column: string): string =>
  `case when isfinite(${column}) then (extract(epoch from ${column}) * 1000)::float8 end`;

const SQL = `
select c.id as client_id, c.version, a.past_due_blocks,
  (select json_agg(json_build_object('from', ${MS('k.starts_at')}, 'zone', k.time_zone, 'week', k.week_starts_on)
     order by k.starts_at)
   from retainer.client_calendar k where k.agency_id = c.agency_id and k.client_id = c.id) as epochs,
  (select json_agg(json_build_object('from', ${MS('s.starts_at')}, 'to', ${MS('s.ends_at')}, 'endedBy', s.ended_by,
     'tierId', s.tier_id, 'tierKey', t.key, 'tierVersion', s.tier_version, 'features', v.features,
     'limits', v.limits, 'countBy', v.count_by, 'enforcement', v.enforcement, 'anchor', s.anchor::text,
     'everyMonths', s.every_months, 'trialEndsAt', ${MS('s.trial_ends_at')}) order by s.starts_at)
   from retainer.assignment s
   join retainer.tier t on t.agency_id = s.agency_id and t.id = s.tier_id
   join retainer.tier_version v
     on v.agency_id = s.agency_id and v.tier_id = s.tier_id and v.version = s.tier_version
   where s.agency_id = c.agency_id and s.client_id = c.id) as segments,
  (select json_agg(json_build_object('kind', b.kind, 'from', ${MS('b.starts_at')}, 'to', ${MS('b.ends_at')}))
   from retainer.blocking_state b where b.agency_id = c.agency_id and b.client_id = c.id) as blocks,
  (select json_agg(json_build_object('meter', o.meter, 'platform', o.platform, 'from', ${MS('o.starts_at')},
     'to', ${MS('least(o.ends_at, o.revoked_at)')}, 'kind', o.kind, 'amount', o.amount, 'seq', o.seq))
   from retainer.limit_override o where o.agency_id = c.agency_id and o.client_id = c.id) as overrides
from retainer.client c join retainer.agency a on a.id = c.agency_id
where c.agency_id = $1 and c.id = any($2)`;

/** Reads all that was promised to some clients of one agency. */
export function policyStatement(agencyId: string, clientIds: readonly string[]): Statement {
  return { name: 'gate_policies', text: SQL, values: [agencyId, clientIds] };
}

/** The policies in the rows of `policyStatement`. */
export function policiesOf(rows: readonly Record<string, unknown>[]): Policy[] {
  // The row type follows the statement above, the only one whose rows come here.
  return rows.map((row) => policyOf(row as unknown as PolicyRow));
}

function policyOf(row: PolicyRow): Policy {
  return {
    clientId: row.client_id,
    version: Number(row.version),
    pastDueBlocks: row.past_due_blocks,
    epochs: (row.epochs ?? []).map((epoch): CalendarEpoch => ({
      from: epoch.from ?? -Infinity,
      timeZone: epoch.zone,
      weekStartsOn: epoch.week,
    })),
    segments: (row.segments ?? []).map(segmentOf),
    blocks: (row.blocks ?? []).map((block) => ({ ...block, to: block.to ?? Infinity })),
    overrides: (row.overrides ?? []).flatMap((one) => {
      const meter = METERS.find((name): name is Meter => name === one.meter);
      return meter ? [{ ...one, meter, to: one.to ?? Infinity }] : [];
    }),
  };
}

function segmentOf(row: SegmentRow): Segment {
  const { features, limits, countBy, enforcement, ...rest } = row;
  return {
    ...rest,
    to: row.to ?? Infinity,
    endedBy: row.endedBy ?? undefined,
    trialEndsAt: row.trialEndsAt ?? undefined,
    terms: { features, limits, countBy, enforcement },
  };
}
