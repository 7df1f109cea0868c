import { METRIC_KINDS } from '@retainer/domain';
import * as z from 'zod';

import { HostId } from '../../hooks/hook-input.ts';
import { LocalDay, Moment, WorkspaceId } from '../../tenancy/input-fields.ts';
import { PlatformId } from '../../tiers/tier-input.ts';

const MOST_AT_ONCE = 10_000;
const MOST = 1e15;
const LONGEST_WINDOW = 3660;

const Value = z.union(
  [z.number().min(-MOST).max(MOST), z.string().regex(/^-?\d{1,15}(?:\.\d{1,9})?$/u)],
  {
    error: 'must be a number or a decimal such as "12.5", with at most 15 digits before the point',
  },
);

/** One value of one metric, of a post or of a channel's account; `readObservations` holds the rules about several fields. */
const ObservationFields = z.strictObject({
  /** For a metric of one post. */
  postId: HostId.optional(),
  /** For a metric of a channel's whole account. */
  channelId: HostId.optional(),
  platform: PlatformId,
  /** The host's label; one that we do not know is kept as `other:<label>`. */
  metric: HostId,
  kind: z.enum(METRIC_KINDS),
  value: Value,
  at: Moment.optional(),
  /** Where only the local day is known: stands at its last millisecond. */
  date: LocalDay.optional(),
  /** How many days a total, level or share is of. */
  windowDays: z.int().min(1).max(LONGEST_WINDOW).optional(),
});
export type ObservationFields = z.output<typeof ObservationFields>;

/** What a host observed of one client. */
export const RecordMetricsInput = z.strictObject({
  clientWorkspaceId: WorkspaceId,
  observations: z.array(ObservationFields).min(1).max(MOST_AT_ONCE),
});
export type RecordMetricsInput = z.output<typeof RecordMetricsInput>;
